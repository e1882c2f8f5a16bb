using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>What one document changes in the tree, the groups and the lists, in the caller's transaction. What held until the day ends the day before;
/// what would have begun on it never was.</summary>
/// <param name="change">The document in the register.</param>
/// <param name="document">How the rows name it.</param>
internal sealed class OrganisationActs(NpgsqlConnection connection, int change, DateOnly day, string document, CancellationToken cancel)
{
    private readonly TerritoryActs territory = new(connection, change, day, document, cancel);

    /// <summary>What a constraint or a trigger of the database says about a change; null where the fault is the program's.</summary>
    public static OrganisationFault? FaultOf(PostgresException refusal) => refusal.ConstraintName switch
    {
        "organisation_parent_no_circle" or "organisation_parent_not_itself" or "organisation_successor_not_itself" => OrganisationFault.Circle,
        "organisation_code_once" => OrganisationFault.CodeTaken,
        "organisation_area_valid" => OrganisationFault.AreaWrong,
        { } name when name.EndsWith("_no_overlap", StringComparison.Ordinal) => OrganisationFault.DaysTaken,
        // What PostGIS cannot read as GeoJSON.
        _ when refusal.SqlState is "XX000" or "22023" => OrganisationFault.AreaWrong,
        _ => null,
    };

    /// <returns>Null where it is done.</returns>
    public Task<ChangeOutcome?> ApplyAsync(OrganisationAct act) => act switch
    {
        AddOrganisation add => AddAsync(add),
        RenameOrganisation rename => OnAsync(rename.Code, organisation => RenameAsync(organisation, rename)),
        MoveOrganisation move => OnAsync(move.Code, organisation => MoveAsync(organisation, move)),
        GrantManage grant => OnAsync(grant.Code, organisation => GrantAsync(organisation, grant)),
        EndOrganisation end => OnAsync(end.Code, organisation => EndAsync(organisation, end)),
        ChangeGroups groups => OnAsync(groups.Code, organisation => GroupsAsync(organisation, groups)),
        ChangeUnits units => OnAsync(units.Code, organisation => territory.UnitsAsync(organisation.Id, units)),
        DrawArea draw => OnAsync(draw.Code, organisation => territory.DrawAsync(organisation.Id, draw)),
        EndArea end => OnAsync(end.Code, organisation => territory.EndAsync(organisation.Id, end)),
        AssignList assign => OnAsync(assign.Code, organisation => territory.AssignAsync(organisation.Id, assign)),
        ChangeList list => territory.ListAsync(list),
        DrawUnits units => territory.DrawUnitsAsync(units),
        _ => throw new InvalidOperationException($"No act {act.GetType().Name}."),
    };

    private sealed record Found(int Id, string Code, string Kind);

    private async Task<ChangeOutcome?> OnAsync(string code, Func<Found, Task<ChangeOutcome?>> act) =>
        await FindAsync(code) is { } organisation ? await act(organisation) : ChangeOutcome.Refused(OrganisationFault.OrganisationUnknown, code);

    private async Task<Found?> FindAsync(string code) => (await connection.ListAsync(
        "SELECT id, code, kind FROM organisation WHERE code = $1", row => new Found(row.GetInt32(0), row.GetString(1), row.GetString(2)), cancel, code)).FirstOrDefault();

    private async Task<ChangeOutcome?> AddAsync(AddOrganisation add)
    {
        if (!OrganisationKinds.IsCode(add.Code))
            return ChangeOutcome.Refused(OrganisationFault.CodeWrong, add.Code);
        if (!OrganisationKinds.All.Contains(add.Kind))
            return ChangeOutcome.Refused(OrganisationFault.KindWrong, add.Kind);
        if (string.IsNullOrWhiteSpace(add.NameVi))
            return ChangeOutcome.Refused(OrganisationFault.NameMissing, add.Code);
        if (await FindAsync(add.Code) is not null)
            return ChangeOutcome.Refused(OrganisationFault.CodeTaken, add.Code);
        var id = await connection.ScalarAsync<int>(
            "INSERT INTO organisation (code, kind, confidence, origin, change_id) VALUES ($1, $2, 'high', 'local', $3) RETURNING id", cancel, add.Code, add.Kind, change);
        var organisation = new Found(id, add.Code, add.Kind);
        await NameAsync(id, add.NameVi, add.NameEn);
        if (add.Parent is { Length: > 0 } && await MoveAsync(organisation, new(add.Code, add.Parent)) is { } refused)
            return refused;
        return add.DataGroups.Length > 0 ? await GroupsAsync(organisation, new(add.Code, add.DataGroups)) : null;
    }

    private async Task<ChangeOutcome?> RenameAsync(Found organisation, RenameOrganisation rename)
    {
        if (string.IsNullOrWhiteSpace(rename.NameVi))
            return ChangeOutcome.Refused(OrganisationFault.NameMissing, rename.Code);
        if (await connection.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM organisation_name WHERE organisation_id = $1 AND valid @> $2 AND (name_vi, name_en) = ($3, $4))",
            cancel, organisation.Id, day, rename.NameVi.Trim(), rename.NameEn.Trim()))
            return ChangeOutcome.Refused(OrganisationFault.AlreadySo, rename.Code);
        await CloseAsync(
            "DELETE FROM organisation_name WHERE organisation_id = $1 AND lower(valid) = $2",
            "UPDATE organisation_name SET valid = daterange(lower(valid), $2), ended_by = $3, origin = 'local' WHERE organisation_id = $1 AND valid @> $2", organisation.Id);
        await NameAsync(organisation.Id, rename.NameVi, rename.NameEn);
        return null;
    }

    private Task<int> NameAsync(int organisation, string vietnamese, string english) => connection.ExecuteAsync(
        """
        INSERT INTO organisation_name (organisation_id, name_vi, name_en, valid, confidence, source, change_id)
        VALUES ($1, $2, $3, daterange($4, (SELECT min(lower(valid)) FROM organisation_name WHERE organisation_id = $1 AND lower(valid) > $4)), 'high', $5, $6)
        """, cancel, organisation, vietnamese.Trim(), english.Trim(), day, document, change);

    private async Task<ChangeOutcome?> MoveAsync(Found organisation, MoveOrganisation move)
    {
        var parent = move.Parent is { Length: > 0 } code ? await FindAsync(code) : null;
        if (move.Parent is { Length: > 0 } && parent is null)
            return ChangeOutcome.Refused(OrganisationFault.OrganisationUnknown, move.Parent);
        if (parent?.Id == organisation.Id)
            return ChangeOutcome.Refused(OrganisationFault.Circle, move.Code);
        if (parent is not null && !OrganisationKinds.MayStandUnder(organisation.Kind, parent.Kind))
            return ChangeOutcome.Refused(OrganisationFault.ParentOfThatKind, move.Code, parent.Code);
        var now = await connection.ScalarAsync<int>("SELECT parent_id FROM organisation_parent WHERE organisation_id = $1 AND valid @> $2", cancel, organisation.Id, day);
        if (now == (parent?.Id ?? 0))
            return ChangeOutcome.Refused(OrganisationFault.AlreadySo, move.Code);
        await LeaveParentAsync(organisation.Id);
        if (parent is not null)
            await UnderAsync(organisation.Id, parent.Id, manage: false);
        return null;
    }

    private Task LeaveParentAsync(int organisation) => CloseAsync(
        "DELETE FROM organisation_parent WHERE organisation_id = $1 AND lower(valid) = $2",
        "UPDATE organisation_parent SET valid = daterange(lower(valid), $2), ended_by = $3, origin = 'local' WHERE organisation_id = $1 AND valid @> $2", organisation);

    private Task<int> UnderAsync(int organisation, int parent, bool manage) => connection.ExecuteAsync(
        """
        INSERT INTO organisation_parent (organisation_id, parent_id, manage, document, valid, change_id)
        VALUES ($1, $2, $3, $4, daterange($5, (SELECT min(lower(valid)) FROM organisation_parent WHERE organisation_id = $1 AND lower(valid) > $5)), $6)
        """, cancel, organisation, parent, manage, document, day, change);

    private async Task<ChangeOutcome?> GrantAsync(Found organisation, GrantManage grant)
    {
        var now = (await connection.ListAsync(
            "SELECT parent_id, manage FROM organisation_parent WHERE organisation_id = $1 AND valid @> $2",
            row => (Parent: row.GetInt32(0), Manage: row.GetBoolean(1)), cancel, organisation.Id, day)).FirstOrDefault();
        if (now.Parent == 0)
            return ChangeOutcome.Refused(OrganisationFault.NoParent, grant.Code);
        if (now.Manage == grant.Manage)
            return ChangeOutcome.Refused(OrganisationFault.AlreadySo, grant.Code);
        await LeaveParentAsync(organisation.Id);
        await UnderAsync(organisation.Id, now.Parent, grant.Manage);
        return null;
    }

    private async Task<ChangeOutcome?> EndAsync(Found organisation, EndOrganisation end)
    {
        var children = await connection.ScalarAsync<int>(
            "SELECT count(DISTINCT organisation_id)::int FROM organisation_parent WHERE parent_id = $1 AND valid && daterange($2, NULL)", cancel, organisation.Id, day);
        if (children > 0)
            return ChangeOutcome.Refused(OrganisationFault.ChildrenLeft, end.Code, children.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var successor in end.Successors)
        {
            if (await FindAsync(successor) is not { } found)
                return ChangeOutcome.Refused(OrganisationFault.OrganisationUnknown, successor);
            await connection.ExecuteAsync(
                "INSERT INTO organisation_successor (organisation_id, successor_id, from_day, source, change_id) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                cancel, organisation.Id, found.Id, day, document, change);
        }
        await CloseAsync(
            "DELETE FROM organisation_name WHERE organisation_id = $1 AND lower(valid) >= $2",
            "UPDATE organisation_name SET valid = daterange(lower(valid), $2), ended_by = $3, origin = 'local' WHERE organisation_id = $1 AND valid @> $2", organisation.Id);
        await LeaveParentAsync(organisation.Id);
        await GroupsAsync(organisation, new(end.Code, ""));
        await territory.LeaveAllAsync(organisation.Id);
        return null;
    }

    private async Task<ChangeOutcome?> GroupsAsync(Found organisation, ChangeGroups groups)
    {
        if (groups.DataGroups.Any(group => group is < 'a' or > 'e') || groups.DataGroups.Distinct().Count() != groups.DataGroups.Length)
            return ChangeOutcome.Refused(OrganisationFault.GroupsWrong, groups.DataGroups);
        var wanted = groups.DataGroups.Select(group => group.ToString()).ToArray();
        var list = new NpgsqlParameter { Value = wanted, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        await connection.ExecuteAsync(
            "DELETE FROM organisation_group WHERE organisation_id = $1 AND lower(valid) = $2 AND data_group <> ALL ($3)", cancel, organisation.Id, day, list.Clone());
        await connection.ExecuteAsync(
            """
            UPDATE organisation_group SET valid = daterange(lower(valid), $2), ended_by = $4, origin = 'local'
            WHERE organisation_id = $1 AND valid @> $2 AND data_group <> ALL ($3)
            """, cancel, organisation.Id, day, list.Clone(), change);
        await connection.ExecuteAsync(
            """
            INSERT INTO organisation_group (organisation_id, data_group, valid, change_id)
            SELECT $1, wanted, daterange($2, (SELECT min(lower(valid)) FROM organisation_group WHERE organisation_id = $1 AND data_group = wanted AND lower(valid) > $2)), $4
            FROM unnest($3) AS wanted
            WHERE NOT EXISTS (SELECT FROM organisation_group WHERE organisation_id = $1 AND data_group = wanted AND valid @> $2)
            """, cancel, organisation.Id, day, list.Clone(), change);
        return null;
    }

    // First what would begin on the day, then what would go on over it.
    private async Task CloseAsync(string delete, string end, int organisation)
    {
        await connection.ExecuteAsync(delete, cancel, organisation, day);
        await connection.ExecuteAsync(end, cancel, organisation, day, change);
    }
}
