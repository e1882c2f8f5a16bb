using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Features.Intake;
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

    /// <summary>A workbook as a spreadsheet writes it, with formats of its own: the fill is added to each, and every other part comes through byte for byte.</summary>
    [Fact]
    public void Write_WorkbookWithFormats_ChangesTheFormatOfTheMarkedCellsAlone()
    {
        using var folder = new TempFolder();
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var source = RawWorkbook.Write(Path.Combine(folder.Path, "formats.xlsx"), """
            <row r="1" spans="1:3"><c r="A1" s="1"><v>1</v></c><c r="C1" s="1" t="str"><f>B1&amp;"x"</f><v> a &lt; b </v></c></row>
            <row r="4"><c s="1"/><c r="B4" t="inlineStr"><is><t xml:space="preserve"> giữ </t></is></c></row>
            """, behind: """<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>""", others:
        [
            ("xl/styles.xml", $"""
                <styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="170" formatCode="0.000"/></numFmts><fonts count="1"><font/></fonts>
                <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>
                <cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="170" applyNumberFormat="1"/></cellXfs></styleSheet>
                """),
            ("docProps/other.bin", "nguyên vẹn"),
        ]);
        using var stream = MarkedWorkbook.Write(source, "Vấn đề", Headers,
            [new("error", "Năm 2022", 1, "C", ["a"]), new("warning", "Năm 2022", 4, "A", ["b"]), new("error", "Năm 2022", 9, "Z", ["c"])])!;
        using (var zip = new System.IO.Compression.ZipArchive(stream, System.IO.Compression.ZipArchiveMode.Read, leaveOpen: true))
        {
            using var other = new StreamReader(zip.GetEntry("docProps/other.bin")!.Open());
            Assert.Equal("nguyên vẹn", other.ReadToEnd());
        }
        using var copy = SpreadsheetDocument.Open(stream, false);
        var sheet = SheetOf(copy.WorkbookPart!, "Năm 2022");
        var cells = sheet.Descendants<Cell>().ToList();
        Assert.Equal(["1", null, null, null], cells.Select(cell => cell.StyleIndex?.Value is { } style and < 2 ? style.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
        Assert.Equal(["1", "B1&\"x\" a < b ", "", " giữ "], cells.Select(cell => cell.InnerText));
        Assert.Equal("A1:B1", Assert.Single(sheet.Descendants<MergeCell>()).Reference!.Value);
        var formats = copy.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ToList();
        var marked = new[] { cells[1], cells[2] }.Select(cell => formats[(int)cell.StyleIndex!.Value]).ToList();
        Assert.All(marked, format => Assert.Equal(170u, format.NumberFormatId!.Value));
        Assert.Equal([2u, 3u], marked.Select(format => format.FillId!.Value));
    }

    [Fact]
    public async Task Open_SameCopyByMany_IsMadeOnceAndOldOnesGo()
    {
        using var folder = new TempFolder();
        var source = AgencySheet.WithEveryOddity().Write(Path.Combine(folder.Path, "odd.xlsx"));
        var made = Path.Combine(folder.Path, "marked");
        var clock = new TestClock(TimeProvider.System.GetUtcNow());
        using var copies = new MarkedCopies(made, clock, roomFor: 1);
        async Task<string> OpenAsync(string word)
        {
            await using var copy = await copies.OpenAsync(new string('a', 64), source, "Vấn đề", Headers, [new("error", "năm 2021", 6, "G", [word])], default);
            return copy!.Name;
        }
        var first = Assert.Single((await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => OpenAsync("một"))))).Distinct());
        Assert.Equal([first], Directory.GetFiles(made));
        // Another language or another check is another copy; there is room for one.
        Assert.Equal([await OpenAsync("one")], Directory.GetFiles(made));
        Assert.Equal(first, await OpenAsync("một"));
    }

    /// <summary>Whoever asks at once or again gets the one copy: no second one took its name, and what is kept is handed out as it is.</summary>
    [Fact]
    public async Task Open_SameCopyAtOnceAndAgain_IsNotMadeAgain()
    {
        using var folder = new TempFolder();
        var source = AgencySheet.WithEveryOddity().Write(Path.Combine(folder.Path, "odd.xlsx"));
        var made = Path.Combine(folder.Path, "marked");
        using var copies = new MarkedCopies(made, TimeProvider.System);
        Task<FileStream?> OpenAsync() => copies.OpenAsync(new string('a', 64), source, "Vấn đề", Headers, [new("error", "năm 2021", 6, "G", ["một"])], default);
        var open = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(OpenAsync)));
        // The kernel says of an open file whether its name went to another.
        Assert.DoesNotContain(new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos(), one => one.LinkTarget is { } file
            && file.StartsWith(made, StringComparison.Ordinal) && file.EndsWith(" (deleted)", StringComparison.Ordinal));
        foreach (var copy in open)
            await copy!.DisposeAsync();
        await File.WriteAllTextAsync(open[0]!.Name, "kept");
        using var again = new StreamReader((await OpenAsync())!);
        Assert.Equal("kept", await again.ReadToEndAsync());
    }

    /// <summary>A sheet of a hundred thousand cells passes through: its nodes are not kept.</summary>
    [Fact]
    public void Write_LargeSheet_PassesThrough()
    {
        using var folder = new TempFolder();
        const int rows = 20_000;
        var source = RawWorkbook.Write(Path.Combine(folder.Path, "large.xlsx"), string.Concat(Enumerable.Range(1, rows).Select(row =>
            $"""<row r="{row}"><c r="A{row}"><v>1</v></c><c r="B{row}"><v>2</v></c><c r="C{row}"><v>3</v></c><c r="D{row}"><v>4</v></c><c r="E{row}"><v>5</v></c></row>""")));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(MarkedWorkbook.WriteTo(source, Path.Combine(folder.Path, "copy.xlsx"), "Vấn đề", Headers, [new("error", "Năm 2022", 1, "A", ["a"])], default));
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (rows * 5);
        Assert.InRange(bytes, 0, 250);
    }

    [Fact]
    public void Write_FormatsThatAreTooManyToHold_ListsTheProblemsAndPaintsNothing()
    {
        using var folder = new TempFolder();
        const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        var formats = string.Concat(Enumerable.Repeat("""<xf numFmtId="170" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>""", 60_000));
        var source = RawWorkbook.Write(Path.Combine(folder.Path, "formats.xlsx"), """<row r="1"><c r="A1" s="1"><v>1</v></c></row>""", others: ("xl/styles.xml", $"""
            <styleSheet xmlns="{main}"><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>
            <cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="60000">{formats}</cellXfs></styleSheet>
            """));
        using var stream = MarkedWorkbook.Write(source, "Vấn đề", Headers, [new("error", "Năm 2022", 1, "A", ["a"])])!;
        using var copy = SpreadsheetDocument.Open(stream, false);
        Assert.Equal(1u, Assert.Single(SheetOf(copy.WorkbookPart!, "Năm 2022").Descendants<Cell>()).StyleIndex!.Value);
        Assert.Equal(2, SheetOf(copy.WorkbookPart!, "Vấn đề").Descendants<Row>().Count());
    }

    [Fact]
    public async Task Open_NoRoomToWrite_SaysSoAndLeavesNothing()
    {
        using var folder = new TempFolder();
        var source = AgencySheet.WithEveryOddity().Write(Path.Combine(folder.Path, "odd.xlsx"));
        var made = folder.Write("marked", "a file where the folder should be");
        using var copies = new MarkedCopies(made, TimeProvider.System);
        await Assert.ThrowsAnyAsync<IOException>(() => copies.OpenAsync(new string('a', 64), source, "Vấn đề", Headers, [], default));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    private static Worksheet SheetOf(WorkbookPart workbook, string name) => ((WorksheetPart)workbook.GetPartById(
        workbook.Workbook.Descendants<Sheet>().Single(sheet => sheet.Name == name).Id!.Value!)).Worksheet;
}
