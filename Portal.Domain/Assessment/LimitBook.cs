using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>A limit as loaded: of a standard's column, or of a permit (then without standard and column).</summary>
/// <param name="Bounds">In the canonical unit of the parameter; null where the standard gives words, not numbers.</param>
/// <param name="Averaging">The mean that the standard asks for; empty for a single value.</param>
public sealed record LimitRow(
    int Id, string? Standard, string? Column, string Parameter, string Fraction, string Averaging, DateInterval Valid, Bounds? Bounds)
{
    public bool OfPermit => Standard is null;

    /// <summary>How many samplings a year an annual mean needs at least; null where the standard's number is not known.</summary>
    public int? Samplings { get; init; }
}

/// <summary>A site's column of a standard, from a day on.</summary>
public sealed record Assignment(string Standard, string Column, DateInterval Valid);

/// <summary>The limits that hold on one day, or why there are none.</summary>
/// <param name="Day">The first day on which they hold inside the period asked for.</param>
/// <param name="Reason">A code where <paramref name="Limits"/> is empty.</param>
public sealed record LimitsOfDay(DateOnly Day, IReadOnlyList<LimitRow> Limits, string Reason = "");

/// <summary>Which limit applies: permit, then local standard, then national standard, each by its dates.</summary>
public sealed class LimitBook
{
    public const string ColumnNotAssigned = "column_not_assigned";
    public const string NoStandardInForce = "no_standard";
    public const string ParameterWithoutLimit = "no_limit";

    private readonly Dictionary<string, DateInterval> standards;
    private readonly ILookup<string, string> standardsOfMedium;
    private readonly ILookup<(string Standard, string Column, string Parameter, string Fraction), LimitRow> limits;
    private readonly ILookup<(int Site, string Medium), Assignment> assignments;
    private readonly ILookup<(int Site, string Medium, string Parameter, string Fraction), LimitRow> permits;
    private readonly DateOnly[] changeDays;

    public LimitBook(
        IReadOnlyDictionary<string, DateInterval> standards,
        IEnumerable<(string Medium, string Standard)> media,
        IEnumerable<LimitRow> limits,
        IEnumerable<(int Site, string Medium, Assignment Assignment)> assignments,
        IEnumerable<(int Site, string Medium, LimitRow Limit)> permits)
    {
        this.standards = new(standards);
        standardsOfMedium = media.Distinct().ToLookup(row => row.Medium, row => row.Standard);
        this.limits = limits.ToLookup(row => (row.Standard!, row.Column!, row.Parameter, row.Fraction));
        this.assignments = assignments.ToLookup(row => (row.Site, row.Medium), row => row.Assignment);
        this.permits = permits.ToLookup(row => (row.Site, row.Medium, row.Limit.Parameter, row.Limit.Fraction), row => row.Limit);
        changeDays = this.standards.Values
            .Concat(this.assignments.SelectMany(group => group).Select(row => row.Valid))
            .Concat(this.limits.SelectMany(group => group).Select(row => row.Valid))
            .Concat(this.permits.SelectMany(group => group).Select(row => row.Valid))
            .SelectMany(valid => new[] { valid.From, valid.To?.AddDays(1) })
            .OfType<DateOnly>().Distinct().Order().ToArray();
    }

    /// <summary>The limits on one day.</summary>
    public LimitsOfDay On(DateOnly day, int site, string medium, string parameter, string fraction)
    {
        var permit = permits[(site, medium, parameter, fraction)].Where(row => row.Valid.Contains(day)).ToList();
        if (permit.Count > 0)
            return new(day, permit);

        var inForce = standardsOfMedium[medium].Where(code => standards[code].Contains(day)).ToHashSet();
        if (inForce.Count == 0)
            return new(day, [], NoStandardInForce);
        var assigned = assignments[(site, medium)].Where(row => row.Valid.Contains(day) && inForce.Contains(row.Standard)).ToList();
        if (assigned.Count == 0)
            return new(day, [], ColumnNotAssigned);
        var found = assigned
            .SelectMany(row => limits[(row.Standard, row.Column, parameter, fraction)])
            .Where(row => row.Valid.Contains(day)).ToList();
        return found.Count > 0 ? new(day, found) : new(day, [], ParameterWithoutLimit);
    }

    /// <summary>The limits of a period, from its first day (which governs) through each day inside it on which they change.</summary>
    public IReadOnlyList<LimitsOfDay> Within(DateOnly first, DateOnly last, int site, string medium, string parameter, string fraction)
    {
        var found = new List<LimitsOfDay> { On(first, site, medium, parameter, fraction) };
        foreach (var day in changeDays)
        {
            if (day <= first || day > last)
                continue;
            var limitsOfDay = On(day, site, medium, parameter, fraction);
            if (!limitsOfDay.Limits.SequenceEqual(found[^1].Limits) || limitsOfDay.Reason != found[^1].Reason)
                found.Add(limitsOfDay);
        }
        return found;
    }
}
