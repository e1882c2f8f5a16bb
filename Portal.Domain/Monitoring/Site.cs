namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>What the map shows: a station or a discharge point.</summary>
public sealed class Site
{
    public int Id { get; init; }
    public required string Code { get; init; }
    public required string Kind { get; init; }
    public required string NameVi { get; init; }
    public required string NameEn { get; init; }
    public int OwnerId { get; init; }
    public required string OwnerConfidence { get; init; }
    public int? FacilityId { get; init; }
    public string? Commune { get; init; }
    public string? District { get; init; }
    public string? Search { get; init; }
    public required string Origin { get; init; }
    public List<SitePosition> Positions { get; init; } = [];
}

/// <summary>Where a site is, from a day to a day: WGS84 degrees, beside what was published.</summary>
public sealed class SitePosition
{
    public int SiteId { get; init; }
    public required DateInterval Valid { get; init; }
    public double Longitude { get; init; }
    public double Latitude { get; init; }
    public required string XPublished { get; init; }
    public required string YPublished { get; init; }
    public decimal? XUsed { get; init; }
    public decimal? YUsed { get; init; }
    public required string Crs { get; init; }
    public required string Confidence { get; init; }
    public required string Source { get; init; }
    public required string Note { get; init; }
}
