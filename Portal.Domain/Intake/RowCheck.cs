using System.Globalization;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>Checks the rows of one file and lets through the values that may be stored; the rest becomes problems. Streams: a row is
/// forgotten once it is checked, but for the keys and values that tell a duplicate. For one file only.</summary>
/// <remarks>A blocker ends the check in the middle: what was let through before it must not be stored. Nor may <see cref="TakenBack"/>.</remarks>
public sealed class RowCheck
{
    private readonly Layout layout;
    private readonly ProblemList problems;
    private readonly SampleReader samples;
    private readonly ValueCheck values;
    private readonly SeenValues seen = new();
    private readonly HashSet<string> notAnalysed;
    private readonly List<string> sheets = [];
    private readonly List<SheetLimits> limitRows = [];
    private readonly List<CellPlace> takenBack = [];
    private (int Rows, int Reported, int Refused, int Repeated, int NotAnalysed) count;
    private Header? header;

    /// <param name="findSite">By the code as the file writes it, trimmed: <see cref="KnownSites.Find"/>.</param>
    /// <param name="today">In Quảng Ninh.</param>
    /// <param name="problems">Those of the file, to be added to.</param>
    /// <exception cref="ArgumentException">The layout names a parameter or unit that the books do not have.</exception>
    public RowCheck(Layout layout, IntakeBooks books, Func<string, KnownSite?> findSite, DateOnly today, ProblemList problems)
    {
        this.layout = layout;
        this.problems = problems;
        samples = new SampleReader(layout, books.Media, findSite, today, problems, seen);
        values = new ValueCheck(layout, books);
        notAnalysed = [.. layout.NotAnalysed];
    }

    public ProblemList Problems => problems;

    /// <summary>Each sheet's row of limits, for <see cref="LimitRowCheck"/>.</summary>
    public IReadOnlyList<SheetLimits> LimitRows => limitRows;

    /// <summary>Cells that were let through and that a later one then contradicted: neither may be stored.</summary>
    public IReadOnlyList<CellPlace> TakenBack => takenBack;

    public CheckSummary Summary => new(sheets, count.Rows, seen.SamplesTaken, count.Reported,
        count.Reported - count.Refused - count.Repeated, count.Refused, count.Repeated, count.NotAnalysed);

    public IEnumerable<CheckedCell> Check(IEnumerable<RawRow> rows)
    {
        string? sheet = null;
        foreach (var row in rows)
        {
            if (row.IsEmpty)
                continue;
            if (row.Sheet != sheet)
            {
                CloseSheet(sheet);
                sheet = row.Sheet;
                header = null;
            }
            var isData = IsData(row);
            if (problems.HasBlocker)
                yield break;
            if (!isData)
                continue;
            foreach (var cell in layout.Kind == LayoutKind.Wide ? CheckWide(row) : CheckLong(row))
                yield return cell;
        }
        if (sheet is null && !problems.HasBlocker)
            problems.Add(new(ProblemCode.FileEmpty));
        CloseSheet(sheet);
    }

    private bool IsData(RawRow row)
    {
        if (row.Number < layout.HeaderRow)
            return false;
        if (row.Number == layout.HeaderRow)
        {
            header = new Header(layout, row);
            foreach (var problem in header.Problems(layout, row))
                problems.Add(problem);
            if (row.Sheet.Length > 0)
                sheets.Add(row.Sheet);
            return false;
        }
        if (header is null)
            CloseSheet(row.Sheet);
        else if (row.Number == layout.LimitRow)
            limitRows.Add(new SheetLimits(layout, header, row, values.MeasureOf));
        return row.Number >= layout.FirstDataRow;
    }

    // A sheet with anything on it but no header row is not of this layout.
    private void CloseSheet(string? sheet)
    {
        if (sheet is null || header is not null || problems.HasBlocker)
            return;
        problems.Add(new(ProblemCode.WrongHeader, sheet.Length == 0 ? null : sheet, layout.HeaderRow, Facts: new Dictionary<string, string>
        {
            ["layout"] = layout.Code,
            ["expected"] = string.Join(", ", layout.Fields.Where(field => layout.IsRequired(field.Key)).Select(field => field.Value)),
            ["found"] = "",
        }));
    }

    private IEnumerable<CheckedCell> CheckWide(RawRow row)
    {
        var reported = header!.Parameters.Keys.Where(column => !row[column].IsEmpty).Order().ToList();
        var analysed = reported.FindAll(column => !notAnalysed.Contains(row[column].Trimmed));
        count.NotAnalysed += reported.Count - analysed.Count;
        if (samples.IsNote(row, header, reported.Count) || analysed.Count == 0 || !Begin(row, analysed.Count, out var sample))
            yield break;
        foreach (var column in analysed)
        {
            var place = new CellPlace(row.Sheet, row.Number, column);
            if (Take(values.CheckWide(sample, header.Parameters[column], row[column], place)) is { } cell)
                yield return cell;
        }
    }

    private IEnumerable<CheckedCell> CheckLong(RawRow row)
    {
        var column = header![Field.Value]!.Value;
        var raw = row[column];
        if (samples.IsNote(row, header, raw.IsEmpty ? 0 : 1))
            yield break;
        if (notAnalysed.Contains(raw.Trimmed))
            count.NotAnalysed++;
        else if (Begin(row, 1, out var sample) && Take(values.CheckLong(sample, header, row)) is { } cell)
            yield return cell;
    }

    // Counts the row and reads its sample; without a sample all its values are refused together.
    private bool Begin(RawRow row, int reported, out CheckedSample sample)
    {
        count.Rows++;
        count.Reported += reported;
        var read = samples.Read(row, header!, reported);
        sample = read!;
        if (read is null)
            count.Refused += reported;
        return read is not null;
    }

    private CheckedCell? Take(ValueReading reading)
    {
        foreach (var problem in reading.Problems)
            problems.Add(problem with { Header = header!.TextOf(problem.Column!.Value) });
        if (reading.Cell is not { } cell)
        {
            count.Refused++;
            return null;
        }
        var (verdict, first, firstValue) = seen.Add(cell);
        if (verdict == SeenValues.Verdict.New)
            return cell;
        ReportDuplicate(cell, verdict, first, firstValue);
        return null;
    }

    private void ReportDuplicate(CheckedCell cell, SeenValues.Verdict verdict, CellPlace first, ReportedValue firstValue)
    {
        if (verdict == SeenValues.Verdict.Same)
            count.Repeated++;
        else
            count.Refused++;
        if (verdict == SeenValues.Verdict.Differs)
        {
            count.Refused++;
            takenBack.Add(first);
        }
        problems.Add(new(
            verdict == SeenValues.Verdict.Same ? ProblemCode.DuplicateSame : ProblemCode.DuplicateDiffers,
            cell.Place.Sheet.Length == 0 ? null : cell.Place.Sheet, cell.Place.Row, cell.Place.Column, header!.TextOf(cell.Place.Column), cell.ReportedText,
            new Dictionary<string, string>
            {
                ["parameter"] = cell.Parameter.Code,
                ["sheet"] = first.Sheet,
                ["row"] = first.Row.ToString(CultureInfo.InvariantCulture),
                ["column"] = ColumnName.Of(first.Column),
                ["value"] = FormattableString.Invariant($"{firstValue.Sign}{firstValue.Number} {cell.Parameter.Unit.Code}"),
            }));
    }
}
