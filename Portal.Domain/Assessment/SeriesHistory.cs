using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>A reviewed result of a site's series, in the canonical unit of its parameter.</summary>
public readonly record struct PastResult(
    int Campaign, string Parameter, string Fraction, DateOnly PeriodStart, DateOnly PeriodEnd, ReportedValue Value);

/// <summary>The mean of a year so far. Values below their limit of detection count from zero up to that limit, so the mean is a range;
/// without them both ends are the same.</summary>
/// <param name="Highest">Null where a value is only known to lie above a number.</param>
/// <param name="Samplings">Days or periods in which samples were taken.</param>
public readonly record struct YearMean(decimal Lowest, decimal? Highest, int Samplings);

/// <summary>The reviewed results of one site, medium and data group. What has not been reviewed enters no mean and no index.</summary>
public sealed class SeriesHistory(IEnumerable<PastResult> results)
{
    public static SeriesHistory Empty { get; } = new([]);

    private readonly List<PastResult> all = [.. results.OrderBy(result => result.PeriodEnd)];
    private Dictionary<(string, string), List<PastResult>>? byParameter;

    /// <summary>The arithmetic mean of a parameter from the first day of the year through a day; null where nothing was measured.</summary>
    public YearMean? MeanOfYear(string parameter, string fraction, DateOnly through)
    {
        byParameter ??= all.GroupBy(result => (result.Parameter, result.Fraction)).ToDictionary(group => group.Key, group => group.ToList());
        if (!byParameter.TryGetValue((parameter, fraction), out var values))
            return null;
        var firstDay = new DateOnly(through.Year, 1, 1);
        decimal lowest = 0;
        decimal? highest = 0;
        var (count, samplings, lastStart) = (0, 0, DateOnly.MinValue);
        foreach (var result in values)
        {
            if (result.PeriodStart < firstDay || result.PeriodEnd > through)
                continue;
            lowest += result.Value.Censoring == Censoring.Below ? 0 : result.Value.Number;
            highest = result.Value.Censoring == Censoring.Above ? null : highest + result.Value.Number;
            count++;
            if (result.PeriodStart != lastStart)
                (samplings, lastStart) = (samplings + 1, result.PeriodStart);
        }
        return count == 0 ? null : new(lowest / count, highest / count, samplings);
    }

    /// <summary>The results whose period ends after one day and not after another.</summary>
    public IEnumerable<PastResult> Between(DateOnly after, DateOnly through) =>
        all.Where(result => result.PeriodEnd > after && result.PeriodEnd <= through);
}
