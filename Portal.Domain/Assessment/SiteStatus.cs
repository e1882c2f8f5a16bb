namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>The maintained verdict of one site, medium, data group and campaign in one view.</summary>
public sealed class SiteStatus
{
    public int SiteId { get; init; }
    public required string Medium { get; init; }
    public required string DataGroup { get; init; }
    public int CampaignId { get; init; }

    /// <summary>"today": today's standard on all; "day": the standard of the day.</summary>
    public required string View { get; init; }

    /// <summary>Of <see cref="Assessment.RestsOn"/>: whose results were looked at.</summary>
    public required string RestsOn { get; init; }
    public DateOnly PeriodStart { get; init; }
    public DateOnly PeriodEnd { get; init; }
    public required string Verdict { get; init; }

    /// <summary>The legal index of the medium: vn-wqi, wqi-2011, vn-aqi; worst-ratio where it has none or none could be computed.</summary>
    public required string IndexCode { get; init; }
    public decimal? IndexValue { get; init; }

    /// <summary>Why the medium's legal index could not be computed, as a code; empty where it was.</summary>
    public required string IndexReason { get; init; }

    /// <summary>The class of the index, or of the worst ratio.</summary>
    public required string Band { get; init; }

    /// <summary>The class of the worst ratio, which every medium has, whatever its index: le0.5, le1, le2, le5, gt5; none where nothing was decided.</summary>
    public required string RatioClass { get; init; }

    /// <summary>CCME WQI, supplementary: beside the legal index, never in its place; null where the medium has none or it cannot be computed.</summary>
    public int? CcmeValue { get; init; }
    public string? CcmeBand { get; init; }
    public string? WorstParameter { get; init; }
    public decimal? WorstRatio { get; init; }
    public string? Standard { get; init; }

    /// <summary>The standard changes inside the period; the one in force on the first day governs.</summary>
    public bool StandardChanges { get; init; }
    public int Results { get; init; }
    public int Exceeding { get; init; }
    public int Undecided { get; init; }
    public bool Reviewed { get; init; }
    public bool Released { get; init; }
}

/// <summary>What one limit says of one result.</summary>
public sealed class Finding
{
    public long ResultId { get; init; }
    public DateOnly PeriodStart { get; init; }
    public required string View { get; init; }
    public short Ordinal { get; init; }

    /// <summary>Of <see cref="Assessment.RestsOn"/>: whose results the mean is of, where it is of one.</summary>
    public required string RestsOn { get; init; }
    public int SiteId { get; init; }
    public required string Medium { get; init; }
    public required string DataGroup { get; init; }
    public int CampaignId { get; init; }
    public long SampleId { get; init; }
    public required string Parameter { get; init; }
    public bool Governs { get; init; }
    public int? LimitId { get; init; }
    public int? PermitLimitId { get; init; }
    public string? Standard { get; init; }
    public decimal? Lower { get; init; }
    public decimal? Upper { get; init; }
    public required string Verdict { get; init; }
    public required string Reason { get; init; }
    public decimal? Ratio { get; init; }

    /// <summary>The annual mean that was judged, or that would be with enough samplings: its lower end, and its upper one, which differ by non-detects.</summary>
    public decimal? MeanLowest { get; init; }
    public decimal? MeanHighest { get; init; }
    public int? Samplings { get; init; }

    /// <summary>The column of the class that the mean falls in; indicative only where the verdict is "cannot judge".</summary>
    public string? Class { get; init; }
    public required string Engine { get; init; }
}
