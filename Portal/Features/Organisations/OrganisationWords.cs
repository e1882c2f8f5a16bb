using Microsoft.Extensions.Localization;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Sentences about organisations in the reader's language.</summary>
internal static class OrganisationWords
{
    public static string Fault(IStringLocalizer<OrganisationsTexts> texts, OrganisationFault fault, IReadOnlyList<string> facts) =>
        texts[$"Fault.{fault}", [.. facts]];

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
}
