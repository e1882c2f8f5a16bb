using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.AccountLife;

namespace QuanTrac.Portal.Tests.Features.Accounts;

/// <summary>Half a year with one password: told, and to be changed; and whom that leaves alone.</summary>
public sealed class ExpirePasswordsTests(AccountProvince province) : IClassFixture<AccountProvince>
{
    [Fact]
    public async Task Password_OfHalfAYear_IsToBeChangedOnceAndItsPersonIsTold()
    {
        // 180 days (seed/account_rules.csv) after 11 June are 8 December 2026.
        await province.Portal.Database.ExecuteAsync(
            """
            UPDATE account SET must_change_password = false, password_changed_at = '2026-06-11 10:00+07';
            UPDATE account SET password_changed_at = NULL WHERE user_name = 'other';
            UPDATE account SET password_changed_at = '2026-06-12 10:00+07' WHERE user_name = 'board';
            UPDATE account SET two_factor_enabled = true WHERE role = 'admin';
            UPDATE account SET locked_at = now(), locked_by = 'admin', locked_reason = 'Nghỉ' WHERE user_name = 'subdepartment';
            INSERT INTO account_login (login_provider, provider_key, user_id) SELECT 'https://co-quan.example', 'a', id FROM account WHERE user_name = 'manager';
            ALTER TABLE account DISABLE TRIGGER account_demo_in_demo;
            INSERT INTO account (user_name, normalized_user_name, role, organisation_code, password_hash, demo, created_at) VALUES ('mau', 'MAU', 'facility', 'T-FAC', 'x', true, '2026-01-01');
            ALTER TABLE account ENABLE TRIGGER account_demo_in_demo;
            INSERT INTO account (user_name, normalized_user_name, role, organisation_code, created_at) VALUES ('khong', 'KHONG', 'facility', 'T-FAC', '2026-01-01');
            """);
        province.At("2026-12-08 00:25");
        Assert.Equal(0, await RunAsync());
        province.At("2026-12-09 00:25");
        Assert.Equal(3, await RunAsync());
        // The clock of the one that has never been changed began when the account was made. Second step, agency, lock, demo and no password at all stay as they are.
        Assert.Equal(["facility", "guest", "other"], await province.ListAsync("SELECT user_name FROM account WHERE must_change_password AND password_changed_at IS NOT NULL ORDER BY user_name"));
        Assert.Equal(["facility 180", "guest 180", "other 180"], await province.ListAsync(
            "SELECT a.user_name || ' ' || n.facts[1] FROM notice n JOIN account a ON a.id = n.account_id WHERE n.kind = 'Account.PasswordExpired' ORDER BY a.user_name"));
        Assert.Equal(3L, await province.CountAsync("audit WHERE act = 'account-password-expired'"));
        Assert.Equal(0, await RunAsync());
        province.At("2026-12-10 00:25");
        Assert.Equal(1, await RunAsync());
    }

    [Fact]
    public async Task Job_ByAnybodyElse_IsRefused() =>
        await Assert.ThrowsAsync<NotAllowedException>(() => province.Portal.WithAsync<ExpirePasswords, int>(expire => expire.RunAsync(province.Department, default)));

    private Task<int> RunAsync() => province.Portal.WithAsync<ExpirePasswords, int>(expire => expire.RunAsync(CommandContext.Console, default));
}
