using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Sentences about organisations in the reader's language.</summary>
public static class OrganisationWords
{
    public static string Fault(IStringLocalizer<OrganisationsTexts> texts, OrganisationFault fault, IReadOnlyList<string> facts) =>
        texts[$"Fault.{fault}", [.. facts]];

    /// <summary>Organisations to choose from, found by name and by code.</summary>
    /// <param name="none">What stands first for none of them, with an empty code; null where one must be chosen.</param>
    public static IReadOnlyList<Choice<string>> Choices(string? none, IEnumerable<(string Code, string Name, string Kind)> organisations) =>
        [.. none is null ? Array.Empty<Choice<string>>() : [new("", none)], .. organisations.Select(one => new Choice<string>(one.Code, $"{one.Name} ({one.Code})"))];

    /// <summary>Sites to choose from, found by code and by name.</summary>
    public static IReadOnlyList<Choice<string>> Sites(IEnumerable<(string Code, string Name)> sites) => [.. sites.Select(site => new Choice<string>(site.Code, $"{site.Code} · {site.Name}"))];

    /// <summary>What an act of a document says, for the register of changes.</summary>
    public static string Act(IStringLocalizer<OrganisationsTexts> texts, OrganisationAct act) => act switch
    {
        AddOrganisation add => texts["Act.Add", add.Code, add.NameVi],
        RenameOrganisation rename => texts["Act.Rename", rename.Code, rename.NameVi],
        MoveOrganisation { Parent: { Length: > 0 } parent } move => texts["Act.Move", move.Code, parent],
        MoveOrganisation move => texts["Act.Leave", move.Code],
        GrantManage grant => texts[grant.Manage ? "Act.Grant" : "Act.Revoke", grant.Code],
        EndOrganisation end => end.Successors.Count > 0 ? texts["Act.Merge", end.Code, string.Join(", ", end.Successors)] : texts["Act.End", end.Code],
        ChangeUnits units => texts["Act.Units", units.Code, units.Add.Count, units.Remove.Count],
        DrawArea draw => texts["Act.Draw", draw.Code, draw.Name],
        EndArea end => texts["Act.Undraw", end.Code, end.Name],
        ChangeGroups groups => texts["Act.Groups", groups.Code, groups.DataGroups.Length == 0 ? "–" : string.Join(", ", groups.DataGroups.Select(group => group))],
        ChangeList list => texts["Act.List", list.List, list.Add.Count, list.Remove.Count],
        AssignList assign => texts[assign.Assigned ? "Act.Assign" : "Act.Unassign", assign.Code, assign.List],
        DrawUnits units => texts["Act.Register", units.Geometries.Count],
        _ => throw new InvalidOperationException($"No act {act.GetType().Name}."),
    };

    /// <summary>What the acts of a document say in one line.</summary>
    /// <param name="listed">How many are told; of more it is said how many.</param>
    public static string Acts(IStringLocalizer<OrganisationsTexts> texts, ChangeLine change, int listed) =>
        string.Join("; ", [.. change.Acts.Take(listed).Select(act => Act(texts, act)), .. change.Acts.Count > listed ? [texts["Changes.MoreActs", change.Acts.Count - listed].Value] : Array.Empty<string>()]);
}
