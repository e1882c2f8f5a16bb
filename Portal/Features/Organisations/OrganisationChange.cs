using System.Text.Json.Serialization;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>One document and all that it changes, from a day on.</summary>
/// <param name="Number">Number and sign of the document.</param>
/// <param name="FromDay">The first day on which the change holds; a day in the future waits for itself.</param>
public sealed record OrganisationChange(string Number, DateOnly? Dated, DateOnly? FromDay, string Note, IReadOnlyList<OrganisationAct> Acts);

/// <summary>A scan of the document that was handed in before: content by hash, and what it was called.</summary>
public sealed record Scan(string Sha256, string Name);

/// <summary>What a page knows of the document so far.</summary>
public sealed record ChangeDocument(string Number, DateOnly? Dated, DateOnly? FromDay, string Note, Scan? Scan)
{
    public static ChangeDocument Empty { get; } = new("", null, null, "", null);

    /// <summary>The document with what it changes.</summary>
    public OrganisationChange With(params IReadOnlyList<OrganisationAct> acts) => new(Number, Dated, FromDay, Note, acts);
}

/// <summary>What a form of a change holds: the fields of its acts, and of the document.</summary>
public sealed record ChangeFields<TActs>(TActs? Acts, ChangeDocument? Document);

/// <summary>One thing that a document changes. Organisations and lists go by their codes and names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "act")]
[JsonDerivedType(typeof(AddOrganisation), "add")]
[JsonDerivedType(typeof(RenameOrganisation), "rename")]
[JsonDerivedType(typeof(MoveOrganisation), "move")]
[JsonDerivedType(typeof(GrantManage), "grant")]
[JsonDerivedType(typeof(EndOrganisation), "end")]
[JsonDerivedType(typeof(ChangeUnits), "units")]
[JsonDerivedType(typeof(DrawArea), "draw")]
[JsonDerivedType(typeof(EndArea), "undraw")]
[JsonDerivedType(typeof(ChangeGroups), "groups")]
[JsonDerivedType(typeof(ChangeList), "list")]
[JsonDerivedType(typeof(AssignList), "assign")]
[JsonDerivedType(typeof(DrawUnits), "register")]
public abstract record OrganisationAct;

/// <param name="DataGroups">Letters a to e of the data groups that it sees everywhere; empty for none.</param>
public sealed record AddOrganisation(string Code, string Kind, string NameVi, string NameEn, string? Parent, string DataGroups) : OrganisationAct;

public sealed record RenameOrganisation(string Code, string NameVi, string NameEn) : OrganisationAct;

/// <param name="Parent">Null: it stands alone.</param>
public sealed record MoveOrganisation(string Code, string? Parent) : OrganisationAct;

/// <summary>Whether its parent also acts for it, not only reads (Điều 6.2b).</summary>
public sealed record GrantManage(string Code, bool Manage) : OrganisationAct;

/// <summary>Merged, divided or dissolved: name, parent, territory, groups and lists end the day before.</summary>
public sealed record EndOrganisation(string Code, IReadOnlyList<string> Successors) : OrganisationAct;

/// <summary>Communes that its territory gains or loses.</summary>
public sealed record ChangeUnits(string Code, IReadOnlyList<string> Add, IReadOnlyList<string> Remove) : OrganisationAct;

/// <summary>A territory of its own; one of the same name is replaced.</summary>
/// <param name="Geometry">GeoJSON of a polygon or multipolygon in WGS84.</param>
public sealed record DrawArea(string Code, string Name, string Geometry) : OrganisationAct;

public sealed record EndArea(string Code, string Name) : OrganisationAct;

/// <param name="DataGroups">All that it sees from the day on, letters a to e.</param>
public sealed record ChangeGroups(string Code, string DataGroups) : OrganisationAct;

/// <summary>Sites that a list gains or loses; a list that is not there yet is made.</summary>
public sealed record ChangeList(string List, IReadOnlyList<string> Add, IReadOnlyList<string> Remove) : OrganisationAct;

public sealed record AssignList(string Code, string List, bool Assigned) : OrganisationAct;

/// <summary>Polygons of communes and districts, at once and for all days on which the unit is in being.</summary>
/// <param name="Geometries">Code of the unit to GeoJSON in WGS84.</param>
public sealed record DrawUnits(IReadOnlyDictionary<string, string> Geometries) : OrganisationAct;
