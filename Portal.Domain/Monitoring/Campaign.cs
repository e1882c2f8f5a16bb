namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>A programme of one of the five data groups of Điều 3.2, with the sites that it samples.</summary>
public sealed class Programme
{
    public int Id { get; init; }
    public required string Code { get; init; }
    public required string DataGroup { get; init; }
    public required string Medium { get; init; }
    public int OrganisationId { get; init; }
    public required string NameVi { get; init; }
    public required string NameEn { get; init; }
    public required string Origin { get; init; }
}

/// <summary>One round of sampling; an inspection's sampling is the campaign that the inspection caused.</summary>
public sealed class Campaign
{
    public int Id { get; init; }
    public required string Code { get; init; }
    public int ProgrammeId { get; init; }
    public int? InspectionId { get; init; }
    public required string NameVi { get; init; }
    public required string NameEn { get; init; }
    public DateOnly PeriodStart { get; init; }
    public DateOnly PeriodEnd { get; init; }
    public DateOnly? ConcludedOn { get; init; }
    public DateTimeOffset? ReleasedAt { get; set; }
    public int? ReleasedBy { get; set; }
    public string ReleaseDocument { get; set; } = "";
}
