using QuanTrac.Portal.Commands.Diagnosis;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>
/// Each login × each table as <c>Cases/access-matrix.csv</c> says it. S, I, U and D are SELECT, INSERT, UPDATE and DELETE, with the columns in
/// brackets where the grant names some; then what is seen: <c>all</c>; <c>scope</c>: nothing without a scope, with one some but not all;
/// <c>whole</c>: all that rests on all results; <c>open</c>: the same with some rows that are public; <c>released</c>: some but not all. "-" is nothing at all.
/// </summary>
public sealed class AccessMatrixTests(WatchedProvince province) : IClassFixture<WatchedProvince>
{
    private static readonly string[] Organisations = ["T-FAC1", "T-PARENT2", "T-BOARD"];
    private static readonly string[][] Matrix = [.. File.ReadAllLines(Path.Combine(Repository.Root, "Portal.Tests", "Cases", "access-matrix.csv"))
        .Select(line => line.Split(','))];

    public static TheoryData<string> Tables => [.. Matrix.Skip(1).Select(line => line[0])];

    [Fact]
    public async Task Tables_OfTheDatabase_HaveALineEach() =>
        Assert.Equal(Matrix.Skip(1).Select(line => line[0]).Order(StringComparer.Ordinal), await ListAsync(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
            ORDER BY c.relname COLLATE "C"
            """));

    [Theory, MemberData(nameof(Tables))]
    public async Task Table_EachLogin_HasItsRightsAndSeesItsRows(string table)
    {
        var line = Matrix.Single(row => row[0] == table);
        foreach (var (login, expected) in Matrix[0].Zip(line).Skip(1))
        {
            // The last blank stands before what is seen, unless it parts the columns of a grant.
            var blank = expected.LastIndexOf(' ');
            var (rights, seen) = blank > expected.LastIndexOf(')') ? (expected[..blank], expected[(blank + 1)..]) : (expected, "");
            Assert.Equal((login, rights), (login, await RightsAsync(login, table)));
            await AssertSeenAsync(table, login, seen);
        }
    }

    [Fact]
    public async Task RowSecurity_EveryTableAndPartition_IsOn() => Assert.Empty(await ListAsync(
        """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity
        AND pg_get_userbyid(relowner) = 'quantrac_owner'
        """));

    [Fact]
    public async Task Partitions_EveryLogin_HasNoGrant()
    {
        Assert.NotEmpty(await ListAsync("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'"));
        Assert.Empty(await ListAsync(
            """
            SELECT c.relname FROM pg_class c, aclexplode(c.relacl) a WHERE c.relispartition AND c.relkind = 'r' AND a.grantee <> c.relowner
            UNION ALL
            SELECT a.attrelid::regclass::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relispartition AND a.attacl IS NOT NULL
            """));
    }

    [Fact]
    public async Task Roles_Logins_AreNoMembersOfOneAnother() => Assert.Equal(["quantrac_backup in pg_read_all_data"], await ListAsync(
        "SELECT member::regrole || ' in ' || roleid::regrole FROM pg_auth_members WHERE member::regrole::text LIKE 'quantrac\\_%' OR roleid::regrole::text LIKE 'quantrac\\_%'"));

    [Fact]
    public async Task Roles_Attributes_LetOnlyTheBackupBypass()
    {
        Assert.Empty(await ListAsync("SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'quantrac\\_%' AND (rolsuper OR rolcreaterole OR rolreplication)"));
        Assert.Equal(["quantrac_backup"], await ListAsync("SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'quantrac\\_%' AND rolbypassrls"));
    }

    [Fact]
    public async Task Functions_WithTheOwnersRights_HaveAFixedPathAndAreNotForEverybody()
    {
        Assert.Empty(await ListAsync(
            """
            SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND pg_get_userbyid(proowner) = 'quantrac_owner'
            AND NOT coalesce(proconfig, '{}') @> '{"search_path=public, pg_temp"}'
            """));
        Assert.Empty(await ListAsync(
            """
            SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND pg_get_userbyid(proowner) = 'quantrac_owner'
            AND EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0)
            """));
    }

    [Fact]
    public async Task Functions_OfThePortal_AreForWhomTheyWereGrantedTo()
    {
        const string of = "FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE pg_get_userbyid(p.proowner) = 'quantrac_owner' AND a.grantee <> p.proowner";
        Assert.NotEmpty(await ListAsync($"SELECT DISTINCT p.proname::text {of}"));
        Assert.Empty(await ListAsync($"SELECT p.oid::regprocedure::text {of} AND a.grantee = 0"));
        Assert.Empty(await ListAsync($"SELECT p.oid::regprocedure::text {of} AND p.prorettype = 'trigger'::regtype"));
        // Of one that comes tomorrow.
        await using var connection = await province.Database.OpenAsync(DatabaseRole.Owner);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("CREATE FUNCTION portal_tomorrow() RETURNS int LANGUAGE sql AS 'SELECT 1'", default);
        Assert.False(await connection.ScalarAsync<bool>("SELECT has_function_privilege('quantrac_guest', 'portal_tomorrow()', 'EXECUTE')", default));
    }

    [Theory]
    [InlineData("portal_keep_history()", Level.Red, "Rights.Definer")]
    [InlineData("portal_renew_account()", Level.Yellow, "Rights.Triggers")]
    public async Task Doctor_FunctionThatComesBackToEverybody_IsSaid(string function, Level level, string code)
    {
        await using var owner = await province.Database.OpenAsync(DatabaseRole.Owner);
        await using var transaction = await owner.BeginTransactionAsync();
        Assert.Equal("Rights.Well", Assert.Single(await RightsCheck.LookAsync(owner, [], default)).Code);
        await owner.ExecuteAsync($"GRANT EXECUTE ON FUNCTION {function} TO PUBLIC", default);
        var found = Assert.Single(await RightsCheck.LookAsync(owner, [], default));
        Assert.Equal((level, code), (found.Level, found.Code));
    }

    /// <summary>A trigger function with the owner's rights, on a table of one's own, would write a history that never was.</summary>
    [Fact]
    public async Task History_ForgedThroughATableOfOnesOwn_IsRefused() => Assert.Equal("42501", await province.RefusalAsync(DatabaseRole.Province,
        """
        CREATE TEMP TABLE site (id int, code text);
        CREATE TRIGGER forged AFTER UPDATE ON pg_temp.site REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()
        """));

    [Fact]
    public async Task Statements_OfEachLogin_EndInTime()
    {
        foreach (var (role, statement, idle) in new[]
        {
            (DatabaseRole.Province, "5min", "15min"), (DatabaseRole.Scoped, "5min", "15min"), (DatabaseRole.Guest, "30s", "1min"),
            (DatabaseRole.System, "2min", "15min"), (DatabaseRole.Backup, "0", "0"), (DatabaseRole.Owner, "0", "0"),
        })
        {
            Assert.Equal((role, statement, idle), (role, (string)(await province.Database.ReadAsync(role, "SHOW statement_timeout"))!,
                (string)(await province.Database.ReadAsync(role, "SHOW idle_in_transaction_session_timeout"))!));
        }
        await using var db = await province.OpenAsync(Login.Scoped, "T-FAC1");
        await using var transaction = await db.Connection.BeginTransactionAsync();
        Assert.Equal("5min", await db.Connection.ScalarAsync<string>("SHOW statement_timeout", default));
        await db.Connection.AllowLongAsync(default);
        Assert.Equal("30min", await db.Connection.ScalarAsync<string>("SHOW statement_timeout", default));
    }

    [Fact]
    public async Task Grants_ToEverybody_ThereAreNone()
    {
        Assert.Empty(await ListAsync(
            """
            SELECT c.relname FROM pg_class c, aclexplode(c.relacl) a
            WHERE c.relnamespace = 'public'::regnamespace AND pg_get_userbyid(c.relowner) = 'quantrac_owner' AND a.grantee = 0
            """));
        Assert.Equal(false, await province.Database.ReadAsync(DatabaseRole.Scoped, "SELECT has_schema_privilege('public', 'CREATE')"));
    }

    // As the CSV writes them: SIUD, with the columns where the whole table is not granted.
    private async Task<string> RightsAsync(string login, string table) => (await ListAsync(
        $"""
        SELECT coalesce(nullif(string_agg(CASE WHEN has_table_privilege('quantrac_{login}', '{table}', p.name) THEN left(p.name, 1)
            ELSE left(p.name, 1) || '(' || c.names || ')' END, '' ORDER BY p.place), ''), '-')
        FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) WITH ORDINALITY AS p(name, place)
        LEFT JOIN LATERAL (SELECT string_agg(attname, ' ' ORDER BY attname) AS names FROM pg_attribute
            WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND p.name <> 'DELETE'
              AND has_column_privilege('quantrac_{login}', attrelid, attnum, replace(p.name, 'DELETE', 'SELECT'))) AS c ON true
        WHERE has_table_privilege('quantrac_{login}', '{table}', p.name) OR c.names IS NOT NULL
        """))[0];

    private async Task AssertSeenAsync(string table, string login, string expected)
    {
        var role = Enum.Parse<DatabaseRole>(login, ignoreCase: true);
        // Counts rows without naming a column, so that a grant of some columns is enough.
        var sql = $"SELECT count(*) FROM {table}";
        if (expected.Length == 0)
        {
            Assert.Equal("42501", await province.RefusalAsync(role, sql));
            return;
        }
        var all = (long)(await province.Database.ReadAsync(DatabaseRole.Owner, sql))!;
        var raw = (long)(await province.Database.ReadAsync(role, sql))!;
        Assert.True(all > 0, $"{table} has no row to see.");
        if (expected == "all")
            Assert.Equal(all, raw);
        else if (expected == "whole")
            Assert.Equal((long)(await province.Database.ReadAsync(DatabaseRole.Owner, sql + " WHERE rests_on = 'all'"))!, raw);
        else if (expected == "released")
            Assert.InRange(raw, 1, all - 1);
        else
        {
            Assert.InRange(raw, expected == "scope" ? 0 : 1, expected == "scope" ? 0 : all - 1);
            var scoped = new List<long>();
            foreach (var organisation in Organisations)
            {
                await using var db = await province.OpenAsync(Login.Scoped, organisation);
                scoped.Add(await db.Connection.ScalarAsync<long>(sql, default));
            }
            Assert.All(scoped, count => Assert.InRange(count, 0, all - 1));
            Assert.Contains(scoped, count => count > 0);
        }
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var connection = await province.Database.OpenAsync(DatabaseRole.Owner);
        return await connection.ListAsync(sql, row => row.GetString(0), default);
    }
}
