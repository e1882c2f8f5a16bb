using System.Globalization;
using System.Text;
using System.Xml;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Streams the rows of a workbook that the guard let through, sheet after sheet.</summary>
internal sealed class WorkbookReader(string path, IReadOnlyDictionary<string, SheetContents> contents, ProblemList problems, CancellationToken cancel) : IntakeFile(problems)
{
    /// <summary>No sheet of results is wider.</summary>
    private const int ColumnLimit = 1_000;

    private readonly HashSet<string> skipped = [];
    private readonly Dictionary<string, CellFormat> formats = [];

    // The library asks for code page 1252 on construction, whatever it then reads.
    static WorkbookReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public override IEnumerable<RawRow> Rows(bool skipHiddenSheets = true)
    {
        using var file = new CancellableStream(File.OpenRead(path), cancel);
        using var reader = Try(() => ExcelReaderFactory.CreateOpenXmlReader(file, new ExcelReaderConfiguration { LeaveOpen = true }));
        if (reader is null)
            yield break;
        var more = true;
        while (more)
        {
            if (skipHiddenSheets && reader.VisibleState != "visible")
                NoteSkipped(NameOf(reader));
            else
            {
                foreach (var row in ReadSheet(reader))
                    yield return row;
            }
            more = !Problems.HasBlocker && Try(() => (bool?)reader.NextResult()) == true;
        }
    }

    private IEnumerable<RawRow> ReadSheet(IExcelDataReader reader)
    {
        if (!contents.TryGetValue(NameOf(reader), out var sheet))
            yield break;
        var merged = new MergedCells(sheet.Merges);
        var found = 0;
        // The reader makes rows of the gaps, and of what is only formatted below the last value.
        for (var number = 1; number <= sheet.LastRow && Try(() => (bool?)reader.Read()) == true; number++)
        {
            cancel.ThrowIfCancellationRequested();
            if (ReadCells(reader, number, sheet.Marks) is not { } cells)
                yield break;
            found += cells.Count(cell => !cell.IsEmpty);
            if (Try(() => merged.Show(number, cells)) is not { } shown)
                yield break;
            if (shown.Length > 0)
                yield return new RawRow(NameOf(reader), number, shown) { IsHidden = sheet.HiddenRows.Contains(number), HiddenColumns = sheet.HiddenColumns };
        }
        if (found != sheet.Cells && !Problems.HasBlocker)
            Problems.Add(new(ProblemCode.CountsDiffer, NameOf(reader), Facts: new Dictionary<string, string>
            {
                ["seen"] = sheet.Cells.ToString(CultureInfo.InvariantCulture), ["taken"] = found.ToString(CultureInfo.InvariantCulture), ["refused"] = "0", ["leftout"] = "0",
            }));
    }

    // The cells up to the last that holds something; null where the sheet is too wide.
    private RawCell[]? ReadCells(IExcelDataReader reader, int number, IReadOnlyDictionary<(int, int), CellMark> marks)
    {
        var last = reader.FieldCount - 1;
        while (last >= 0 && reader.GetValue(last) is null && !marks.ContainsKey((number, last)))
            last--;
        if (last >= ColumnLimit)
        {
            Problems.Add(new(ProblemCode.TooManyColumns, NameOf(reader), number, last,
                Facts: new Dictionary<string, string> { ["limit"] = ColumnLimit.ToString(CultureInfo.InvariantCulture) }));
            return null;
        }
        var cells = last < 0 ? [] : new RawCell[last + 1];
        for (var column = 0; column < cells.Length; column++)
            cells[column] = Cell(reader, column, marks.GetValueOrDefault((number, column)));
        return cells;
    }

    private RawCell Cell(IExcelDataReader reader, int column, CellMark mark)
    {
        if (mark.Error is { } error)
            return RawCell.OfError(error);
        var cell = reader.GetValue(column) switch
        {
            null => default,
            double number => OfNumber(number, FormatOf(reader, column)),
            int number => OfNumber(number, FormatOf(reader, column)),
            string text => OfText(text, FormatOf(reader, column)),
            DateTime date => OfDate(date, FormatOf(reader, column)),
            var other => RawCell.OfText(Convert.ToString(other, CultureInfo.InvariantCulture) ?? ""),
        };
        return (mark.IsFormula ? cell.AsFormula() : cell).With(mark.Marks);
    }

    private CellFormat FormatOf(IExcelDataReader reader, int column)
    {
        var format = reader.GetNumberFormatString(column) ?? "General";
        if (!formats.TryGetValue(format, out var known))
            formats[format] = known = CellFormat.Of(format);
        return known;
    }

    private static RawCell OfDate(DateTime date, CellFormat format) => format.Precision is { } precision ? RawCell.OfDate(date, precision) : RawCell.Showing(format.Shown(date), date.ToOADate());

    private static RawCell OfNumber(double number, CellFormat format) => format.Shown(number) is { } shown ? RawCell.Showing(shown, number) : RawCell.OfNumber(number);

    private static RawCell OfText(string text, CellFormat format) => format.Shown(text) is { } shown && !string.IsNullOrWhiteSpace(text)
        ? RawCell.Showing(shown, double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)
        : RawCell.OfText(text);

    private void NoteSkipped(string sheet)
    {
        if (!skipped.Add(sheet))
            return;
        var cells = contents.TryGetValue(sheet, out var found) ? found.Cells : 0;
        CellsSkipped += cells;
        Problems.Add(new(ProblemCode.HiddenSheetSkipped, sheet, Facts: new Dictionary<string, string> { ["cells"] = cells.ToString(CultureInfo.InvariantCulture) }));
    }

    private static string NameOf(IExcelDataReader reader) => reader.Name ?? "";

    // What breaks in the middle of a file is a fault of the file, and nothing of it is taken.
    private T? Try<T>(Func<T?> step)
    {
        try
        {
            return step();
        }
        catch (Exception fault) when (fault is ExcelReaderException or XmlException or InvalidDataException or IOException or FormatException
            or InvalidOperationException or NullReferenceException or ArgumentException or OverflowException or InvalidCastException or IndexOutOfRangeException)
        {
            Problems.Add(new(ProblemCode.FileBroken, Facts: new Dictionary<string, string> { ["detail"] = fault.Message }));
            return default;
        }
    }
}
