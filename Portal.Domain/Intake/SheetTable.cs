using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>What a row of a sheet is.</summary>
internal enum RowKind
{
    /// <summary>Above the header.</summary>
    Title,
    Header,

    /// <summary>A header in the middle of the sheet: the rows below are read by it.</summary>
    HeaderAgain,

    /// <summary>A header of another kind: the rows below are not read.</summary>
    HeaderUnknown,
    Limits,
    Units,

    /// <summary>Between the header and the first row of data.</summary>
    Gap,
    Data,
}

/// <summary>Tells what the rows of one sheet are, by the layout and by what stands in them, and in what the columns are measured.</summary>
internal sealed class SheetTable(Layout layout, IntakeBooks books, ValueCheck values, Func<string, KnownSite?> findSite)
{
    private const int WordsKept = 10_000;
    private const string MassConcentration = "mass concentration";

    private static readonly char[] BetweenWords = [' ', '(', ')', '[', ']', ':', ';', ',', '='];

    private readonly HashSet<string> words = [.. layout.Fields.Select(field => Words.Fold(field.Value)), .. layout.Parameters.Select(column => Words.Fold(column.Header))];
    private readonly Dictionary<string, bool> known = [];

    // By the layout's own column, so that a table below keeps the units of the sheet until it says others.
    private readonly Dictionary<ParameterHeader, ColumnMeasure> measures = new(ReferenceEqualityComparer.Instance);
    private readonly Unit? usual = layout.Parameters.Select(column => values.MeasureOf(column).Unit).Where(unit => unit.Quantity == MassConcentration)
        .GroupBy(unit => unit).MaxBy(units => units.Count())?.Key;
    private RawRow? above;

    /// <summary>The header that the rows are read by; null until there is one.</summary>
    public Header? Header { get; private set; }

    /// <summary>The row of a header that is not understood, above the row at hand.</summary>
    public int? LostAt { get; private set; }

    public RowKind Read(RawRow row)
    {
        if (row.Number < layout.HeaderRow)
        {
            above = row;
            return RowKind.Title;
        }
        if (row.Number == layout.HeaderRow)
            return Begin(row, RowKind.Header);
        if (Header is null)
            return RowKind.Title;
        if (IsHeader(row))
            return Begin(row, RowKind.HeaderAgain);
        if (LostAt is not null)
            return RowKind.Data;
        if (IsUnits(row))
        {
            ReadUnits(row);
            return RowKind.Units;
        }
        // A table without limits has its first sample where they would stand.
        var isEarly = row.Number < layout.FirstDataRow && HasSample(row) && HasKnownSite(row);
        if (!isEarly && (row.Number == layout.LimitRow || IsLimitsAgain(row)))
        {
            // A limit may say in what it is: "20 µg/L".
            ReadUnits(row, onlyKnown: true);
            return RowKind.Limits;
        }
        if (row.Number < layout.FirstDataRow && !isEarly)
            return RowKind.Gap;
        LostAt = IsOtherHeader(row) ? row.Number : null;
        return LostAt is null ? RowKind.Data : RowKind.HeaderUnknown;
    }

    /// <summary>In what a column of a wide sheet is measured.</summary>
    public ColumnMeasure MeasureOf(int column)
    {
        var header = Header!.Parameters[column];
        if (!measures.TryGetValue(header, out var measure))
            measures[header] = measure = new(values.MeasureOf(header), null, null);
        return measure;
    }

    private RowKind Begin(RawRow row, RowKind kind)
    {
        var header = new Header(layout, row, books.Words.Qualifiers);
        LostAt = kind == RowKind.HeaderAgain && !header.Fits ? row.Number : null;
        if (LostAt is not null)
            return RowKind.HeaderUnknown;
        Header = header;
        if (header.Fits && kind == RowKind.Header && above is { } units && units.Number == row.Number - 1 && IsUnits(units))
            ReadUnits(units);
        return kind;
    }

    // Two headers or names of parameters side by side: no row of data has them of its own. (A header may be merged with the row below it.)
    private bool IsHeader(RawRow row)
    {
        var found = 0;
        for (var column = 0; column < row.Cells.Count && found < 2; column++)
        {
            var cell = row[column];
            if (cell.Kind == CellKind.Text && !cell.Is(CellMarks.Merged) && cell.Trimmed is var text && char.IsLetter(text[0]) && IsWord(text))
                found++;
        }
        return found >= 2;
    }

    private bool IsWord(string text)
    {
        if (known.TryGetValue(text, out var isWord))
            return isWord;
        isWord = words.Contains(Words.Fold(text)) || layout.Kind == LayoutKind.Wide && books.Parameters.Find(text, layout.Medium ?? "") is not null;
        if (known.Count < WordsKept)
            known[text] = isWord;
        return isWord;
    }

    // Texts that are units, and no number among them; "-" is a unit and no limit at the same time. Above the data other words are units that we do not know:
    // limits have numbers.
    private bool IsUnits(RawRow row)
    {
        var (units, others) = (0, 0);
        foreach (var column in Header!.Parameters.Keys)
        {
            var cell = row[column];
            // A header may be merged with the row below it.
            if (IsDash(cell.Trimmed) || cell.Is(CellMarks.Merged))
                continue;
            if (cell.Kind != CellKind.Text || char.IsAsciiDigit(cell.Trimmed[0]) || cell.Trimmed[0] is '<' or '>' or '≤' or '≥')
                return false;
            if (books.Units.Find(UnitOf(cell)) is null)
                others++;
            else
                units++;
        }
        if (row.Number > Header.Row && row.Number < layout.FirstDataRow && !HasSample(row))
            return units + others > 0;
        // A title above the header is no unit.
        return row.Number < Header.Row || HasSample(row) ? units > Math.Max(1, others) : units > 0 || row.Number <= Header.Row + 2 && others > 1;
    }

    // The label of a row ("Đơn vị") stands where the sites stand, and has no period.
    private bool HasSample(RawRow row) => row[Header![Field.Site]!.Value] is { IsEmpty: false } site && !site.Is(CellMarks.Merged) && !PeriodOf(row).IsEmpty;

    private RawCell PeriodOf(RawRow row) => row[(Header![Field.Period] ?? Header[Field.PeriodStart] ?? Header[Field.Year])!.Value];

    /// <summary>Another unit than that of most columns, as a text above a wide table names it: "(kim loại: µg/L)".</summary>
    public (int Column, Unit Unit, Unit Usual)? UnitOfTitle(RawRow row)
    {
        for (var column = 0; usual is not null && column < row.Cells.Count; column++)
        {
            // A row of units above the header has nothing but units, and is read.
            if (row[column] is not { Kind: CellKind.Text, Trimmed: var text } || books.Units.Find(UnitOf(row[column])) is not null)
                continue;
            foreach (var word in text.Split(BetweenWords, StringSplitOptions.RemoveEmptyEntries))
            {
                if (books.Units.Find(word) is { Quantity: MassConcentration } unit && unit != usual)
                    return (column, unit, usual);
            }
        }
        return null;
    }

    private bool HasKnownSite(RawRow row) => row[Header![Field.Site]!.Value].Trimmed is { Length: > 0 } code && findSite(code) is not null;

    // Words of a header that the portal does not know: where the site stands, and as the period or in place of the values.
    private bool IsOtherHeader(RawRow row)
    {
        if (!IsName(row[Header![Field.Site]!.Value]) || HasKnownSite(row))
            return false;
        var reported = Header.Parameters.Keys.Select(column => row[column]).Where(cell => !cell.IsEmpty).ToList();
        return IsName(PeriodOf(row)) || reported.Count > 1 && reported.TrueForAll(cell => IsName(cell) && books.Units.Find(UnitOf(cell)) is null);
    }

    private static bool IsName(RawCell cell) => cell.Kind == CellKind.Text && !cell.Is(CellMarks.Merged) && cell.Trimmed is [var first, _, ..] text && char.IsLetter(first) && !text.Any(char.IsDigit);

    // "(µg/L)"; of a limit "≤ 20 µg/L" what stands behind its numbers, where that is a unit.
    private string UnitOf(RawCell cell)
    {
        var text = cell.Trimmed.Trim('(', ')', '[', ']', ' ');
        var behind = text.TrimStart([.. "0123456789.,<>≤≥=–—- "]).Trim('(', ')', '[', ']', ' ');
        return behind.Length == text.Length || books.Units.Find(behind) is null ? text : behind;
    }

    private void ReadUnits(RawRow row, bool onlyKnown = false)
    {
        foreach (var (column, header) in Header!.Parameters)
        {
            var text = UnitOf(row[column]);
            if (IsDash(text) || row[column].Is(CellMarks.Merged) || onlyKnown && books.Units.Find(text) is null)
                continue;
            var usual = values.MeasureOf(header);
            var (measure, refused) = values.Measure(usual.Parameter, text);
            measures[header] = measure?.Unit == usual.Unit ? new(usual, null, null) : new(measure, refused, text);
        }
    }

    // A second table repeats the limits right under its header: no site, and no value is what a limit is.
    private bool IsLimitsAgain(RawRow row) => layout.LimitRow is not null && Header!.Row != layout.HeaderRow && row.Number == Header.Row + 1
        && !HasKnownSite(row) && PeriodOf(row).IsEmpty;

    private static bool IsDash(string text) => text is "-" or "–" or "—" or "";
}

/// <summary>In what a column is measured.</summary>
/// <param name="Measure">Null where the sheet names a unit that does not fit.</param>
/// <param name="Refused">Why it does not.</param>
/// <param name="Told">The unit as the sheet's row of units writes it, where it is another than the layout's.</param>
internal sealed record ColumnMeasure(Measure? Measure, ProblemCode? Refused, string? Told);
