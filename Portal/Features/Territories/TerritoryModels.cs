using QuanTrac.Portal.Data.Areas;

namespace QuanTrac.Portal.Features.Territories;

/// <summary>A commune or district of the register.</summary>
/// <param name="Kind">commune or district.</param>
/// <param name="Name">In the language of the reader, the newest.</param>
/// <param name="Names">All Vietnamese names that it has had.</param>
/// <param name="Until">Its last day; null while it is in being.</param>
/// <param name="Drawn">Its outline is loaded.</param>
public sealed record UnitOfRegister(string Code, string Kind, string Name, IReadOnlyList<string> Names, DateOnly? Until, bool Drawn);

/// <summary>What an outline changes of a unit.</summary>
/// <param name="Before">Area in km²; null where no outline is loaded.</param>
/// <param name="SitesBefore">Sites in it by the older outline or the register.</param>
public sealed record UnitComparison(string Code, double? Before, double After, int SitesBefore, int SitesAfter);

/// <summary>A unit beside what the file calls it and what its outline changes.</summary>
public sealed record UnitRow(UnitComparison Change, UnitOfRegister Unit, MatchedArea Match);

/// <summary>A site that changes its unit; null where it is in none.</summary>
public sealed record SiteMove(string Code, string Name, string? From, string? To);

/// <param name="Moves">Sites that change their unit, by code; the first thousand.</param>
/// <param name="Outside">Sites that are in no unit of this kind afterwards, and were in one before.</param>
public sealed record UnitsComparison(IReadOnlyList<UnitComparison> Units, IReadOnlyList<SiteMove> Moves, int Outside);

/// <summary>An organisation that a territory may be given to.</summary>
public sealed record OrganisationChoice(string Code, string Name, string Kind);

/// <summary>What the territory of an organisation is made of today.</summary>
/// <param name="Units">By register: code and name.</param>
/// <param name="Whole">The province is among them.</param>
public sealed record TerritoryNow(
    string Code, string Name, IReadOnlyList<(string Code, string Name)> Units, IReadOnlyList<DrawnArea> Areas, bool Whole, int Sites);

/// <summary>An area that was drawn or loaded.</summary>
/// <param name="Geometry">GeoJSON in WGS84, in full.</param>
/// <param name="Points">How many corners it has.</param>
public sealed record DrawnArea(string Name, double Kilometres, string Geometry, int Points, DateOnly? From);

/// <summary>What is asked of a territory: one of these.</summary>
/// <param name="Geometry">An area by the name.</param>
/// <param name="Ended">The name of an area that goes.</param>
public sealed record TerritoryProposal(string? Name, string? Geometry, IReadOnlyList<string> Add, IReadOnlyList<string> Remove, string? Ended)
{
    public static TerritoryProposal Area(string name, string geometry) => new(name, geometry, [], [], null);

    public static TerritoryProposal OfUnits(IReadOnlyList<string> add, IReadOnlyList<string> remove) => new(null, null, add, remove, null);

    public static TerritoryProposal Without(string name) => new(null, null, [], [], name);
}

/// <summary>What a proposal makes of a territory.</summary>
/// <param name="Drawn">The new area in km²; null where none is drawn.</param>
/// <param name="Share">How much of the province's communes the whole territory covers, 0 to 1; null while their outlines are not all loaded.</param>
/// <param name="Sites">In the territory afterwards.</param>
/// <param name="AllSites">In the province.</param>
/// <param name="Gained">Their codes.</param>
public sealed record TerritoryComparison(double? Drawn, double? Share, int Sites, int AllSites, IReadOnlyList<string> Gained, IReadOnlyList<string> Lost)
{
    /// <summary>Half or more of the province, by area or by sites: seldom meant.</summary>
    public bool IsLarge => (Share >= 0.5 || 2 * Sites >= AllSites) && (Drawn is not null || Gained.Count > 0);
}

/// <summary>A feature of a file and the unit that it is taken for.</summary>
/// <param name="Label">What the file calls it.</param>
/// <param name="Unit">Code of the unit; null where it is not taken.</param>
public sealed record MatchedArea(AreaFeature Feature, string Label, MatchReason Reason, string? Unit);

public enum MatchReason
{
    Code,
    Name,

    /// <summary>Several features of the file mean the same unit.</summary>
    Several,

    None,

    /// <summary>A person said so.</summary>
    Chosen,
}
