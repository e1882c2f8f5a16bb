using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>A problem to be marked in a workbook.</summary>
/// <param name="Severity">blocker, error, warning or information.</param>
/// <param name="Row">From 1; 0 where it stands at no cell.</param>
/// <param name="Column">The letter; empty where it stands at no cell.</param>
/// <param name="Words">The cells of its row in the added sheet.</param>
public sealed record Mark(string Severity, string Sheet, int Row, string Column, IReadOnlyList<string> Words);

/// <summary>A copy of a workbook with its problems on a sheet of their own, and the cells of errors and warnings filled.</summary>
public static class MarkedWorkbook
{
    // Above this the sheets are left as they are: filling a cell reads its whole sheet into memory.
    private const long FilledUpTo = 8L * 1024 * 1024;

    private const int NameLength = 31;

    /// <param name="source">The handed-in file, already found to be harmless.</param>
    /// <returns>The copy, gone from the disk once the stream is closed; null where the file is no workbook that can be written again.</returns>
    public static Stream? Write(string source, string sheetName, IReadOnlyList<string> headers, IReadOnlyList<Mark> marks)
    {
        var target = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.xlsx");
        try
        {
            File.Copy(source, target);
            File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            Fill(target, sheetName, headers, marks, new FileInfo(source).Length <= FilledUpTo);
            return new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        }
        catch (Exception fault) when (fault is OpenXmlPackageException or FileFormatException or InvalidDataException or XmlException or UriFormatException)
        {
            File.Delete(target);
            return null;
        }
        catch
        {
            File.Delete(target);
            throw;
        }
    }

    private static void Fill(string path, string sheetName, IReadOnlyList<string> headers, IReadOnlyList<Mark> marks, bool fill)
    {
        using var document = SpreadsheetDocument.Open(path, isEditable: true);
        var workbook = document.WorkbookPart ?? throw new InvalidDataException("No workbook part.");
        var sheets = workbook.Workbook.GetFirstChild<Sheets>() ?? throw new InvalidDataException("No sheets.");
        if (fill)
        {
            var paint = new CellPaint(workbook);
            foreach (var sheet in sheets.Elements<Sheet>())
            {
                var colours = marks.Where(mark => mark.Sheet == sheet.Name && mark.Column.Length > 0 && CellPaint.Has(mark.Severity))
                    .GroupBy(mark => (mark.Row, Column: ColumnName.Parse(mark.Column))).ToDictionary(group => group.Key, group => group.First().Severity);
                if (colours.Count > 0 && sheet.Id?.Value is { } id && workbook.GetPartById(id) is WorksheetPart part)
                    paint.Apply(part, colours);
            }
        }
        AddSheet(workbook, sheets, sheetName, marks.Select(mark => mark.Words).Prepend(headers));
    }

    private static void AddSheet(WorkbookPart workbook, Sheets sheets, string name, IEnumerable<IReadOnlyList<string>> rows)
    {
        var part = workbook.AddNewPart<WorksheetPart>();
        var data = new SheetData();
        foreach (var row in rows)
            data.Append(new Row(row.Select(TextCell)));
        part.Worksheet = new Worksheet(
            new Columns(new[] { 14, 18, 8, 8, 24, 80, 70 }.Select((width, i) => new Column
            {
                Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true,
            })), data);
        var used = sheets.Elements<Sheet>().Select(sheet => sheet.Name?.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var free = name;
        for (var number = 2; used.Contains(free); number++)
            free = FormattableString.Invariant($"{name[..Math.Min(name.Length, NameLength - 4)]} {number}");
        sheets.Append(new Sheet
        {
            Name = free,
            SheetId = sheets.Elements<Sheet>().Select(sheet => sheet.SheetId?.Value ?? 0).DefaultIfEmpty(0u).Max() + 1,
            Id = workbook.GetIdOfPart(part),
        });
    }

    // A cell of the file may hold what XML cannot.
    private static Cell TextCell(string text) => new()
    {
        DataType = CellValues.InlineString,
        InlineString = new InlineString(new Text(string.Concat(text.Where(XmlConvert.IsXmlChar))) { Space = SpaceProcessingModeValues.Preserve }),
    };
}
