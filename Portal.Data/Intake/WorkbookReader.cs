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
                NoteSkipped(reader.Name);
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
        if (!contents.TryGetValue(reader.Name, out var sheet))
            yield break;
        var (formulas, lastRow) = sheet;
        // The reader makes rows of the gaps, and of what is only formatted below the last value.
        for (var number = 1; number <= lastRow && Try(() => (bool?)reader.Read()) == true; number++)
        {
            cancel.ThrowIfCancellationRequested();
            if (ReadCells(reader, number, formulas) is not { } cells)
                yield break;
            if (cells.Length > 0)
                yield return new RawRow(reader.Name, number, cells);
        }
    }

    // The cells up to the last that holds something; null where the sheet is too wide.
    private RawCell[]? ReadCells(IExcelDataReader reader, int number, HashSet<(int, int)> formulas)
    {
        var last = reader.FieldCount - 1;
        while (last >= 0 && reader.GetValue(last) is null && !formulas.Contains((number, last)))
            last--;
        if (last >= ColumnLimit)
        {
            Problems.Add(new(ProblemCode.TooManyColumns, reader.Name, number, last,
                Facts: new Dictionary<string, string> { ["limit"] = ColumnLimit.ToString(CultureInfo.InvariantCulture) }));
            return null;
        }
        var cells = last < 0 ? [] : new RawCell[last + 1];
        for (var column = 0; column < cells.Length; column++)
        {
            var cell = Cell(reader, column);
            cells[column] = formulas.Contains((number, column)) ? cell.AsFormula() : cell;
        }
        return cells;
    }

    private static RawCell Cell(IExcelDataReader reader, int column) => reader.GetValue(column) switch
    {
        null => default,
        double number => RawCell.OfNumber(number),
        int number => RawCell.OfNumber(number),
        string text => RawCell.OfText(text),
        DateTime date => RawCell.OfDate(date),
        var other => RawCell.OfText(Convert.ToString(other, CultureInfo.InvariantCulture) ?? ""),
    };

    private void NoteSkipped(string sheet)
    {
        if (skipped.Add(sheet))
            Problems.Add(new(ProblemCode.HiddenSheetSkipped, sheet));
    }

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
