using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>Demo or production: decided once, by the database itself.</summary>
public sealed class InstallationTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    internal const string Account = "INSERT INTO account (user_name, normalized_user_name, role, organisation_code, demo, created_at) VALUES ('that', 'THAT', 'manager', 'SONNMT', {0}, now())";

    [Fact]
    public async Task Start_BothWays_DecidesOnceAndNeverBack()
    {
        await using var owner = await database.OpenAsync(DatabaseRole.Owner);
        Assert.Equal(InstallationMode.Undecided, await Installation.ModeAsync(owner, default));
        Assert.Equal("account_demo_in_demo", await RefusedAsync(owner, Account.Replace("{0}", "true", StringComparison.Ordinal)));

        // A demo stays one, also where accounts are granted in it.
        Assert.Equal(InstallationMode.Demo, await Installation.StartAsync(owner, demo: true, default));
        await owner.ExecuteAsync(Account.Replace("{0}", "true", StringComparison.Ordinal), default);
        await owner.ExecuteAsync(Account.Replace("{0}", "false", StringComparison.Ordinal).Replace("'that', 'THAT'", "'duoc cap', 'DUOC CAP'", StringComparison.Ordinal), default);
        Assert.Equal(InstallationMode.Demo, await Installation.StartAsync(owner, demo: true, default));
        Assert.Equal("account_demo_stays", await RefusedAsync(owner, "UPDATE account SET demo = false WHERE user_name = 'that'"));
        Assert.True(await OpensAsync(owner));

        // Without demo data it is production, for every later start and every node, and the accounts are closed.
        Assert.Equal(InstallationMode.Production, await Installation.StartAsync(owner, demo: false, default));
        Assert.False(await OpensAsync(owner));
        Assert.Equal(InstallationMode.Production, await Installation.StartAsync(owner, demo: true, default));
        Assert.Equal("installation_no_way_back", await RefusedAsync(owner, "UPDATE installation SET mode = 'demo'"));
        Assert.Equal("account_demo_in_demo", await RefusedAsync(owner, Account.Replace("{0}", "true", StringComparison.Ordinal).Replace("'that', 'THAT'", "'mau', 'MAU'", StringComparison.Ordinal)));
        Assert.Equal(["demo", "production"], await owner.ListAsync("SELECT details ->> 'mode' FROM audit WHERE act = 'installation-decided' ORDER BY id", row => row.GetString(0), default));
        await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsync(DatabaseRole.System, "UPDATE installation SET mode = 'demo' RETURNING mode"));
    }

    private static async Task<string?> RefusedAsync(NpgsqlConnection owner, string sql) =>
        (await Assert.ThrowsAsync<PostgresException>(() => owner.ExecuteAsync(sql, default))).ConstraintName;

    private static Task<bool> OpensAsync(NpgsqlConnection owner) => owner.ScalarAsync<bool>("SELECT portal_account_open(id) FROM account WHERE user_name = 'that'", default);
}

/// <summary>Who is real: somebody with an account, a submission or a document of an organisation.</summary>
public sealed class RealRowsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string File = "INSERT INTO stored_file (sha256, bytes, name) VALUES (repeat('a', 64), 1, 'a.csv')";

    [Theory]
    [InlineData(0, "1", InstallationTests.Account)]
    [InlineData(1, "1", File, "INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis) SELECT id, 999, 'ai do', repeat('a', 64), 'a.csv', '', 'paper' FROM organisation LIMIT 1")]
    [InlineData(2, "1", File, "INSERT INTO organisation_change (number, dated, from_day, file_sha256, file_name, acts, at, account_name) VALUES ('1/QĐ', '2026-01-01', '2026-01-01', repeat('a', 64), 'a.pdf', '[1]', now(), 'ai do')")]
    public async Task Start_DemoWhereSomebodyRealIs_IsRefusedWithWhatThereIs(int place, string count, params string[] real)
    {
        await using var owner = await database.OpenAsync(DatabaseRole.Owner);
        await using var transaction = await owner.BeginTransactionAsync();
        foreach (var statement in real)
            await owner.ExecuteAsync(statement.Replace("{0}", "false", StringComparison.Ordinal), default);
        var rows = await owner.ListAsync("SELECT kind, rows FROM portal_real_rows()", row => (row.GetString(0), row.GetInt64(1)), default);
        Assert.Equal([(new[] { "accounts", "submissions", "documents" }[place], long.Parse(count, System.Globalization.CultureInfo.InvariantCulture))], rows);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => owner.ExecuteAsync("UPDATE installation SET mode = 'demo', decided_at = now()", default));
        Assert.Equal("installation_no_demo_beside_real", refused.ConstraintName);
    }
}

/// <summary>The loader itself keeps away from where somebody real works, whoever calls it.</summary>
public sealed class DemoBesideRealTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    [Fact]
    public async Task Load_WhereARealAccountIs_IsRefusedAndLeavesNothing()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var refused = await Assert.ThrowsAsync<SetupException>(() => QuanTrac.Portal.Features.Demo.DemoData.EnsureAsync(services, portal.Database.Logins.ConnectionString(DatabaseRole.Owner), default));
        Assert.Equal((SetupFault.DemoRefused, "1"), (refused.Fault, refused.Facts[0]));
        Assert.Equal(0L, await portal.Database.ReadAsync(DatabaseRole.Owner, "SELECT (SELECT count(*) FROM organisation WHERE origin = 'demo') + (SELECT count(*) FROM account WHERE demo)"));
        Assert.Equal("undecided", await portal.Database.ReadAsync(DatabaseRole.Owner, "SELECT mode FROM installation"));
    }
}
