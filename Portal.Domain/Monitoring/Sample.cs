namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>What was taken: where, of which medium, for which data group, in which period and how exactly that is known.</summary>
public sealed class Sample
{
    public long Id { get; init; }
    public int SiteId { get; init; }
    public required string Medium { get; init; }
    public required string DataGroup { get; init; }
    public int CampaignId { get; init; }
    public DateOnly PeriodStart { get; init; }
    public DateOnly PeriodEnd { get; init; }
    public required string Precision { get; init; }
    public decimal? Depth { get; init; }
    public required string Tide { get; init; }
    public required string Type { get; init; }
    public short Replicate { get; init; }
    public int? LaboratoryId { get; init; }
    public required string ReportNumber { get; init; }
    public long? Refines { get; init; }
    public int SubmissionId { get; init; }

    /// <summary>When the last of its results was withdrawn; null while one stands.</summary>
    public DateTimeOffset? Withdrawn { get; init; }
}

/// <summary>One reported value of a sample, with the cell that it came from. Never changed; a correction succeeds it, or it is withdrawn with its submission.</summary>
public sealed class Result
{
    public long Id { get; init; }
    public long SampleId { get; init; }
    public int SiteId { get; init; }
    public required string Medium { get; init; }
    public required string DataGroup { get; init; }
    public int CampaignId { get; init; }
    public int SubmissionId { get; init; }
    public DateOnly PeriodStart { get; init; }
    public DateOnly PeriodEnd { get; init; }
    public decimal? Depth { get; init; }
    public required string Tide { get; init; }
    public required string Type { get; init; }
    public short Replicate { get; init; }
    public required string Parameter { get; init; }
    public required string Fraction { get; init; }
    public required string Reported { get; init; }
    public required string Censoring { get; init; }
    public decimal Value { get; init; }
    public required string Unit { get; init; }
    public decimal CanonicalValue { get; init; }
    public required string Sheet { get; init; }
    public int RowNumber { get; init; }
    public required string ColumnLetter { get; init; }
    public long? Successor { get; init; }

    /// <summary>When its submission was returned or withdrawn; null while it stands.</summary>
    public DateTimeOffset? Withdrawn { get; init; }
}
