using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>A cell of a table: the limit of the day, and what holds on other days.</summary>
/// <param name="Shown">Null where the row holds on other days only.</param>
public sealed record LimitCell(Limit? Shown, IReadOnlyList<Limit> OtherDays);

/// <summary>A row of a table, its cells in the order of the columns; null: the standard gives none.</summary>
public sealed record LimitLine(Parameter Parameter, string Fraction, Averaging Averaging, Unit Unit, IReadOnlyList<LimitCell?> Cells)
{
    /// <summary>The limits of the day with their columns.</summary>
    public IEnumerable<Limit> Shown => Cells.Select(cell => cell?.Shown).OfType<Limit>();

    /// <summary>The one confidence of all cells, or null where they differ.</summary>
    public Confidence? Confidence => Shown.Select(limit => limit.Origin.Confidence).Distinct().ToList() is [var only] ? only : null;
}

/// <summary>A table as the standard prints it: parameters down, columns across.</summary>
public sealed record LimitTable(string Name, IReadOnlyList<StandardColumn> Columns, IReadOnlyList<LimitLine> Lines)
{
    // More columns than fit beside the rest of the page.
    private const int MostColumns = 5;

    /// <summary>It scrolls inside itself.</summary>
    public bool IsWide => Columns.Count > MostColumns;

    /// <summary>What all rows judge, or null where they differ.</summary>
    public Averaging? Averaging => Lines.Select(line => line.Averaging).Distinct().ToList() is [var only] ? only : null;

    public bool HasAveraging => Averaging is null;

    public bool HasCoefficients => Lines.SelectMany(line => line.Shown).Any(limit => limit.Coefficients.Count > 0);

    public bool HasClauses => Lines.SelectMany(line => line.Shown).Any(limit => limit.Origin.Clause.Length > 0);

    /// <summary>Whether any figure is less sure than the best.</summary>
    public bool HasDoubt => Lines.SelectMany(line => line.Shown).Any(limit => limit.Origin.Confidence != Confidence.High);

    public IReadOnlyList<string> Sources => Lines.SelectMany(line => line.Shown).Select(limit => limit.Origin.Source).Where(source => source.Length > 0).Distinct().ToList();
}

/// <summary>The limits of a standard under a filter, as tables.</summary>
/// <param name="Lines">Rows shown.</param>
/// <param name="Total">Rows without the filter.</param>
public sealed record LimitGrid(IReadOnlyList<LimitTable> Tables, int Lines, int Total)
{
    /// <summary>The rows of a day (or of the nearest day of the standard), narrowed by column and parameter.</summary>
    public static LimitGrid Of(Standard standard, LimitFilter filter, DateOnly today)
    {
        var day = standard.Papers.ShownOn(filter.Day ?? today);
        var wanted = Wanted(standard, filter.Parameter);
        var all = Arranged(standard, standard.Limits, day);
        var shown = Arranged(standard, standard.Limits.Where(limit =>
            (filter.Column is null || limit.Place.Column == filter.Column) && wanted(limit.Parameter)), day);
        return new(shown, shown.Sum(table => table.Lines.Count), all.Sum(table => table.Lines.Count));
    }

    /// <summary>The limits themselves that the tables show.</summary>
    public IEnumerable<Limit> Shown => Tables.SelectMany(table => table.Lines).SelectMany(line => line.Shown);

    // A code names one parameter and nothing else: "Cr" is not "Cr6". Other words are searched for.
    private static Func<Parameter, bool> Wanted(Standard standard, string? words)
    {
        if (words is null)
            return _ => true;
        if (standard.Limits.Any(limit => string.Equals(limit.Parameter.Code, words, StringComparison.OrdinalIgnoreCase)))
            return parameter => string.Equals(parameter.Code, words, StringComparison.OrdinalIgnoreCase);
        var folded = Words.WithoutDiacritics(words);
        return parameter => Words.WithoutDiacritics($"{parameter.Code} {parameter.NameVi} {parameter.NameEn}").Contains(folded, StringComparison.Ordinal);
    }

    private static List<LimitTable> Arranged(Standard standard, IEnumerable<Limit> limits, DateOnly day) =>
        limits.GroupBy(limit => limit.Place.Table).OrderBy(table => table.Key, StringComparer.Ordinal).Select(table =>
        {
            var columns = standard.Columns.Where(column => table.Any(limit => limit.Place.Column == column.Code)).ToList();
            var lines = table.GroupBy(limit => (limit.Parameter.Code, limit.Fraction, limit.Averaging, limit.Value.Unit.Code)).Select(row => new LimitLine(
                row.First().Parameter, row.Key.Fraction, row.Key.Averaging, row.First().Value.Unit,
                columns.Select(column => Cell(row.Where(limit => limit.Place.Column == column.Code).ToList(), day)).ToList())).ToList();
            return new LimitTable(table.Key, columns, lines);
        }).ToList();

    private static LimitCell? Cell(List<Limit> rows, DateOnly day)
    {
        var shown = rows.Find(limit => limit.Valid.Contains(day));
        return rows.Count == 0 ? null : new(shown, rows.Where(limit => limit != shown).OrderBy(limit => limit.Valid.From).ToList());
    }
}
