using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Tests.Features.Scope;

[CollectionDefinition(nameof(EveryRelation))]
public sealed class EveryRelationCollection : ICollectionFixture<EveryRelation>;

/// <summary>Each table × each role × each relation, by raw SQL through the login and scope of the role.</summary>
[Collection(nameof(EveryRelation))]
public sealed class TablesTests(EveryRelation portal)
{
    private const string OfSite = "(SELECT owner_id FROM site WHERE site.id = t.site_id)";
    private const string OfSubmission = "(SELECT organisation_id FROM submission s WHERE s.id = t.submission_id)";
    private const string OfAccount = "(SELECT o.id FROM account a JOIN organisation o ON o.code = a.organisation_code WHERE a.id = t.account_id)";
    private const string OfUser = "(SELECT o.id FROM account a JOIN organisation o ON o.code = a.organisation_code WHERE a.id = t.user_id)";
    private const string OfOccurrence = "(SELECT organisation_id FROM duty_occurrence d WHERE d.id = t.occurrence_id)";

    private const string OfRequest = "(SELECT organisation_id FROM account_request r WHERE r.id = t.request_id)";

    /// <summary>To whom a row of a table belongs, as the id of an organisation; a table that is not here belongs to nobody.</summary>
    private static readonly Dictionary<string, string> Owners = new()
    {
        ["organisation"] = "t.id", ["organisation_name"] = "t.organisation_id", ["organisation_parent"] = "t.organisation_id", ["organisation_territory"] = "t.organisation_id",
        ["organisation_group"] = "t.organisation_id", ["organisation_list"] = "t.organisation_id", ["organisation_area"] = "t.organisation_id",
        ["organisation_successor"] = "t.organisation_id", ["organisation_change"] = "(SELECT id FROM organisation o WHERE 'QĐ ' || o.code = t.number)",
        ["facility"] = "t.organisation_id", ["permit"] = "(SELECT organisation_id FROM facility f WHERE f.id = t.facility_id)", ["permit_limit"] = OfSite,
        ["inspection"] = "t.organisation_id", ["site"] = "t.owner_id", ["site_position"] = OfSite, ["site_standard"] = OfSite, ["site_unit"] = OfSite,
        ["site_list"] = "(SELECT id FROM organisation o WHERE 'Danh sách ' || o.code = t.name_vi)",
        ["site_list_item"] = "(SELECT o.id FROM organisation o JOIN site_list l ON 'Danh sách ' || o.code = l.name_vi WHERE l.id = t.list_id)",
        ["programme_site"] = OfSite, ["campaign"] = "(SELECT id FROM organisation o WHERE o.code = substring(t.code FROM 3) AND t.inspection_id IS NOT NULL)", ["sample"] = OfSite, ["result"] = OfSite,
        ["finding"] = OfSite, ["site_status"] = OfSite, ["submission"] = "t.organisation_id", ["submission_problem"] = OfSubmission, ["submission_row"] = OfSubmission,
        ["stored_file"] = "(SELECT id FROM organisation o WHERE encode(sha256(convert_to(o.code, 'UTF8')), 'hex') = t.sha256)",
        ["visible"] = "t.organisation_id", ["visible_organisation"] = "t.organisation_id", ["visible_programme"] = "t.organisation_id", ["duty"] = "t.organisation_id", ["duty_agreement"] = "t.organisation_id",
        ["duty_occurrence"] = "t.organisation_id", ["duty_fulfilment"] = OfOccurrence, ["duty_reminder"] = OfOccurrence,
        ["account"] = "(SELECT id FROM organisation o WHERE o.code = t.organisation_code)", ["notice"] = OfAccount, ["notice_choice"] = OfAccount, ["form_draft"] = OfAccount, ["list_view"] = OfAccount, ["mail"] = OfAccount,
        ["desk_item"] = "t.organisation_id", ["desk_note"] = "(SELECT organisation_id FROM desk_item d WHERE d.id = t.item_id)",
        ["calendar_token"] = OfAccount, ["account_claim"] = OfUser, ["account_login"] = OfUser, ["account_token"] = OfUser, ["account_session"] = OfAccount, ["watch_alert"] = OfAccount,
        ["session_node"] = "(SELECT o.id FROM organisation o JOIN account a ON a.organisation_code = o.code JOIN account_session s ON s.account_id = a.id WHERE s.id = t.session_id)",
        ["account_code"] = OfAccount, ["account_recovery_code"] = OfAccount, ["account_passkey"] = OfAccount, ["api_token"] = OfAccount,
        ["account_request"] = "t.organisation_id", ["account_request_person"] = OfRequest, ["account_request_step"] = OfRequest,
        ["account_review"] = "t.organisation_id", ["account_review_line"] = "t.organisation_id",
    };

    // What other tests hand in meanwhile belongs to no family.
    private static readonly Dictionary<string, string> OfTheFamilies = new()
    {
        ["submission"] = "t.account_id = 0", ["stored_file"] = "t.account_id IS NULL", ["desk_note"] = "t.account_id IS NULL",
        ["account_session"] = "t.from_address = ''", ["account_token"] = "t.login_provider = 't'", ["watch_alert"] = "t.rule = 't'",
        ["submission_problem"] = "(SELECT account_id = 0 FROM submission s WHERE s.id = t.submission_id)",
        ["submission_row"] = "(SELECT account_id = 0 FROM submission s WHERE s.id = t.submission_id)",
    };

    // Where only some columns are granted, a row is known by its number.
    private static readonly string[] ById = ["submission", "organisation_change"];

    // Which of its rows a reader sees hangs on what may count for them: that there is one is what is asked.
    private static readonly Dictionary<string, string> ByThing = new()
    {
        ["finding"] = "concat_ws(' ', t.result_id, t.view, t.ordinal)", ["site_status"] = "concat_ws(' ', t.site_id, t.medium, t.data_group, t.campaign_id, t.view)",
    };

    public static TheoryData<string> Tables => [.. WhoSeesWhat.Names("table")];

    [Fact]
    public async Task Tables_OfTheDatabase_HaveALineForEachRole()
    {
        await using var connection = new Npgsql.NpgsqlConnection(portal.Logins.ConnectionString(DatabaseRole.Owner));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var tables = await connection.ListAsync(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
            """, row => row.GetString(0), default);
        Assert.Equal(tables.SelectMany(table => EveryRelation.Roles.Select(role => $"{table} {role}")).Order(StringComparer.Ordinal),
            WhoSeesWhat.All.Where(line => line.Kind == "table").Select(line => $"{line.Name} {line.Role}").Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task Table_EachRoleAndRelation_IsSeenAsTheLineSays(string table)
    {
        var key = ById.Contains(table) ? "t.id::text" : ByThing.GetValueOrDefault(table, "t.tableoid::text || t.ctid::text");
        List<(string Key, string Owner)> rows;
        await using (var connection = new Npgsql.NpgsqlConnection(portal.Logins.ConnectionString(DatabaseRole.Owner)))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            rows = await connection.ListAsync(
                $"SELECT {key}, coalesce((SELECT code FROM organisation o WHERE o.id = {Owners.GetValueOrDefault(table, "NULL::int")}), 'SONNMT') FROM {table} t WHERE {OfTheFamilies.GetValueOrDefault(table, "true")}",
                row => (row.GetString(0), row.GetString(1)), default);
        }
        var found = new List<(string, IEnumerable<string>)>();
        foreach (var role in EveryRelation.Roles)
        {
            var seen = await SeenAsync(role, $"SELECT {key} FROM {table} t");
            found.Add((role, EveryRelation.Relations.Select(relation =>
            {
                var wanted = rows.Where(row => row.Owner == EveryRelation.Organisation(role, relation)).ToList();
                var met = wanted.Count(row => seen.Contains(row.Key));
                return wanted.Count == 0 ? "" : met == 0 ? "no" : met == wanted.Count ? "yes" : "some";
            }).ToList()));
        }
        WhoSeesWhat.AssertAre("table", table, found);
    }

    private async Task<HashSet<string>> SeenAsync(string role, string sql)
    {
        var access = await portal.AccessAsync(role);
        await using var database = new PortalDatabase(portal.Logins.ConnectionString);
        await using var db = await database.OpenAsync(access);
        try
        {
            return [.. await db.Connection.ListAsync(sql, row => row.GetString(0), default)];
        }
        catch (Npgsql.PostgresException refused) when (refused.SqlState == "42501")
        {
            return [];
        }
    }
}
