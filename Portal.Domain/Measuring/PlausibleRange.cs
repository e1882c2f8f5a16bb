namespace QuanTrac.Portal.Domain.Measuring;

/// <summary>Between what a value is plausible: beyond it somebody looks again. No limit of a standard.</summary>
/// <param name="Medium">Where it holds; empty: in every medium without a row of its own.</param>
/// <param name="Lower">In the canonical unit of the parameter, still plausible; null where there is none. So is <paramref name="Upper"/>.</param>
public sealed record PlausibleRange(string Parameter, string Medium, decimal? Lower, decimal? Upper)
{
    /// <summary>A non-detect lies anywhere below its bound, so that only the bound itself can be too high.</summary>
    public bool Holds(ReportedValue value) =>
        !(value.Number > Upper) && (value.Censoring == Censoring.Below || !(value.Number < Lower));
}

/// <summary>The plausible ranges by parameter and medium.</summary>
public sealed class PlausibleRanges(IEnumerable<PlausibleRange> ranges)
{
    private readonly Dictionary<(string Parameter, string Medium), PlausibleRange> byPlace = ranges.ToDictionary(range => (range.Parameter, range.Medium));

    /// <summary>The range of a parameter in a medium; null where none is known.</summary>
    public PlausibleRange? Of(string parameter, string medium) => byPlace.GetValueOrDefault((parameter, medium)) ?? byPlace.GetValueOrDefault((parameter, ""));
}
