using System.Globalization;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>Checks the rows of one file and lets through the values that may be stored; the rest becomes problems. Streams: a row is
/// forgotten once it is checked, but for the keys and values that tell a duplicate. For one file only.</summary>
/// <remarks>A blocker ends the check in the middle: what was let through before it must not be stored. Nor may <see cref="TakenBack"/>.</remarks>
public sealed class RowCheck
{
    private readonly Layout layout;
    private readonly IntakeBooks books;
    private readonly Func<string, KnownSite?> findSite;
    private readonly ProblemList problems;
    private readonly SampleReader samples;
    private readonly ValueCheck values;
    private readonly SeenValues seen = new();
    private readonly ThousandsWatch thousands = new();
    private readonly HashSet<string> notAnalysed;
    private (int? Row, bool HasDecimal) cut;
    private readonly List<string> sheets = [];
    private readonly List<SheetLimits> limitRows = [];
    private readonly List<CellPlace> takenBack = [];
    private readonly HashSet<(string Sheet, int Column)> unitsTold = [];
    private (int Rows, int Reported, int Refused, int Repeated, int NotAnalysed) count;
    private SheetTable table;

    /// <param name="findSite">By the code as the file writes it, trimmed: <see cref="KnownSites.Find"/>.</param>
    /// <param name="today">In Quảng Ninh.</param>
    /// <param name="problems">Those of the file, to be added to.</param>
    /// <exception cref="ArgumentException">The layout names a parameter or unit that the books do not have.</exception>
    public RowCheck(Layout layout, IntakeBooks books, Func<string, KnownSite?> findSite, DateOnly today, ProblemList problems)
    {
        this.layout = layout;
        this.books = books;
        this.findSite = findSite;
        this.problems = problems;
        samples = new SampleReader(layout, books, findSite, today, problems, seen);
        values = new ValueCheck(layout, books);
        table = new SheetTable(layout, books, values, findSite);
        notAnalysed = [.. layout.NotAnalysed];
    }

    public ProblemList Problems => problems;

    /// <summary>Each sheet's row of limits, for <see cref="LimitRowCheck"/>.</summary>
    public IReadOnlyList<SheetLimits> LimitRows => limitRows;

    /// <summary>Cells that were let through and that the file then contradicted: none of them may be stored.</summary>
    public IReadOnlyList<CellPlace> TakenBack => takenBack;

    /// <summary>The account of the cells, complete at the end of the rows.</summary>
    public CellCounts Cells { get; } = new();

    public CheckSummary Summary => new(sheets, count.Rows, seen.SamplesTaken, count.Reported,
        count.Reported - count.Refused - count.Repeated, count.Refused, count.Repeated, count.NotAnalysed);

    private Header Header => table.Header!;

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
                table = new SheetTable(layout, books, values, findSite);
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
        RefuseAmbiguous();
        // Columns parted by the mark of its decimals, and not one decimal: each may stand cut in two beside a column that is empty.
        if (cut is { HasDecimal: false, Row: { } first })
            problems.Add(new(ProblemCode.DecimalsGone, null, first));
    }

    // Tells what is no data, and counts the cells of what is.
    private bool IsData(RawRow row)
    {
        var kind = table.Read(row);
        if (table.Header is null && row.Number > layout.HeaderRow)
            CloseSheet(row.Sheet);
        if (kind == RowKind.Title && table.UnitOfTitle(row) is { } found)
            problems.Add(new(ProblemCode.UnitInTitle, row.SheetOrNull, row.Number, found.Column, null, row[found.Column].Trimmed,
                new Dictionary<string, string> { ["unit"] = found.Unit.Code, ["expected"] = found.Usual.Code }));
        if (kind == RowKind.Title || table.Header is null)
            return false;
        if (kind is RowKind.Header or RowKind.HeaderAgain)
            TellHeader(row, kind);
        if (kind == RowKind.Header)
            return false;
        var cells = CountSeen(row);
        Cells.See(cells);
        if (kind == RowKind.Limits)
            limitRows.Add(new SheetLimits(layout, Header, row, column => table.MeasureOf(column).Measure ?? values.MeasureOf(Header.Parameters[column])));
        if (kind == RowKind.Units)
            problems.Add(new(ProblemCode.UnitsRow, row.SheetOrNull, row.Number));
        if (kind != RowKind.Data)
            Cells.Leave(kind is RowKind.HeaderAgain or RowKind.HeaderUnknown ? LeftOut.HeaderAgain : LeftOut.LimitsOrUnits, cells);
        return kind == RowKind.Data && !IsRefused(row, cells);
    }

    private void TellHeader(RawRow row, RowKind kind)
    {
        foreach (var problem in Header.Problems(layout, row, again: kind == RowKind.HeaderAgain))
            problems.Add(problem);
        if (kind == RowKind.HeaderAgain)
            problems.Add(new(ProblemCode.HeaderAgain, row.SheetOrNull, row.Number));
        else if (row.Sheet.Length > 0)
            sheets.Add(row.Sheet);
    }

    // The cells that are, or may be, values.
    private int CountSeen(RawRow row)
    {
        var cells = 0;
        for (var column = 0; column < row.Cells.Count; column++)
        {
            if (!row[column].IsEmpty && !Header.Describes(column))
                cells++;
        }
        return cells;
    }

    // A row that cannot be read as a row of the table at all: under a header of another kind, or cut where a number was cut.
    private bool IsRefused(RawRow row, int cells)
    {
        Problem Fault(ProblemCode code, string name, int number, string other, int otherNumber) => new(code, row.SheetOrNull, row.Number, Facts: new Dictionary<string, string>
        {
            [name] = number.ToString(CultureInfo.InvariantCulture), [other] = otherNumber.ToString(CultureInfo.InvariantCulture),
        });
        if (row.Separator == layout.DecimalMark)
            cut = (cut.Row ?? row.Number, cut.HasDecimal || Header.Parameters.Keys.Any(column => row[column].Trimmed.AsSpan().ContainsAny(',', '.')));
        if (table.LostAt is not null && !HasFigures(row))
        {
            Cells.Leave(LeftOut.Note, cells);
            return true;
        }
        if (table.LostAt is { } lost)
            problems.Add(Fault(ProblemCode.UnderUnknownHeader, "row", lost, "refused", cells));
        else if (row.Separator != default && HasSurplus(row))
            problems.Add(Fault(row.Separator == layout.DecimalMark ? ProblemCode.DecimalCommaSeparates : ProblemCode.FieldsMore, "found", row.Cells.Count, "expected", Header.Width));
        else
        {
            if (row.Separator != default && row.Cells.Count < Header.Width && row[Header[Field.Site]!.Value].Trimmed.Length > 0)
                problems.Add(Fault(ProblemCode.FieldsFewer, "found", row.Cells.Count, "expected", Header.Width));
            return false;
        }
        count.Rows++;
        count.Reported += cells;
        Refuse(cells);
        return true;
    }

    // Words alone below a header that is not understood are a legend, and no values.
    private static bool HasFigures(RawRow row) => row.Cells.Any(cell => cell.Kind is not (CellKind.Empty or CellKind.Text or CellKind.Covered)
        || cell.Trimmed is [var first, ..] && (char.IsAsciiDigit(first) || first is '<' or '>' or '-'));

    // Empty fields behind the last column are harmless, unless a comma may have cut a number further left.
    private bool HasSurplus(RawRow row) => row.Cells.Count > Header.Fields
        && (row.Separator == ',' || Enumerable.Range(Header.Width, row.Cells.Count - Header.Width).Any(column => !row[column].IsEmpty));

    // A sheet with anything on it but no header row is not of this layout.
    private void CloseSheet(string? sheet)
    {
        if (sheet is null || table.Header is not null || problems.HasBlocker)
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
        var reported = Header.Parameters.Keys.Where(column => !row[column].IsEmpty).Order().ToList();
        if (IsNote(row, reported.Count))
            yield break;
        var analysed = reported.FindAll(column => !IsNotAnalysed(row[column]));
        count.NotAnalysed += reported.Count - analysed.Count;
        Cells.Leave(LeftOut.NotAnalysed, reported.Count - analysed.Count);
        if (!LeaveAside(row, analysed.Count) || analysed.Count == 0 || !Begin(row, analysed.Count, out var sample))
            yield break;
        foreach (var column in analysed)
        {
            var place = new CellPlace(row.Sheet, row.Number, column);
            var measure = table.MeasureOf(column);
            TellHidden(row, column);
            TellUnit(row, column, measure);
            if (Take(values.CheckWide(sample, Header.Parameters[column], measure, row[column], place)) is { } cell)
                yield return cell;
        }
    }

    private IEnumerable<CheckedCell> CheckLong(RawRow row)
    {
        var column = Header[Field.Value]!.Value;
        var raw = row[column];
        if (IsNote(row, raw.IsEmpty ? 0 : 1))
            yield break;
        var isNotAnalysed = IsNotAnalysed(raw);
        // Of a row that breaks off before its value nobody knows whether there was one.
        count.NotAnalysed += isNotAnalysed && column < row.Cells.Count ? 1 : 0;
        Cells.Leave(LeftOut.NotAnalysed, isNotAnalysed && !raw.IsEmpty ? 1 : 0);
        // A value that must be there is seen to be missing.
        Cells.See(!isNotAnalysed && raw.IsEmpty ? 1 : 0);
        if (!LeaveAside(row, isNotAnalysed ? 0 : 1) || isNotAnalysed)
            yield break;
        TellHidden(row, column);
        if (Begin(row, 1, out var sample) && Take(values.CheckLong(sample, Header, row)) is { } cell)
            yield return cell;
    }

    private bool IsNotAnalysed(RawCell raw) => raw.Kind != CellKind.Covered && notAnalysed.Contains(raw.Trimmed);

    private bool IsNote(RawRow row, int reported)
    {
        if (!samples.IsNote(row, Header, reported))
            return false;
        Cells.Leave(LeftOut.Note, CountSeen(row));
        return true;
    }

    // The cells in columns that are not read. A sign among them belongs to a value beside it, and a limit of detection may be all that its value tells: that one is not what it seems.
    private bool LeaveAside(RawRow row, int reported)
    {
        int? sign = null;
        foreach (var column in Header.Aside(row.Cells.Count))
        {
            var cell = row[column];
            if (cell.IsEmpty)
                continue;
            var header = Header.TextOf(column);
            Cells.Leave(header is null ? LeftOut.ColumnWithoutHeader : LeftOut.UnknownColumn);
            if (header is null)
                problems.Add(new(ProblemCode.ColumnWithoutHeader, row.SheetOrNull, row.Number, column, null, cell.Shown(layout.DecimalMark)));
            if (IsSign(header, cell) || header is not null && (IsFlag(header, cell) || IsLimitOf(header, cell, row)))
                sign ??= column;
        }
        if (sign is not { } at || reported == 0)
            return true;
        problems.Add(new(ProblemCode.SignBesideValue, row.SheetOrNull, row.Number, at, Header.TextOf(at), row[at].Trimmed,
            new Dictionary<string, string> { ["refused"] = reported.ToString(CultureInfo.InvariantCulture) }));
        count.Rows++;
        count.Reported += reported;
        Refuse(reported);
        return false;
    }

    // In a wide sheet a column that is not read may be that of another parameter: "<0,01" and "KPH" are values of its own there.
    private bool IsSign(string? header, RawCell cell) => layout.Kind == LayoutKind.Wide && header is not null && !books.Words.IsQualifier(header)
        ? IntakeWords.IsSign(cell.Trimmed) : books.Words.SaysNonDetect(cell.Trimmed);

    // "1", "J", "Không" under "Hg_flag"; a remark is longer.
    private bool IsFlag(string header, RawCell cell) => cell.Trimmed is { Length: < 6 } text && text != "=" && books.Words.IsQualifier(header);

    // Of a long table: its value stands nowhere else.
    private bool IsLimitOf(string header, RawCell cell, RawRow row) => layout.Kind == LayoutKind.Long && books.Words.IsDetectionLimit(header)
        && NumberReader.Read(cell, layout.DecimalMark).Value is { } limit
        && NumberReader.Read(row[Header[Field.Value]!.Value], layout.DecimalMark).Value is { IsCensored: false } value && value.Number <= limit.Number;

    // Counts the row and reads its sample; without a sample all its values are refused together.
    private bool Begin(RawRow row, int reported, out CheckedSample sample)
    {
        count.Rows++;
        count.Reported += reported;
        var read = samples.Read(row, Header, reported);
        sample = read!;
        if (read is null)
            Refuse(reported);
        else
            TellHiddenSample(row);
        return read is not null;
    }

    // Who looks at the sheet does not see the row, or not whose values they are.
    private void TellHiddenSample(RawRow row)
    {
        if (row.IsHidden)
            problems.Add(new(ProblemCode.HiddenRow, row.SheetOrNull, row.Number));
        for (var column = 0; row.HiddenColumns.Count > 0 && column < row.Cells.Count; column++)
        {
            if (Header.Describes(column) && !row[column].IsEmpty)
                TellHidden(row, column);
        }
    }

    private void TellHidden(RawRow row, int column)
    {
        if (row.HiddenColumns.Contains(column))
            problems.Add(new(ProblemCode.HiddenColumn, row.SheetOrNull, row.Number, column, Header.TextOf(column), row[column].Shown(layout.DecimalMark)));
    }

    private void TellUnit(RawRow row, int column, ColumnMeasure measure)
    {
        if (measure is not { Told: { } told, Measure: { } read } || !unitsTold.Add((row.Sheet, column)))
            return;
        problems.Add(new(ProblemCode.UnitsRowDiffers, row.SheetOrNull, row.Number, column, Header.TextOf(column), row[column].Shown(layout.DecimalMark), new Dictionary<string, string>
        {
            ["parameter"] = read.Parameter.Code, ["unit"] = told, ["expected"] = values.MeasureOf(Header.Parameters[column]).Unit.Code,
        }));
    }

    private CheckedCell? Take(ValueReading reading)
    {
        foreach (var problem in reading.Problems)
            problems.Add(problem with { Header = Header.TextOf(problem.Column!.Value) });
        if (reading.Cell is not { } cell)
        {
            Refuse(1);
            return null;
        }
        var (verdict, first, firstValue) = seen.Add(cell);
        if (verdict == SeenValues.Verdict.New)
        {
            thousands.Add(cell, reading.Number);
            Cells.Take();
            return cell;
        }
        ReportDuplicate(cell, verdict, first, firstValue);
        return null;
    }

    private void Refuse(int cells)
    {
        count.Refused += cells;
        Cells.Refuse(cells);
    }

    private void TakeBack(CellPlace place)
    {
        count.Refused++;
        Cells.TakeBack();
        takenBack.Add(place);
    }

    private void RefuseAmbiguous()
    {
        foreach (var cell in thousands.Ambiguous.Where(cell => !seen.HasFallen(cell)))
        {
            seen.TakeBack(cell);
            TakeBack(cell.Place);
            problems.Add(new(ProblemCode.AmbiguousSeparator, cell.Place.Sheet.Length == 0 ? null : cell.Place.Sheet, cell.Place.Row, cell.Place.Column, null, cell.ReportedText,
                new Dictionary<string, string> { ["mark"] = layout.DecimalMark.ToString() }));
        }
    }

    private void ReportDuplicate(CheckedCell cell, SeenValues.Verdict verdict, CellPlace first, ReportedValue firstValue)
    {
        if (verdict == SeenValues.Verdict.Same)
        {
            count.Repeated++;
            Cells.Leave(LeftOut.Repeated);
        }
        else
            Refuse(1);
        if (verdict == SeenValues.Verdict.Differs)
            TakeBack(first);
        problems.Add(new(
            verdict == SeenValues.Verdict.Same ? ProblemCode.DuplicateSame : ProblemCode.DuplicateDiffers,
            cell.Place.Sheet.Length == 0 ? null : cell.Place.Sheet, cell.Place.Row, cell.Place.Column, Header.TextOf(cell.Place.Column), cell.ReportedText,
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
