using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Fills cells of a workbook by severity and leaves the rest of their format as it is.</summary>
internal sealed class CellPaint(WorkbookPart workbook)
{
    private static readonly Dictionary<string, string> Colours = new() { ["error"] = "FFF4B8A0", ["warning"] = "FFF6DFA0" };

    private readonly Dictionary<string, uint> fills = [];
    private readonly Dictionary<(uint Style, string Severity), uint> formats = [];

    public static bool Has(string severity) => Colours.ContainsKey(severity);

    /// <param name="cells">Row from 1 and column from 0, with the severity.</param>
    public void Apply(WorksheetPart sheet, IReadOnlyDictionary<(int Row, int Column), string> cells)
    {
        var number = 0;
        foreach (var row in sheet.Worksheet.Descendants<Row>())
        {
            // Both references may be left out: then a row or cell follows the one before it.
            number = (int?)row.RowIndex?.Value ?? number + 1;
            var column = -1;
            foreach (var cell in row.Elements<Cell>())
            {
                column = cell.CellReference?.Value is { } reference
                    ? ColumnName.Parse(new string([.. reference.TakeWhile(char.IsAsciiLetterUpper)]))
                    : column + 1;
                if (cells.TryGetValue((number, column), out var severity))
                    cell.StyleIndex = Format(cell.StyleIndex?.Value ?? 0, severity);
            }
        }
    }

    private uint Format(uint style, string severity)
    {
        if (formats.TryGetValue((style, severity), out var known))
            return known;
        var all = Styles().CellFormats ??= new CellFormats(new CellFormat());
        var format = (CellFormat?)all.Elements<CellFormat>().ElementAtOrDefault((int)style)?.CloneNode(true) ?? new CellFormat();
        format.FillId = Fill(severity);
        format.ApplyFill = true;
        all.Append(format);
        all.Count = (uint)all.Elements<CellFormat>().Count();
        return formats[(style, severity)] = all.Count.Value - 1;
    }

    private uint Fill(string severity)
    {
        if (fills.TryGetValue(severity, out var known))
            return known;
        // The first two fills of a workbook are fixed by the format: none and grey.
        var all = Styles().Fills ??= new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 }));
        all.Append(new Fill(new PatternFill(new ForegroundColor { Rgb = Colours[severity] }) { PatternType = PatternValues.Solid }));
        all.Count = (uint)all.Elements<Fill>().Count();
        return fills[severity] = all.Count.Value - 1;
    }

    private Stylesheet Styles()
    {
        var part = workbook.WorkbookStylesPart ?? workbook.AddNewPart<WorkbookStylesPart>();
        return part.Stylesheet ??= new Stylesheet(
            new Fonts(new Font()), new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }),
                new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
            new Borders(new Border()), new CellStyleFormats(new CellFormat()), new CellFormats(new CellFormat()));
    }
}
