using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

public sealed class BootstrapTests(TestDatabase database, TestCluster cluster) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Run_NothingMissing_NeedsNoSuperuser()
    {
        var given = new NpgsqlConnectionStringBuilder(database.Logins.ConnectionString(DatabaseRole.Owner));
        await new Bootstrap(given, database.Logins).RunAsync(default);
    }

    [Fact]
    public async Task Run_MissingDatabaseWithoutSuperuser_SaysTheSqlThatSetsItUp()
    {
        var logins = database.Logins.On($"test_{Environment.ProcessId}_wanted \"x\"");
        var given = new NpgsqlConnectionStringBuilder(logins.ConnectionString(DatabaseRole.Owner));
        var notReady = await Assert.ThrowsAsync<NotReadyException>(() => new Bootstrap(given, logins).RunAsync(default));
        Assert.Equal("quantrac_owner", notReady.Facts[0]);
        Assert.Contains("wanted \"\"x\"\"\" OWNER quantrac_owner", notReady.Sql, StringComparison.Ordinal);
        Assert.Contains("\\connect", notReady.Sql, StringComparison.Ordinal);
        Assert.Contains("CREATE EXTENSION IF NOT EXISTS postgis;", notReady.Sql, StringComparison.Ordinal);

        await new Bootstrap(cluster.Superuser(logins.Database), logins).RunAsync(default);
        await new Bootstrap(given, logins).RunAsync(default);
        NpgsqlConnection.ClearAllPools();
        await using var server = new NpgsqlConnection(cluster.Superuser("postgres").ConnectionString);
        await server.OpenAsync();
        var name = new NpgsqlCommandBuilder().QuoteIdentifier(logins.Database);
        await using var drop = new NpgsqlCommand($"DROP DATABASE {name} WITH (FORCE)", server);
        await drop.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task Run_ServerThatKnowsNoLoginOfOurs_SaysTheWholeSetUp()
    {
        using var folder = new TempFolder();
        var given = new NpgsqlConnectionStringBuilder(database.Logins.ConnectionString(DatabaseRole.Owner));
        var fresh = await DatabaseLogins.LoadAsync(given, Path.Combine(folder.Path, "logins.json"), default);
        given.Password = new NpgsqlConnectionStringBuilder(fresh.ConnectionString(DatabaseRole.Owner)).Password;
        var notReady = await Assert.ThrowsAsync<NotReadyException>(() => new Bootstrap(given, fresh).RunAsync(default));
        Assert.All(DatabaseRoles.All, role => Assert.Contains($"CREATE ROLE {role.RoleName()} LOGIN NOSUPERUSER", notReady.Sql, StringComparison.Ordinal));
        Assert.DoesNotContain(given.Password!, notReady.Sql, StringComparison.Ordinal);
    }

    /// <summary>Databases beside the portal's own let no login in that has no business there: templates, and what a restore replaced.</summary>
    [Fact]
    public async Task CloseBeside_TemplatesAndReplacedDatabases_LetNoLoginIn()
    {
        var kept = database.Logins.Database + BootstrapSql.KeptMark + "20260101000000";
        await using var server = new NpgsqlConnection(cluster.Superuser("postgres").ConnectionString);
        await server.OpenAsync();
        await server.ExecuteAsync($"CREATE DATABASE {kept} OWNER quantrac_owner TEMPLATE template0", default);
        try
        {
            var owner = new Bootstrap(new(database.Logins.ConnectionString(DatabaseRole.Owner)), database.Logins);
            await server.ExecuteAsync("GRANT CONNECT ON DATABASE template1 TO PUBLIC", default);
            // The owner closes its own, and says what a superuser has to close.
            Assert.Contains("template1", Assert.Single(await owner.CloseBesideAsync(default)), StringComparison.Ordinal);
            Assert.Empty(await new Bootstrap(cluster.Superuser(database.Logins.Database), database.Logins).CloseBesideAsync(default));
            foreach (var name in new[] { "template1", BootstrapSql.Template, kept })
            {
                foreach (var role in new[] { DatabaseRole.Province, DatabaseRole.Scoped, DatabaseRole.Guest, DatabaseRole.System })
                {
                    await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.Logins.On(name).ConnectionString(role)) { Pooling = false }.ConnectionString);
                    Assert.Equal((name, role, "42501"), (name, role, (await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync())).SqlState));
                }
            }
        }
        finally
        {
            await server.ExecuteAsync($"DROP DATABASE {kept} WITH (FORCE)", default);
        }
    }

    [Fact]
    public async Task Run_UnknownPassword_SaysWhoIsRefused()
    {
        var given = new NpgsqlConnectionStringBuilder(database.Logins.ConnectionString(DatabaseRole.Owner)) { Password = "wrong" };
        var refused = await Assert.ThrowsAsync<SetupException>(() => new Bootstrap(given, database.Logins).RunAsync(default));
        Assert.Equal(SetupFault.LoginRefused, refused.Fault);
    }

    [Fact]
    public async Task Run_NoServer_SaysSo()
    {
        var given = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = 1, Username = "x", Database = "x" };
        var fault = await Assert.ThrowsAsync<SetupException>(() => new Bootstrap(given, database.Logins).RunAsync(default));
        Assert.Equal(SetupFault.ServerUnreachable, fault.Fault);
    }

    [Theory]
    [InlineData(DatabaseRole.Owner, "t f f")]
    [InlineData(DatabaseRole.Province, "f f f")]
    [InlineData(DatabaseRole.Scoped, "f f f")]
    [InlineData(DatabaseRole.Guest, "f f f")]
    [InlineData(DatabaseRole.System, "f f f")]
    [InlineData(DatabaseRole.Backup, "f f t")]
    public async Task Logins_Attributes_AreTheLeast(DatabaseRole role, string createdbSuperBypass) =>
        Assert.Equal(createdbSuperBypass, await database.ReadAsync(
            role, "SELECT format('%s %s %s', rolcreatedb, rolsuper, rolbypassrls) FROM pg_roles WHERE rolname = session_user"));

    [Fact]
    public async Task Logins_Memberships_NoneButBackupsReading() =>
        Assert.Equal("quantrac_backup pg_read_all_data", await database.ReadAsync(
            DatabaseRole.Owner,
            """
            SELECT string_agg(m.member::regrole || ' ' || m.roleid::regrole, ', ') FROM pg_auth_members m
            WHERE m.member::regrole::text LIKE 'quantrac%' OR m.roleid::regrole::text LIKE 'quantrac%'
            """));

    [Theory]
    [InlineData(DatabaseRole.Province)]
    [InlineData(DatabaseRole.Scoped)]
    [InlineData(DatabaseRole.Guest)]
    [InlineData(DatabaseRole.System)]
    [InlineData(DatabaseRole.Backup)]
    public async Task Logins_OtherThanOwner_CannotMakeTables(DatabaseRole role)
    {
        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsync(role, "CREATE TABLE intruder (id int)"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Session_TimeZone_IsTheProvinces() =>
        Assert.Equal("Asia/Ho_Chi_Minh", await database.ReadAsync(DatabaseRole.Guest, "SHOW timezone"));
}
