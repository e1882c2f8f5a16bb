using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

public sealed class MarkedWorkbookTests
{
    private static readonly string[] Headers = ["Mức", "Trang tính", "Dòng", "Cột", "Giá trị", "Vấn đề", "Cách sửa"];

    [Fact]
    public void Write_RefusedCell_IsFilledAndListedOnASheetOfItsOwn()
    {
        using var folder = new TempFolder();
        var source = AgencySheet.WithEveryOddity().Write(Path.Combine(folder.Path, "odd.xlsx"));
        var before = File.ReadAllBytes(source);
        Mark[] marks = [new("error", "năm 2021", 6, "G", ["Từ chối", "năm 2021", "6", "G", "ước \u0001", "Không phải số", "Ghi một số"])];
        using var stream = MarkedWorkbook.Write(source, "Vấn đề", Headers, marks)!;
        using var copy = SpreadsheetDocument.Open(stream, false);
        var workbook = copy.WorkbookPart!;
        Assert.Equal(["StartUp", "năm 2021", "Vấn đề"], workbook.Workbook.Descendants<Sheet>().Select(sheet => sheet.Name!.Value));
        Assert.Equal("ước ", SheetOf(workbook, "Vấn đề").Descendants<Row>().Last().Elements<Cell>().ElementAt(4).InnerText);

        var cell = SheetOf(workbook, "năm 2021").Descendants<Row>().ElementAt(5).Elements<Cell>().ElementAt(6);
        var styles = workbook.WorkbookStylesPart!.Stylesheet;
        var format = styles.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value);
        Assert.Equal(PatternValues.Solid, styles.Fills!.Elements<Fill>().ElementAt((int)format.FillId!.Value).PatternFill!.PatternType!.Value);
        Assert.Equal(before, File.ReadAllBytes(source));
    }

    [Fact]
    public void Write_NotAWorkbook_IsNull()
    {
        using var folder = new TempFolder();
        Assert.Null(MarkedWorkbook.Write(folder.Write("a.csv", "station,value\n"), "Vấn đề", Headers, []));
    }

    private static Worksheet SheetOf(WorkbookPart workbook, string name) => ((WorksheetPart)workbook.GetPartById(
        workbook.Workbook.Descendants<Sheet>().Single(sheet => sheet.Name == name).Id!.Value!)).Worksheet;
}
