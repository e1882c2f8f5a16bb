namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>A body, board, facility or parent company. Its name depends on the day.</summary>
public sealed class Organisation
{
    public int Id { get; init; }
    public required string Code { get; init; }
    public required string Kind { get; init; }
    public required string Confidence { get; init; }
    public required string OpenMarkVi { get; init; }
    public required string OpenMarkEn { get; init; }
    public required string Origin { get; init; }
    public List<OrganisationName> Names { get; init; } = [];

    /// <summary>The name on a day; before or after all known names, the nearest one.</summary>
    public OrganisationName? NameOn(DateOnly day) =>
        Names.FirstOrDefault(name => name.Valid.Contains(day)) ?? Names.OrderByDescending(name => name.Valid.From).FirstOrDefault();
}

/// <summary>What an organisation is called, from a day to a day.</summary>
public sealed class OrganisationName
{
    public int OrganisationId { get; init; }
    public required string NameVi { get; init; }
    public required string NameEn { get; init; }
    public required DateInterval Valid { get; init; }
    public required string Confidence { get; init; }
    public required string Source { get; init; }
}
