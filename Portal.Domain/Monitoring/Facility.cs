namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>A plant, mine, port or farm. The precision of its position is said in words.</summary>
public sealed class Facility
{
    public int Id { get; init; }
    public required string Code { get; init; }
    public int? OrganisationId { get; init; }
    public required string Kind { get; init; }
    public required string NameVi { get; init; }
    public required string NameEn { get; init; }
    public string? Commune { get; init; }
    public double? Longitude { get; init; }
    public double? Latitude { get; init; }
    public required string PositionPrecisionVi { get; init; }
    public required string PositionPrecisionEn { get; init; }
    public required string Confidence { get; init; }
    public required string Source { get; init; }
    public required string Origin { get; init; }
}

/// <summary>A permit with its own limits, which go before the standard's.</summary>
public sealed class Permit
{
    public int Id { get; init; }
    public required string Number { get; init; }
    public required string Kind { get; init; }
    public int FacilityId { get; init; }
    public required string Issuer { get; init; }
    public DateOnly IssuedOn { get; init; }
    public required DateInterval Valid { get; init; }
    public required string Note { get; init; }
    public required string Origin { get; init; }
}

/// <summary>A planned or sudden inspection; facilities see its results once it is concluded.</summary>
public sealed class Inspection
{
    public int Id { get; init; }
    public required string Number { get; init; }
    public required string Kind { get; init; }
    public int OrganisationId { get; init; }
    public DateOnly DecidedOn { get; init; }
    public DateOnly? ConcludedOn { get; init; }
    public required string Note { get; init; }
    public required string Origin { get; init; }
}
