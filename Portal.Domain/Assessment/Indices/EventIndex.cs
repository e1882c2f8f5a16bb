using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>The legal index of a site's event, or why there is none.</summary>
/// <param name="Code">vn-wqi, wqi-2011; or <see cref="WorstRatio"/>.</param>
/// <param name="Reason">Why the medium's legal index could not be computed, as a code; empty where it was.</param>
public sealed record IndexOutcome(string Code, int? Value, string? Band, string Reason)
{
    public const string WorstRatio = "worst-ratio";

    public static IndexOutcome Not(string reason) => new(WorstRatio, null, null, reason);
}

/// <summary>Which index each medium has, and its value for one event: the legal index of surface water by its date. Hourly air has VN_AQI; single
/// samples of air have none. Beside it, and never in its place, the supplementary one of other waters that are no discharge.</summary>
public sealed class EventIndex
{
    public const string NoIndex = "no_index";
    public const string HourlyNeeded = "hourly_needed";
    public const string Unreviewed = "unreviewed";

    private readonly IndexBook book;
    private readonly Dictionary<IndexTable, VnWqi> wqi;
    private readonly Dictionary<IndexTable, Wqi2011> wqi2011;
    private readonly CcmeWqi? ccme;

    public EventIndex(IndexBook book)
    {
        this.book = book;
        wqi = book.All.Where(table => table.Kind == VnWqi.Kind).ToDictionary(table => table, table => new VnWqi(table));
        wqi2011 = book.All.Where(table => table.Kind == Wqi2011.Kind).ToDictionary(table => table, table => new Wqi2011(table));
        ccme = book.All.LastOrDefault(table => table.Kind == CcmeWqi.Kind) is { } table ? new(table) : null;
    }

    /// <summary>How many months of campaigns the supplementary index looks at.</summary>
    public int Months => ccme?.Months ?? 0;

    /// <summary>Whether samples of a medium have VN_WQI.</summary>
    public static bool HasWqi(string medium) => medium == "surface_water";

    /// <summary>Whether a medium has a legal index at all.</summary>
    public static bool HasLegal(string medium) => HasWqi(medium) || medium == "air";

    /// <summary>Whether a medium with limits has the supplementary index: it speaks of waters that are lived in or drunk, never of a discharge.</summary>
    public static bool HasCcme(string medium) => medium is "sea_water" or "groundwater" or "pond_water";

    /// <param name="day">Whose tables are taken: today, or the first day of the event.</param>
    /// <param name="samples">The reviewed samples of the event: parameter → value.</param>
    public IndexOutcome Of(string medium, DateOnly day, IReadOnlyList<IReadOnlyDictionary<string, ReportedValue>> samples)
    {
        if (samples.Count == 0)
            return IndexOutcome.Not(Unreviewed);
        return HasWqi(medium) ? OfSurfaceWater(day, samples) : IndexOutcome.Not(medium == "air" ? HourlyNeeded : NoIndex);
    }

    /// <summary>The supplementary index; null where the medium has none, or it cannot be computed.</summary>
    /// <param name="tests">The reviewed results of the months that end with the event, each with its limit; asked for only where needed.</param>
    public (int Value, string Band)? Supplementary(string medium, Func<IEnumerable<CcmeTest>> tests) =>
        HasCcme(medium) && ccme?.Assess(tests()) is { Index: { } index } result ? (index, result.Band!.Code) : null;

    /// <summary>How the legal index came about, or, of a medium that has only it, the supplementary one; null where the medium has neither.</summary>
    public Explanation? Explain(
        string medium, DateOnly day, IReadOnlyList<IReadOnlyDictionary<string, ReportedValue>> samples, Func<IEnumerable<CcmeTest>> tests, ParameterBook parameters)
    {
        if (samples.Count == 0)
            return null;
        if (HasCcme(medium) && ccme is not null)
            return CcmeExplanation.Of(ccme, parameters, ccme.Assess(tests()));
        if (!HasWqi(medium) || book.InForce(day, VnWqi.Kind, Wqi2011.Kind) is not { } table)
            return null;
        var worst = samples.MinBy(sample => OfSample(table, sample).Value ?? int.MaxValue)!;
        return wqi.TryGetValue(table, out var index)
            ? VnWqiExplanation.Of(index, parameters, worst, index.DefaultForm, NonDetects.AtLimit)
            : Wqi2011Explanation.Of(wqi2011[table], parameters, worst, NonDetects.AtLimit);
    }

    // Several samples of one event: the worst one stands for the site.
    private IndexOutcome OfSurfaceWater(DateOnly day, IReadOnlyList<IReadOnlyDictionary<string, ReportedValue>> samples) =>
        book.InForce(day, VnWqi.Kind, Wqi2011.Kind) is { } table
            ? samples.Select(sample => OfSample(table, sample)).MinBy(outcome => outcome.Value ?? int.MaxValue)!
            : IndexOutcome.Not(NoIndex);

    private IndexOutcome OfSample(IndexTable table, IReadOnlyDictionary<string, ReportedValue> sample)
    {
        if (wqi.TryGetValue(table, out var index))
        {
            var result = index.Assess(sample, index.DefaultForm, NonDetects.AtLimit);
            return result.Index is { } value ? new(VnWqi.Kind, value, result.Band!.Code, "") : IndexOutcome.Not(result.Reason);
        }
        var older = wqi2011[table].Assess(sample, NonDetects.AtLimit);
        return older.Index is { } found ? new(Wqi2011.Kind, found, older.Band!.Code, "") : IndexOutcome.Not("parameters_missing");
    }
}
