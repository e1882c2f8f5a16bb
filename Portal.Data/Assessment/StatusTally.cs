using QuanTrac.Portal.Domain.Assessment;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>A site, medium, data group and campaign: what has a status.</summary>
internal readonly record struct Event(int Site, string Medium, string DataGroup, int Campaign);

/// <summary>A result as read for judging.</summary>
internal readonly record struct StoredResult(
    long Id, long SampleId, Event Event, ResultToJudge ToJudge, bool Accepted, bool Released);

/// <summary>Gathers the findings of each event and view, and makes their statuses.</summary>
internal sealed class StatusTally
{
    private readonly Dictionary<(Event Event, string View), Tally> tallies = [];

    public void Add(in StoredResult result, string view, in FindingOfResult finding)
    {
        if (!tallies.TryGetValue((result.Event, view), out var tally))
            tallies[(result.Event, view)] = tally = new(result.ToJudge.PeriodStart, result.ToJudge.PeriodEnd);
        tally.First = result.ToJudge.PeriodStart < tally.First ? result.ToJudge.PeriodStart : tally.First;
        tally.Last = result.ToJudge.PeriodEnd > tally.Last ? result.ToJudge.PeriodEnd : tally.Last;
        tally.Reviewed &= result.Accepted;
        tally.Released = result.Released;
        tally.StandardChanges |= !finding.Governs;
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
        return new SiteStatus
        {
            SiteId = e.Site,
            Medium = e.Medium,
            DataGroup = e.DataGroup,
            CampaignId = e.Campaign,
            View = view,
            PeriodStart = tally.First,
            PeriodEnd = tally.Last,
            Verdict = verdict.Verdict.Text(),
            IndexCode = "worst-ratio",
            IndexValue = verdict.WorstRatio,
            Band = verdict.Band,
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
