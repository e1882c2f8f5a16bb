using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>Gathers the findings of each event and view, and makes their statuses, on the results of one kind of reader.</summary>
internal sealed class StatusTally(Judge judge, EventIndex index, string restsOn, IReadOnlyDictionary<Series, SeriesHistory> histories, DateOnly today)
{
    private readonly Dictionary<(Event Event, string View), Tally> tallies = [];
    private readonly Dictionary<Event, Dictionary<long, Dictionary<string, ReportedValue>>> reviewedSamples = [];

    public string RestsOn => restsOn;

    /// <summary>What went before a result, as far as its readers see it.</summary>
    public SeriesHistory HistoryOf(in StoredResult result) => histories.GetValueOrDefault(result.Event.Series, SeriesHistory.Empty);

    public void Add(in StoredResult result, string view, in FindingOfResult finding)
    {
        if (!tallies.TryGetValue((result.Event, view), out var tally))
            tallies[(result.Event, view)] = tally = new(result.ToJudge.PeriodStart, result.ToJudge.PeriodEnd);
        tally.First = result.ToJudge.PeriodStart < tally.First ? result.ToJudge.PeriodStart : tally.First;
        tally.Last = result.ToJudge.PeriodEnd > tally.Last ? result.ToJudge.PeriodEnd : tally.Last;
        tally.Reviewed &= result.Accepted;
        tally.Released = result.Released;
        tally.StandardChanges |= !finding.Governs;
        if (result.Accepted)
            AddToSample(result);
        if (!finding.Governs)
            return;
        if (finding.Limit?.Standard is { } standard)
            tally.Standards.Add(standard);
        tally.Judged.Add(new(result.ToJudge.Parameter, finding.Limit?.Bounds, finding.Judgement));
    }

    public IEnumerable<SiteStatus> All() => tallies.Select(entry =>
    {
        var ((e, view), tally) = entry;
        var verdict = SiteVerdict.Combine(tally.Judged);
        var (outcome, beside) = IndicesOf(e, view, tally);
        return new SiteStatus
        {
            SiteId = e.Series.Site,
            Medium = e.Series.Medium,
            DataGroup = e.Series.DataGroup,
            CampaignId = e.Campaign,
            View = view,
            RestsOn = restsOn,
            PeriodStart = tally.First,
            PeriodEnd = tally.Last,
            Verdict = verdict.Verdict.Text(),
            IndexCode = outcome.Code,
            IndexValue = outcome.Value ?? verdict.WorstRatio,
            IndexReason = outcome.Reason,
            Band = outcome.Band ?? verdict.Band,
            RatioClass = verdict.Band,
            CcmeValue = beside?.Value,
            CcmeBand = beside?.Band,
            WorstParameter = verdict.WorstParameter,
            WorstRatio = verdict.WorstRatio,
            Standard = tally.Standards.Count == 0 ? null : string.Join(", ", tally.Standards),
            StandardChanges = tally.StandardChanges,
            Results = verdict.Results,
            Exceeding = verdict.Exceeding,
            Undecided = verdict.Undecided,
            Reviewed = tally.Reviewed,
            Released = tally.Released,
        };
    });

    // The index of the day: today's tables and limits in one view, those of the first day of the event in the other.
    private (IndexOutcome Legal, (int Value, string Band)? Supplementary) IndicesOf(Event e, string view, Tally tally)
    {
        var day = view == "today" ? today : tally.First;
        var samples = reviewedSamples.TryGetValue(e, out var found) ? found.Values.ToList() : [];
        return (index.Of(e.Series.Medium, day, samples), samples.Count == 0 ? null : index.Supplementary(e.Series.Medium, () => Tests(e, day, tally.Last)));
    }

    // Limits in force at the campaign itself, for the months that end with it.
    private IEnumerable<CcmeTest> Tests(Event e, DateOnly day, DateOnly last)
    {
        if (!histories.TryGetValue(e.Series, out var history))
            yield break;
        foreach (var past in history.Between(last.AddMonths(-index.Months), last))
        {
            if (judge.SingleValueLimit(day, e.Series.Site, e.Series.Medium, past.Parameter, past.Fraction) is { } limit)
                yield return CcmeTest.Of(past, limit);
        }
    }

    private void AddToSample(in StoredResult result)
    {
        if (!EventIndex.HasWqi(result.Event.Series.Medium))
        {
            // Other indices look at the history; that something was reviewed is all they ask.
            reviewedSamples.TryAdd(result.Event, new() { [0] = [] });
            return;
        }
        if (!reviewedSamples.TryGetValue(result.Event, out var samples))
            reviewedSamples[result.Event] = samples = [];
        if (!samples.TryGetValue(result.SampleId, out var sample))
            samples[result.SampleId] = sample = [];
        // The scales are of totals, not of the dissolved part.
        if (result.ToJudge.Fraction.Length == 0)
            sample[result.ToJudge.Parameter] = result.ToJudge.Value;
    }

    private sealed class Tally(DateOnly first, DateOnly last)
    {
        public DateOnly First { get; set; } = first;
        public DateOnly Last { get; set; } = last;
        public bool Reviewed { get; set; } = true;
        public bool Released { get; set; }
        public bool StandardChanges { get; set; }
        public SortedSet<string> Standards { get; } = new(StringComparer.Ordinal);
        public List<JudgedResult> Judged { get; } = [];
    }
}
