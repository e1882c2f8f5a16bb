using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.AccountLife;

namespace QuanTrac.Portal.Tests.Features.Accounts;

/// <summary>Forty-five days without use: told, then locked; and what keeps an account open.</summary>
public sealed class IdleTests(AccountProvince province) : IClassFixture<AccountProvince>
{
    [Fact]
    public async Task Idle_NightByNight_IsToldThenLockedAndNeverTheLastAdministrator()
    {
        // All were made on 11 June 2026. The demo account and the one that was used stay.
        await province.Portal.Database.ExecuteAsync(
            """
            ALTER TABLE account DISABLE TRIGGER account_demo_in_demo;
            INSERT INTO account (user_name, normalized_user_name, role, organisation_code, demo, created_at) VALUES ('mau', 'MAU', 'facility', 'T-FAC', true, '2026-01-01');
            ALTER TABLE account ENABLE TRIGGER account_demo_in_demo;
            UPDATE account SET last_seen_at = '2026-07-20 08:00+07' WHERE user_name = 'board';
            """);
        province.At("2026-07-18 00:20");
        Assert.Equal((0, 0), await RunAsync());
        province.At("2026-07-19 00:20");
        var (told, locked) = await RunAsync();
        // manager, admin, admin2, subdepartment, facility, other, guest: board is to be used on the 20th, the demo account is nobody's.
        Assert.Equal((7, 0), (told, locked));
        Assert.Equal(["2026-06-11 2026-07-26"], await province.ListAsync($"SELECT facts[1] || ' ' || facts[2] FROM notice WHERE account_id = {province.Facility.AccountId} AND kind = 'Account.Idle'"));
        province.At("2026-07-20 00:20");
        Assert.Equal((0, 0), await RunAsync());
        // One is used after the word of it.
        await province.Portal.Database.ExecuteAsync("UPDATE account SET last_seen_at = '2026-07-21 08:00+07' WHERE user_name = 'other'");
        province.At("2026-07-25 00:20");
        Assert.Equal((0, 0), await RunAsync());
        province.At("2026-07-26 00:20");
        Assert.Equal((0, 5), await RunAsync());
        Assert.Equal(["facility", "guest", "manager", "subdepartment"], await province.ListAsync("SELECT user_name FROM account WHERE locked_at IS NOT NULL AND role <> 'admin' ORDER BY user_name"));
        Assert.Equal(1L, await province.CountAsync("account WHERE locked_at IS NOT NULL AND role = 'admin'"));
        Assert.Equal(["không sử dụng 45 ngày"], await province.ListAsync("SELECT DISTINCT locked_reason FROM account WHERE locked_at IS NOT NULL"));
        Assert.Equal(2L, await province.CountAsync("notice WHERE kind = 'Account.IdleLocked'"));
        // Run twice in a night nothing is done twice.
        Assert.Equal((0, 0), await RunAsync());

        // Unlocked, it counts anew.
        Assert.Null(await province.Portal.WithAsync<LockAccount, AccountProblem?>(locks => locks.UnlockAsync(province.Admin, province.Facility.AccountId!.Value, "Trở lại", default)));
        province.At("2026-07-27 00:20");
        Assert.Equal((0, 0), await RunAsync());

        // The server was down for a month: whoever was not told is told now and has the days of the notice.
        province.At("2026-09-30 00:20");
        (told, locked) = await RunAsync();
        Assert.Equal((3, 0), (told, locked));
        province.At("2026-10-06 00:20");
        Assert.Equal((0, 0), await RunAsync());
        province.At("2026-10-07 00:20");
        Assert.Equal((0, 3), await RunAsync());
    }

    private Task<(int Told, int Locked)> RunAsync() => province.Portal.WithAsync<LockIdleAccounts, (int, int)>(idle => idle.RunAsync(CommandContext.Console, default));
}

/// <summary>An account whose last day is over.</summary>
public sealed class ExpiryTests(AccountProvince province) : IClassFixture<AccountProvince>
{
    [Fact]
    public async Task Expired_AfterItsLastDay_ShowsAsSuchAndItsSessionsEnd()
    {
        var id = province.Facility.AccountId!.Value;
        await province.Portal.Database.ExecuteAsync(
            $"UPDATE account SET valid_until = '2026-06-20' WHERE id = {id}; INSERT INTO account_session (id, account_id, way, started_at, seen_at, ends_at) VALUES (gen_random_uuid(), {id}, 'password', '2026-06-20', '2026-06-20', '2026-06-30')");
        province.At("2026-06-20 23:59");
        await RunAsync();
        Assert.Equal(AccountState.Open, (await province.AccountAsync(province.Admin, "facility"))!.Line.State);
        Assert.Equal(1L, await province.CountAsync($"account_session WHERE account_id = {id} AND ended_at IS NULL"));
        province.At("2026-06-21 00:20");
        await RunAsync();
        Assert.Equal(AccountState.Expired, (await province.AccountAsync(province.Facility, "facility"))!.Line.State);
        Assert.Equal(["expired"], await province.ListAsync($"SELECT end_reason FROM account_session WHERE account_id = {id}"));
    }

    [Fact]
    public async Task Job_ByAnybodyElse_IsRefused() =>
        await Assert.ThrowsAsync<NotAllowedException>(() => province.Portal.WithAsync<LockIdleAccounts, (int, int)>(idle => idle.RunAsync(province.Department, default)));

    private Task<(int Told, int Locked)> RunAsync() => province.Portal.WithAsync<LockIdleAccounts, (int, int)>(idle => idle.RunAsync(CommandContext.Console, default));
}
