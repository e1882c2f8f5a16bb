using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Watch;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Watch;

/// <summary>What the Centre is told about accounts. Each test plants something of one account, and asks for the alerts of that account alone.</summary>
public sealed class WatchTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    [Theory]
    [InlineData("sign-in-failed", 5, "3 minutes", "failures-account 5")]
    [InlineData("sign-in-failed", 4, "3 minutes", "")]
    [InlineData("sign-in-failed", 5, "4 minutes", "")]
    [InlineData("refused", 5, "15 minutes", "refused 5")]
    [InlineData("refused", 4, "15 minutes", "")]
    [InlineData("refused", 5, "16 minutes", "")]
    public async Task Watch_SoManyActsWithinTheTime_IsToldOnce(string act, int times, string apart, string expected)
    {
        var name = Name();
        await PlantAsync($"INSERT INTO audit (account_name, act, details, at) SELECT '{name}', '{act}', '{{}}', $1::timestamptz - interval '{apart}' * n FROM generate_series(1, {times}) n");
        await RunAsync();
        await RunAsync();
        Assert.Equal(expected, await AlertsAsync(name));
    }

    [Fact]
    public async Task Watch_FailuresFromOneAddress_NamesTheAddress()
    {
        await PlantAsync("INSERT INTO audit (account_name, act, details, at) SELECT 'x' || n, 'sign-in-failed', '{\"from\": \"198.51.100.7\"}', $1::timestamptz - interval '20 seconds' * n FROM generate_series(1, 25) n");
        await RunAsync();
        Assert.Equal("25", await ReadAsync("SELECT amount::text FROM watch_alert WHERE rule = 'failures-address' AND from_address = '198.51.100.7'"));
    }

    [Theory]
    [InlineData(49_999_999, "")]
    [InlineData(50_000_000, "exports 50000000")]
    public async Task Watch_ExportsAboveTheSize_AreToldInAll(long bytes, string expected)
    {
        var name = Name();
        await PlantAsync($"INSERT INTO audit (account_id, account_name, act, details, at) SELECT 1, '{name}', 'exported', jsonb_build_object('bytes', b), $1::timestamptz - interval '2 hours' FROM unnest(ARRAY[20000000, {bytes - 20_000_000}]) b");
        await RunAsync();
        Assert.Equal(expected, await AlertsAsync(name));
    }

    [Theory]
    [InlineData("2026-03-02 22:00", "rights-night")]
    [InlineData("2026-03-02 04:59", "rights-night")]
    [InlineData("2026-03-02 05:00", "")]
    [InlineData("2026-03-02 21:59", "")]
    public async Task Watch_RightsChangedAtNight_AreTold(string at, string expected)
    {
        var name = Name();
        portal.Clock.Now = DateTimeOffset.Parse("2026-03-02T23:30:00+07:00", System.Globalization.CultureInfo.InvariantCulture);
        await PlantAsync($"INSERT INTO audit (account_id, account_name, act, at) VALUES (1, '{name}', 'organisations-changed', '{at}+07')");
        await RunAsync();
        Assert.Equal(expected, await AlertsAsync(name));
    }

    [Fact]
    public async Task Watch_PlacesOfSessions_TellsTheNewOneAndTwoAtOnce()
    {
        var account = await portal.AccountAsync(Name(), Role.Manager, "SONNMT");
        await SessionAsync(account.AccountId, "203.0.113.5", "10 days");
        // Next door is the same place.
        await SessionAsync(account.AccountId, "203.0.113.77", "2 hours");
        await RunAsync();
        Assert.Equal("", await AlertsAsync(account.AccountName));
        await SessionAsync(account.AccountId, "198.51.100.20", "1 minute");
        await RunAsync();
        Assert.Equal("new-place", await AlertsAsync(account.AccountName));
        await SessionAsync(account.AccountId, "203.0.113.5", "1 minute");
        await RunAsync();
        Assert.Equal("new-place, two-places 2", await AlertsAsync(account.AccountName));
    }

    [Fact]
    public async Task Watch_FirstSessionOfAnAccount_IsNoNews()
    {
        var account = await portal.AccountAsync(Name(), Role.Manager, "SONNMT");
        await SessionAsync(account.AccountId, "203.0.113.5", "1 hour");
        await RunAsync();
        Assert.Equal("", await AlertsAsync(account.AccountName));
    }

    [Fact]
    public async Task Close_Twice_IsDoneOnceWithItsWords()
    {
        var name = Name();
        await PlantAsync($"INSERT INTO audit (account_name, act, at) SELECT '{name}', 'refused', $1::timestamptz - interval '1 minute' * n FROM generate_series(1, 6) n");
        await RunAsync();
        var id = int.Parse(await ReadAsync($"SELECT id::text FROM watch_alert WHERE account_name = '{name}'"), System.Globalization.CultureInfo.InvariantCulture);
        var admin = await portal.AccountAsync(Name(), Role.Admin, "TTCNTT");
        Assert.False(await CloseAsync(admin, id, " "));
        Assert.True(await CloseAsync(admin, id, "Nhầm đường dẫn"));
        Assert.False(await CloseAsync(admin, id, "Lần nữa"));
        Assert.Equal("Nhầm đường dẫn", await ReadAsync($"SELECT closed_words FROM watch_alert WHERE id = {id}"));
        await Assert.ThrowsAsync<NotAllowedException>(() => CloseAsync(portal.Manager, id, "Không được"));
    }

    private Task<bool> CloseAsync(QuanTrac.Portal.Domain.Access.Access access, int id, string words) => portal.WithAsync<CloseAlert, bool>(close => close.RunAsync(access, id, words, default));

    private Task<int> RunAsync() => portal.WithAsync<WatchAccounts, int>(watch => watch.RunAsync(CommandContext.Console, default));

    private static string Name() => $"w{Guid.NewGuid():N}"[..12];

    private Task<string> AlertsAsync(string name) =>
        ReadAsync($"SELECT coalesce(string_agg(rule || coalesce(' ' || amount, ''), ', ' ORDER BY rule), '') FROM watch_alert WHERE account_name = '{name}'");

    private Task SessionAsync(int? account, string from, string ago) => PlantAsync(
        $"INSERT INTO account_session (id, account_id, way, from_address, started_at, seen_at, ends_at) VALUES (gen_random_uuid(), {account}, 'password', '{from}', $1::timestamptz - interval '{ago}', $1::timestamptz - interval '{ago}', $1::timestamptz + interval '1 day')");

    private async Task PlantAsync(string sql)
    {
        await using var connection = await portal.Database.OpenAsync(DatabaseRole.Owner);
        await connection.ExecuteAsync(sql, default, sql.Contains("$1", StringComparison.Ordinal) ? [portal.Clock.GetUtcNow()] : []);
    }

    private async Task<string> ReadAsync(string sql)
    {
        await using var connection = await portal.Database.OpenAsync(DatabaseRole.Owner);
        return (await connection.ScalarAsync<string>(sql, default))!;
    }
}
