using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>A formula with the value it shows.</summary>
internal sealed record FormulaCell(string Formula, double Shown);

/// <summary>Writes small workbooks of the agency's layout, with whatever a test wants to be wrong in them. A cell is text, a number,
/// a <see cref="FormulaCell"/> or null.</summary>
internal sealed class AgencySheet
{
    public static readonly string[] Header = ["Vị trí quan trắc", "KHM", "Quý", "Nhiệt độ", "pH", "DO", "Amoni", "Phosphat", "Hg", "Aldrin"];

    private readonly List<(string Name, bool Hidden, List<object?[]> Rows)> sheets = [];

    /// <summary>Two stations, four quarters, and every oddity of the real sheets: numbers beside text, both decimal marks, no-break spaces,
    /// "x", a right-censored value, no number, a name only in the first row, a note under the table, a hidden sheet, a thousand empty rows.</summary>
    public static AgencySheet WithEveryOddity() => new AgencySheet()
        .Hidden("StartUp")
        .Sheet("năm 2021",
        [
            [null, null, null, "Thông số"],
            [.. Header],
            ["QCVN 10:2023/BTNMT", null, null, "-", "6,5 - 8,5", "≥5", 0.1, 0.2, 0.0005, 0.1],
            ["Luồng vào cảng Cái Lân tại cầu Bãi Cháy", "NB1", "Quý 1 2021", 22.0, 7.79, 7.4, "<0.03", "<0,02", "<0,0005", "x"],
            [null, "NB1", "Quý 2 2021", 30.2, 8.08, 6.95, 0.055, "<0,02", "< 0,0005", "x"],
            [null, "NB1", "Quý 3 2021", 32.4, 8.1, 6.25, "ước ", "<0,02", "<0,0006", "x"],
            [null, "NB1", "Quý 4 2021", 25.0, 8.07, 6.83, 0.044, ">0,02", 0.0017, "\u00a0<0,01"],
            ["Cảng B12- vịnh Cửa Lục", "NB2", "Quý 1 2021", 22.1, 7.9, 7.1, 0.1 + 0.2, 0.05, "<0,0005", "<0,03"],
            [null, "NB2", "Quý 2 2021", 30.0, 8.0, 6.9, 0.07, "<0,02", "<0,0005", null],
            [null, "NB2", "Quý 3 2021", "31,5", "8,05", 6.2, 0.05, "<0,02", "<0,0005", "x"],
            [null, "NB2", "Quý 4 2021", 24.9, 8.1, 6.8, 0.041, "<0,02", "<0,0005", "<0,003"],
            [],
            [null, null, "KHU VỰC VÂN ĐỒN BAO GỒM CÁC VỊ TRÍ …"],
            .. Enumerable.Repeat(Array.Empty<object?>(), 1000),
        ]);

    /// <summary>The header and the limits, and under them the given rows.</summary>
    public static AgencySheet WithRows(params object?[][] rows) => new AgencySheet().Sheet("Năm 2022",
        [[], [.. Header], ["QCVN 10:2023/BTNMT"], .. rows]);

    public AgencySheet Sheet(string name, params object?[][] rows)
    {
        sheets.Add((name, false, [.. rows]));
        return this;
    }

    public AgencySheet Hidden(string name)
    {
        sheets.Add((name, true, [["="]]));
        return this;
    }

    public string Write(string path, bool macros = false, bool externalLink = false)
    {
        using var document = SpreadsheetDocument.Create(path, macros ? SpreadsheetDocumentType.MacroEnabledWorkbook : SpreadsheetDocumentType.Workbook);
        var workbook = document.AddWorkbookPart();
        if (externalLink)
            workbook.AddNewPart<ExternalWorkbookPart>().ExternalLink = new ExternalLink();
        var list = new Sheets();
        foreach (var (name, hidden, rows) in sheets)
        {
            var part = workbook.AddNewPart<WorksheetPart>();
            WriteRows(part, rows);
            list.Append(new Sheet
            {
                Name = name,
                SheetId = (uint)list.ChildElements.Count + 1,
                Id = workbook.GetIdOfPart(part),
                State = hidden ? SheetStateValues.Hidden : SheetStateValues.Visible,
            });
        }
        workbook.Workbook = new Workbook(list);
        return path;
    }

    // Streams, so that a hundred thousand rows can be written too.
    private static void WriteRows(WorksheetPart part, IEnumerable<object?[]> rows)
    {
        using var writer = OpenXmlWriter.Create(part);
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
        foreach (var cells in rows)
        {
            writer.WriteStartElement(new Row());
            foreach (var cell in cells)
                writer.WriteElement(CellOf(cell));
            writer.WriteEndElement();
        }
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static Cell CellOf(object? cell) => cell switch
    {
        null => new Cell(),
        string text => new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve }) },
        FormulaCell formula => new Cell(new CellFormula(formula.Formula), new CellValue(formula.Shown)),
        double number => new Cell(new CellValue(number)),
        _ => throw new ArgumentException($"No cell of {cell.GetType().Name}."),
    };
}
