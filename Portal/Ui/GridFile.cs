using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace QuanTrac.Portal.Ui;

/// <summary>A list as it is shown, as a file: the screen's headers in the reader's language, numbers as numbers and days as days.</summary>
public static class GridFile
{
    /// <summary>Rows of a file; of more the file says so.</summary>
    public const int RowCap = 100_000;

    private const uint Plain = 0, Bold = 1, Day = 2, Moment = 3;

    /// <summary>As a cell of the screen shows it.</summary>
    public static string Shown(object? value) => value switch
    {
        null => "",
        DateOnly day => Figures.Day(day),
        DateTimeOffset moment => Figures.Moment(moment),
        decimal number => Figures.Number(number),
        int or long => Figures.Count(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        _ => value.ToString() ?? "",
    };

    /// <param name="form">csv or xlsx.</param>
    /// <param name="remarks">Above the table: whose data these are.</param>
    /// <returns>The file.</returns>
    public static byte[] Write<T>(string form, string title, IReadOnlyList<string> remarks, IReadOnlyList<(string Head, Func<T, object?> Of)> columns, IEnumerable<T> rows)
    {
        if (form != "csv")
            return Workbook(title, remarks, columns, rows);
        var csv = new CsvText();
        foreach (var remark in remarks)
            csv.Remark(remark);
        csv.Row(columns.Select(column => (object?)column.Head));
        foreach (var row in rows)
            csv.Row(columns.Select(column => column.Of(row) is DateTimeOffset moment ? Figures.Moment(moment) : column.Of(row)));
        return csv.ToBytes();
    }

    private static byte[] Workbook<T>(string title, IReadOnlyList<string> remarks, IReadOnlyList<(string Head, Func<T, object?> Of)> columns, IEnumerable<T> rows)
    {
        using var content = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(content, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var sheet = book.AddNewPart<WorksheetPart>();
            AddStyles(book);
            book.Workbook = new(new Sheets(new Sheet { Id = book.GetIdOfPart(sheet), SheetId = 1, Name = SheetName(title) }));
            using var writer = OpenXmlWriter.Create(sheet);
            writer.WriteStartElement(new Worksheet());
            var above = (uint)remarks.Count + 1;
            writer.WriteElement(new SheetViews(new SheetView(new Pane { VerticalSplit = above, TopLeftCell = $"A{above + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }));
            writer.WriteElement(new Columns(new Column { Min = 1, Max = (uint)Math.Max(1, columns.Count), Width = 22, CustomWidth = true }));
            writer.WriteStartElement(new SheetData());
            foreach (var remark in remarks)
                writer.WriteElement(new Row(Text(remark, Plain)));
            writer.WriteElement(new Row(columns.Select(column => Text(column.Head, Bold))));
            foreach (var row in rows)
                writer.WriteElement(new Row(columns.Select(column => CellOf(column.Of(row)))));
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        return content.ToArray();
    }

    private static Cell CellOf(object? value) => value switch
    {
        null => new Cell(),
        DateOnly day => Figure(day.ToDateTime(default).ToOADate(), Day),
        DateTimeOffset moment => Figure(moment.ToOffset(TimeSpan.FromHours(7)).DateTime.ToOADate(), Moment),
        int or long or short or decimal or double => new Cell { CellValue = new(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)), DataType = CellValues.Number },
        _ => Text(value.ToString() ?? "", Plain),
    };

    private static Cell Figure(double serial, uint style) => new() { CellValue = new(serial), DataType = CellValues.Number, StyleIndex = style };

    // Never a formula: a text cell is shown as it is, whatever it begins with. What XML cannot hold is left out.
    private static Cell Text(string words, uint style) => new()
    {
        DataType = CellValues.InlineString,
        StyleIndex = style,
        InlineString = new(new Text(string.Concat(words.Where(letter => System.Xml.XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter)))) { Space = SpaceProcessingModeValues.Preserve }),
    };

    private static void AddStyles(WorkbookPart book) => book.AddNewPart<WorkbookStylesPart>().Stylesheet = new(
        new NumberingFormats(new NumberingFormat { NumberFormatId = 164, FormatCode = "dd/mm/yyyy" }, new NumberingFormat { NumberFormatId = 165, FormatCode = "dd/mm/yyyy hh:mm" }),
        new Fonts(new Font(), new Font(new Bold())),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellFormats(new CellFormat(), new CellFormat { FontId = 1, ApplyFont = true }, new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true }, new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true }));

    // What Excel takes: 31 letters, none of : \ / ? * [ ].
    private static string SheetName(string title)
    {
        var name = string.Concat(title.Where(letter => !":\\/?*[]'".Contains(letter, StringComparison.Ordinal)));
        return name.Length == 0 ? "1" : name[..Math.Min(31, name.Length)];
    }
}
