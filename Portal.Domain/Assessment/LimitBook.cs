using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>A limit as loaded: of a standard's column, or of a permit (then without standard and column).</summary>
/// <param name="Bounds">In the canonical unit of the parameter, after the coefficients that are known; null where the standard gives words, not numbers.</param>
/// <param name="Averaging">The mean that the standard asks for; empty for a single value.</param>
public sealed record LimitRow(
    int Id, string? Standard, string? Column, string Parameter, string Fraction, string Averaging, DateInterval Valid, Bounds? Bounds)
{
    public bool OfPermit => Standard is null;

    /// <summary>Names of the coefficients that multiply the bounds.</summary>
    public IReadOnlyList<string> Coefficients { get; init; } = [];

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
    public const string OtherAveraging = "other_averaging";

    private readonly ILookup<string, StandardDates> standardsOfMedium;
    private readonly ILookup<(string Standard, string Column, string Parameter, string Fraction), LimitRow> limits;
    private readonly ILookup<(int Site, string Medium), Assignment> assignments;
    private readonly ILookup<(int Site, string Medium, string Parameter, string Fraction), LimitRow> permits;
    private readonly ILookup<string, CoefficientStep> coefficients;
    private readonly DateOnly[] changeDays;

    /// <param name="legacies">Of the standards that older facilities may keep.</param>
    /// <param name="coefficients">The tables of coefficients, by standard.</param>
    public LimitBook(
        IReadOnlyDictionary<string, DateInterval> standards,
        IEnumerable<(string Medium, string Standard)> media,
        IEnumerable<LimitRow> limits,
        IEnumerable<(int Site, string Medium, Assignment Assignment)> assignments,
        IEnumerable<(int Site, string Medium, LimitRow Limit)> permits,
        IReadOnlyDictionary<string, Legacy>? legacies = null,
        IEnumerable<(string Standard, CoefficientStep Step)>? coefficients = null)
    {
        standardsOfMedium = media.Distinct().ToLookup(
            row => row.Medium, row => new StandardDates(row.Standard, standards[row.Standard], legacies?.GetValueOrDefault(row.Standard)));
        this.limits = limits.ToLookup(row => (row.Standard!, row.Column!, row.Parameter, row.Fraction));
        this.assignments = assignments.ToLookup(row => (row.Site, row.Medium), row => row.Assignment);
        this.permits = permits.ToLookup(row => (row.Site, row.Medium, row.Limit.Parameter, row.Limit.Fraction), row => row.Limit);
        this.coefficients = (coefficients ?? []).ToLookup(row => row.Standard, row => row.Step);
        changeDays = standards.Values
            .Concat(this.assignments.SelectMany(group => group).Select(row => row.Valid))
            .Concat(this.limits.SelectMany(group => group).Select(row => row.Valid))
            .Concat(this.permits.SelectMany(group => group).Select(row => row.Valid))
            .SelectMany(valid => new[] { valid.From, valid.To?.AddDays(1) })
            .Concat((legacies?.Values ?? []).Select(legacy => (DateOnly?)legacy.Until.AddDays(1)))
            .OfType<DateOnly>().Distinct().Order().ToArray();
    }

    /// <summary>The standards alone, without sites and permits. The id of a row is its place in <see cref="StandardBook.Limits"/>.</summary>
    public static LimitBook Of(StandardBook book)
    {
        var papers = book.All.Select(standard => standard.Papers).ToList();
        return new(
            papers.ToDictionary(standard => standard.Code, standard => standard.Valid),
            papers.SelectMany(standard => standard.Media.Select(medium => (medium, standard.Code))),
            book.Limits.Select((limit, place) => new LimitRow(
                place, limit.Place.Standard, limit.Place.Column, limit.Parameter.Code, limit.Fraction, limit.Averaging.Code, limit.Valid,
                limit.Value.Kind == LimitKind.ClassText ? null : new Bounds(limit.Canonical.Lower, limit.Canonical.Upper))
            {
                Coefficients = limit.Coefficients,
                Samplings = book.Find(limit.Place.Standard)!.Column(limit.Place.Column)!.Samplings,
            }),
            [], [],
            papers.Where(standard => standard.Legacy is not null).ToDictionary(standard => standard.Code, standard => standard.Legacy!),
            book.All.SelectMany(standard => standard.Coefficients.Select(step => (standard.Code, step))));
    }

    /// <summary>The limits on one day.</summary>
    public LimitsOfDay On(DateOnly day, int site, string medium, string parameter, string fraction) =>
        Find(QuestionOf(day, site, medium, parameter, fraction), null);

    /// <summary>The limits of a period, from its first day (which governs) through each day inside it on which they change.</summary>
    public IReadOnlyList<LimitsOfDay> Within(DateOnly first, DateOnly last, int site, string medium, string parameter, string fraction) =>
        Within(QuestionOf(first, site, medium, parameter, fraction), last);

    /// <summary>What is to be asked for a site: with its columns and the limits of its permit.</summary>
    public LimitQuestion QuestionOf(DateOnly day, int site, string medium, string parameter, string fraction) => new(day, medium, parameter, fraction)
    {
        Permit = permits[(site, medium, parameter, fraction)],
        Assigned = assignments[(site, medium)],
    };

    /// <summary>The limits on the day of the question.</summary>
    public LimitsOfDay On(in LimitQuestion question) => Find(question, null);

    /// <summary>The limits from the day of the question, which governs, through each later day on which they change.</summary>
    public IReadOnlyList<LimitsOfDay> Within(in LimitQuestion question, DateOnly last)
    {
        var found = new List<LimitsOfDay>(1) { Find(question, null) };
        var next = Array.BinarySearch(changeDays, question.Day.AddDays(1));
        for (var place = next < 0 ? ~next : next; place < changeDays.Length && changeDays[place] <= last; place++)
        {
            var limitsOfDay = Find(question with { Day = changeDays[place] }, null);
            if (!limitsOfDay.Limits.SequenceEqual(found[^1].Limits) || limitsOfDay.Reason != found[^1].Reason)
                found.Add(limitsOfDay);
        }
        return found;
    }

    /// <summary>The rows of the classes that a row belongs to, the best class first: columns named "river-A", "river-B" … of one standard.
    /// None where its column is no class.</summary>
    public IEnumerable<LimitRow> ClassesBeside(LimitRow row, DateOnly day)
    {
        if (row.Column is not { } column || column.Length < 3 || column[^2] != '-' || row.Standard is null)
            yield break;
        for (var letter = 'A'; letter <= 'Z'; letter++)
        {
            foreach (var found in limits[(row.Standard, $"{column.AsSpan(0, column.Length - 1)}{letter}", row.Parameter, row.Fraction)])
            {
                if (found.Averaging == row.Averaging && found.Valid.Contains(day))
                    yield return found;
            }
        }
    }

    /// <summary>The limits on the day of the question, with each step of the reasoning.</summary>
    public LimitAnswer Explain(in LimitQuestion question)
    {
        var steps = new List<LimitStep>();
        return new(Find(question, steps), steps);
    }

    // Steps are null on the fast path: every result of a load is asked for.
    private LimitsOfDay Find(in LimitQuestion question, List<LimitStep>? steps)
    {
        if (OfPermit(question) is { } permit)
        {
            steps?.Add(new(LimitStepCode.PermitGoverns, LimitSteps.Text(permit.Count)));
            return new(question.Day, permit);
        }
        steps?.Add(new(LimitStepCode.PermitSilent));
        steps?.Add(new(LimitStepCode.LocalStandardsNotLoaded));
        var inForce = InForce(question, steps);
        if (inForce is null)
        {
            steps?.Add(new(LimitStepCode.NoStandardInForce));
            return new(question.Day, [], NoStandardInForce);
        }
        var columns = Columns(question, inForce, steps);
        if (columns is null)
        {
            steps?.Add(new(LimitStepCode.ColumnNotAssigned));
            return new(question.Day, [], ColumnNotAssigned);
        }
        return Rows(question, columns, steps);
    }

    private static List<LimitRow>? OfPermit(in LimitQuestion question)
    {
        List<LimitRow>? found = null;
        foreach (var row in question.Permit)
        {
            if (row.Valid.Contains(question.Day) && (question.Averaging is not { } averaging || averaging.Code == row.Averaging))
                (found ??= []).Add(row);
        }
        return found;
    }

    // Each with the day whose rows count: a standard that an older facility keeps is kept as it was on its last day.
    private List<(StandardDates Standard, DateOnly Day)>? InForce(in LimitQuestion question, List<LimitStep>? steps)
    {
        List<(StandardDates, DateOnly)>? found = null;
        foreach (var standard in standardsOfMedium[question.Medium])
        {
            if (standard.Valid.Contains(question.Day))
            {
                (found ??= []).Add((standard, question.Day));
                steps?.Add(LimitSteps.InForce(standard));
            }
            else if (standard.Legacy is { } legacy && question.Day > standard.Valid.To && question.Day <= legacy.Until)
            {
                var kept = question.FacilityDate < legacy.FacilitiesBefore;
                if (kept)
                    (found ??= []).Add((standard, standard.Valid.To!.Value));
                steps?.Add(LimitSteps.Legacy(standard, legacy, question.FacilityDate, kept));
            }
        }
        return found;
    }

    private static List<(Assignment Column, DateOnly Day)>? Columns(
        in LimitQuestion question, List<(StandardDates Standard, DateOnly Day)> inForce, List<LimitStep>? steps)
    {
        List<(Assignment Column, DateOnly Day)>? found = null;
        string? replaced = null;
        foreach (var column in question.Assigned)
        {
            if (!column.Valid.Contains(question.Day))
                continue;
            foreach (var (standard, day) in inForce)
            {
                if (standard.Code != column.Standard)
                    continue;
                (found ??= []).Add((column, day));
                replaced = day == question.Day ? replaced : standard.Legacy!.InsteadOf;
            }
        }
        // Who keeps the old standard is not judged by the new one too.
        if (replaced is not null)
            found!.RemoveAll(row => row.Column.Standard == replaced);
        foreach (var (column, _) in steps is null ? [] : found ?? [])
            steps!.Add(new(LimitStepCode.ColumnAssigned, column.Standard, column.Column));
        return found;
    }

    private LimitsOfDay Rows(in LimitQuestion question, List<(Assignment Column, DateOnly Day)> columns, List<LimitStep>? steps)
    {
        List<LimitRow>? found = null;
        var other = false;
        foreach (var (column, day) in columns)
        {
            foreach (var row in limits[(column.Standard, column.Column, question.Parameter, question.Fraction)])
            {
                if (!row.Valid.Contains(day))
                    continue;
                if (question.Averaging is { } averaging && averaging.Code != row.Averaging)
                {
                    other = true;
                    steps?.Add(new(LimitStepCode.RowOfOtherAveraging, column.Standard, column.Column, row.Averaging));
                    continue;
                }
                steps?.Add(LimitSteps.Row(row));
                (found ??= []).Add(Effective(row, question.Coefficients, steps));
            }
        }
        if (found is not null)
            return new(question.Day, found);
        if (!other)
            steps?.Add(new(LimitStepCode.NoRow));
        return new(question.Day, [], other ? OtherAveraging : ParameterWithoutLimit);
    }

    private LimitRow Effective(LimitRow row, CoefficientsGiven? given, List<LimitStep>? steps)
    {
        if (row.Coefficients.Count == 0 || row.Bounds is not { } bounds || (given is null && steps is null))
            return row;
        var factor = 1m;
        foreach (var name in row.Coefficients)
        {
            var found = (given ?? CoefficientsGiven.None).Find(name, coefficients[row.Standard!]);
            factor *= found?.Value ?? 1m;
            steps?.AddRange(LimitSteps.Coefficient(name, found, coefficients[row.Standard!]));
        }
        var effective = factor == 1m ? bounds : new Bounds(bounds.Lower * factor, bounds.Upper * factor);
        steps?.Add(new(LimitStepCode.EffectiveBounds, LimitSteps.Text(effective.Lower), LimitSteps.Text(effective.Upper)));
        return factor == 1m ? row : row with { Bounds = effective };
    }
}

/// <summary>When a standard is in force, and who may keep it afterwards.</summary>
internal sealed record StandardDates(string Code, DateInterval Valid, Legacy? Legacy);
