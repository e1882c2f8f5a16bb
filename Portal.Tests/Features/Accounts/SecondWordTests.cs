using Npgsql;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Agency;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Tests.Features.Accounts;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>What takes two persons takes two: each way by which one could be both, and each change between asking and confirming.</summary>
public sealed class SecondWordTests(AccountProvince province) : IClassFixture<AccountProvince>
{
    private int serial;

    [Fact]
    public async Task ResetPassword_OfAnotherAdministrator_WaitsForAThirdOneAndShutsEveryDoor()
    {
        var (target, third) = (await AdminAsync(), await AdminAsync());
        await SqlAsync(
            $"UPDATE account SET email = 'chu.{target.AccountId}@example.vn', password_hash = 'x' WHERE id = {target.AccountId};"
            + $"INSERT INTO account_session (id, account_id, way, started_at, seen_at, ends_at) VALUES (gen_random_uuid(), {target.AccountId}, 'password', now(), now(), now() + interval '1 hour');"
            + "INSERT INTO account_passkey (credential_id, account_id, name, public_key, sign_count, transports, user_verified, backup_eligible, backed_up, attestation_object, client_data, created_at)"
            + $"VALUES (convert_to('{target.AccountId}', 'UTF8'), {target.AccountId}, 't', '', 0, '{{}}', true, false, false, '', '', now());"
            + "INSERT INTO authority (kind, document_number, document_date, from_day, to_day, purpose, recorded_by, recorded_at, origin) VALUES ('token', 't', '2026-01-01', '2026-01-01', '2030-01-01', 't', 't', now(), 'before');"
            + $"INSERT INTO api_token (account_id, name, sha256, authority_id, granted_by, granted_at, expires_on) SELECT {target.AccountId}, 't', 'sha {target.AccountId}', max(id), 't', now(), '2030-01-01' FROM authority");

        Assert.Equal((null, AccountProblem.ReasonMissing), await ResetAsync(province.Admin, target, " "));
        Assert.Equal((null, AccountProblem.WaitsForSecond), await ResetAsync(province.Admin, target));
        Assert.Equal((null, AccountProblem.AlreadyAsked), await ResetAsync(province.Admin, target));
        Assert.Equal("x", await province.ReadAsync($"SELECT password_hash FROM account WHERE id = {target.AccountId}"));
        var word = await WordAsync(target);
        Assert.Equal(["SecondWord.AskedOwner"], await ToldAsync(target));
        Assert.Equal(["SecondWord.Asked"], await ToldAsync(third, target.AccountName));
        Assert.Empty(await ToldAsync(province.Admin, target.AccountName));
        // By letter, although nothing was chosen; handed in for whoever sends.
        Assert.Equal(1L, await province.CountAsync($"mail WHERE account_id = {target.AccountId} AND state = 'queued'"));

        // Neither whoever asked nor whom it concerns.
        Assert.Equal(WordProblem.Own, (await ConfirmAsync(province.Admin, word)).Problem);
        Assert.Equal(WordProblem.Own, (await ConfirmAsync(target, word)).Problem);
        await Assert.ThrowsAsync<NotAllowedException>(() => ConfirmAsync(province.Department, word));
        var done = await ConfirmAsync(third, word);
        Assert.Null(done.Problem);
        Assert.True(await province.OpensAsync(target.AccountName, done.Given!.Password));
        Assert.Equal(0L, await province.CountAsync($"account_session WHERE account_id = {target.AccountId} AND ended_at IS NULL"));
        Assert.Equal(0L, await province.CountAsync($"account_passkey WHERE account_id = {target.AccountId}"));
        Assert.Equal(0L, await province.CountAsync($"api_token WHERE account_id = {target.AccountId} AND revoked_at IS NULL"));
        Assert.Contains("SecondWord.DoneOwner", await ToldAsync(target));
        Assert.Equal(2L, await province.CountAsync($"mail WHERE account_id = {target.AccountId}"));
        Assert.Equal(["second-word-asked", "account-password-reset", "second-word-confirmed"], await province.ListAsync($"SELECT act FROM audit WHERE subject = '{target.AccountName}' AND act <> 'account-created' ORDER BY id"));
        Assert.Equal(WordProblem.NotOpen, (await ConfirmAsync(province.Admin2, word)).Problem);

        // What was reset today has no say, neither first nor second; tomorrow it has.
        var other = await AdminAsync();
        Assert.Equal((null, AccountProblem.NoWord), await ResetAsync(target, other));
        Assert.Equal((null, AccountProblem.WaitsForSecond), await ResetAsync(third, other));
        Assert.Equal(WordProblem.Fresh, (await ConfirmAsync(target, await WordAsync(other))).Problem);
        await SqlAsync($"UPDATE account SET renewed_at = renewed_at - interval '25 hours' WHERE id = {target.AccountId}");
        Assert.Null((await ConfirmAsync(target, await WordAsync(other))).Problem);
    }

    // Whoever holds the Department's account approves: it is an administrator's second person as much as another administrator is.
    [Fact]
    public async Task Accounts_WhoseWordCounts_TakeTwoForEveryDoor()
    {
        foreach (var target in new[] { await AdminAsync(), await province.Portal.AccountAsync($"so.{++serial}", Role.Manager, "SONNMT") })
        {
            Assert.Equal(AccountProblem.WaitsForSecond, (await ResetAsync(province.Admin, target)).Problem);
            Assert.Equal(ResetProblem.WaitsForSecond, await StepAsync(province.Admin, target));
            await SqlAsync($"UPDATE account SET locked_at = now(), locked_by = 't', locked_reason = 't', lockout_end = '2027-01-01', valid_until = '2026-01-01' WHERE id = {target.AccountId}");
            Assert.Equal(AccountProblem.WaitsForSecond, await LockAsync(locks => locks.UnlockAsync(province.Admin, Id(target), "Đã xác minh", default)));
            Assert.Equal(AccountProblem.WaitsForSecond, await LockAsync(locks => locks.ExtendAsync(province.Admin, Id(target), null, "Gia hạn", default)));
            Assert.Equal(AccountProblem.WaitsForSecond, await LockAsync(locks => locks.ClearLockoutAsync(province.Admin, Id(target), "Gõ nhầm", default)));
            Assert.Equal(1L, await province.CountAsync($"account WHERE id = {target.AccountId} AND locked_at IS NOT NULL AND lockout_end > now() AND valid_until = '2026-01-01'"));
        }
        var department = await province.Portal.AccountAsync($"so.{++serial}", Role.Manager, "SONNMT");
        await SqlAsync("INSERT INTO agency_identity (issuer, subject, first_at, last_at) VALUES ('https://t', 'second-word', now(), now())");
        var identity = (int)(await province.ReadAsync("SELECT id FROM agency_identity WHERE subject = 'second-word'"))!;
        Assert.Equal(BindOutcome.WaitsForSecond, await province.Portal.WithAsync<BindAgency, BindOutcome>(bind => bind.RunAsync(province.Admin, identity, department.AccountName, "Theo đề nghị", default)));
        Assert.Equal(0L, await province.CountAsync($"account_login WHERE user_id = {department.AccountId}"));
        Assert.Null((await ConfirmAsync(province.Admin2, await WordAsync(department))).Problem);
        Assert.Equal(1L, await province.CountAsync($"account_login WHERE user_id = {department.AccountId}"));
        Assert.Equal("fresh", await province.ReadAsync($"SELECT portal_why_no_word({department.AccountId}, 'department')"));
        // Of others one alone.
        var (slip, problem) = await ResetAsync(province.Admin, province.Other);
        Assert.Null(problem);
        Assert.NotNull(slip);
        Assert.Contains("SecondWord.DoneOwner", await ToldAsync(province.Other));
    }

    [Fact]
    public async Task CreateAccount_ByAnAdministrator_MakesNone()
    {
        var (password, problems) = await province.Portal.WithAsync<CreateAccount, (string?, IReadOnlyList<string>)>(create => create.RunAsync(province.Admin, "ban.sao", Role.Admin, "TTCNTT"));
        Assert.Equal((null, "ByLetterOnly"), (password, problems.Single()));
    }

    [Fact]
    public async Task Console_ResetsAlone_AndTheOthersAreTold()
    {
        var (target, other) = (await AdminAsync(), await AdminAsync());
        Assert.Null(await StepAsync(CommandContext.Console, target));
        Assert.Equal(["SecondWord.DoneOwner"], await ToldAsync(target));
        Assert.Equal(["SecondWord.Alone"], await ToldAsync(other, target.AccountName));
        Assert.Equal("fresh", await province.ReadAsync($"SELECT portal_why_no_word({target.AccountId}, 'admin')"));
    }

    [Fact]
    public async Task Grant_OfAnAdministrator_TakesAThirdPersonAndGivesNoSayForADay()
    {
        var person = province.Somebody("admin");
        var id = await province.ApprovedAsync(province.Admin, "TTCNTT", person);
        Assert.Equal(AccountProblem.ThirdPerson, (await province.GrantAsync(province.Admin, id)).Problem);
        // Where the use-case is passed by the database holds to it.
        Assert.Equal("second_word_rule", (await Assert.ThrowsAsync<PostgresException>(() => AsSystemAsync(
            $"UPDATE account_request SET state = 'granted', granted_by = {province.Admin.AccountId} WHERE id = {id}"))).ConstraintName);
        var granted = await province.GrantAsync(province.Admin2, id);
        Assert.True(Assert.Single(granted.Passwords).HasSay);
        var made = await province.IdAsync(person.UserName);
        Assert.Equal("fresh", await province.ReadAsync($"SELECT portal_why_no_word({made}, 'admin')"));
        // The system login does not take it back.
        await AsSystemAsync($"UPDATE account SET renewed_at = NULL WHERE id = {made}");
        Assert.Equal("fresh", await province.ReadAsync($"SELECT portal_why_no_word({made}, 'admin')"));
    }

    [Fact]
    public async Task Raise_ToAdministrator_TakesTheAccountFromWhoeverHeldIt()
    {
        var (account, name, _) = await province.GrantedAsync(province.Admin, "TTCNTT", province.Somebody("manager"));
        var (slip, _) = await ResetAsync(province.Admin, province.Facility with { AccountId = account, AccountName = name });
        var id = await province.ApprovedAsync(province.Admin, "TTCNTT", province.Somebody("admin") with { Act = RequestAct.Change, Account = account, UserName = "" });
        Assert.Equal(AccountProblem.ThirdPerson, (await province.GrantAsync(province.Admin, id)).Problem);
        var raised = await province.GrantAsync(province.Admin2, id);
        Assert.Null(raised.Problem);
        Assert.Equal((false, true), (await province.OpensAsync(name, slip!.Password), await province.OpensAsync(name, Assert.Single(raised.Passwords).Password)));
        Assert.Equal("fresh", await province.ReadAsync($"SELECT portal_why_no_word({account}, 'admin')"));
    }

    [Fact]
    public async Task Decide_ByAnAccountThatWasResetToday_IsRefused()
    {
        var fresh = await province.Portal.AccountAsync($"so.{++serial}", Role.Manager, "SONNMT");
        await SqlAsync($"UPDATE account SET renewed_at = now() WHERE id = {fresh.AccountId}");
        var id = await province.SentAsync(province.Facility, "T-FAC", province.Somebody());
        Assert.Null(await province.AssembleAsync(province.Admin, id));
        Assert.Equal(AccountProblem.NoWord, await province.DecideAsync(fresh, id));
        Assert.Equal("second_word_rule", (await Assert.ThrowsAsync<PostgresException>(() => AsSystemAsync(
            $"UPDATE account_request SET state = 'approved', decided_by = {fresh.AccountId} WHERE id = {id}"))).ConstraintName);
        Assert.Null(await province.DecideAsync(province.Department, id));
    }

    // Each is tried on a word that Admin asked, where another administrator would confirm.
    [Theory]
    [InlineData("UPDATE account SET locked_at = now(), locked_by = 't', locked_reason = 't' WHERE id = {asker}", WordProblem.AskerClosed)]
    [InlineData("UPDATE account SET role = 'manager' WHERE id = {asker}", WordProblem.AskerClosed)]
    [InlineData("UPDATE account SET left_at = now(), user_name = 'nghi-{asker}', normalized_user_name = 'NGHI-{asker}' WHERE id = {asker}", WordProblem.AskerClosed)]
    [InlineData("UPDATE account SET password_hash = 'y', must_change_password = true, password_changed_at = NULL WHERE id = {asker}", WordProblem.AskerFresh)]
    [InlineData("UPDATE account SET locked_at = now(), locked_by = 't', locked_reason = 't' WHERE id = {second}", WordProblem.Closed)]
    [InlineData("UPDATE account SET role = 'facility' WHERE id = {second}", WordProblem.Closed)]
    [InlineData("UPDATE account SET valid_until = '2020-01-01' WHERE id = {second}", WordProblem.Closed)]
    [InlineData("UPDATE account SET two_factor_enabled = true WHERE id = {second}; UPDATE account SET two_factor_enabled = false WHERE id = {second}", WordProblem.Fresh)]
    [InlineData("INSERT INTO account_login (login_provider, provider_key, user_id) VALUES ('t', '{second}', {second})", WordProblem.Fresh)]
    [InlineData("UPDATE second_word SET asked_at = asked_at - interval '8 days', lapses_at = lapses_at - interval '8 days' WHERE asked_by = {asker}", WordProblem.NotOpen)]
    [InlineData("DELETE FROM account_rule WHERE code = 'no such rule'", null)]
    public async Task Confirm_WhatChangedMeanwhile_IsSeen(string change, WordProblem? problem)
    {
        var (asker, second, target) = (await AdminAsync(), await AdminAsync(), await AdminAsync());
        Assert.Equal(ResetProblem.WaitsForSecond, await StepAsync(asker, target));
        var word = await WordAsync(target);
        await SqlAsync(change.Replace("{asker}", $"{asker.AccountId}", StringComparison.Ordinal).Replace("{second}", $"{second.AccountId}", StringComparison.Ordinal));
        Assert.Equal(problem, (await ConfirmAsync(second, word)).Problem);
        if (problem is null)
            return;
        var refused = await Assert.ThrowsAsync<PostgresException>(() => AsSystemAsync(
            $"UPDATE second_word SET state = 'confirmed', confirmed_by = {second.AccountId}, confirmed_name = 't', confirmed_at = now() WHERE id = {word}"));
        Assert.Equal("second_word_rule", refused.ConstraintName);
    }

    [Fact]
    public async Task Confirm_AsTheAsker_UnderAnotherNameOrByRawSql_IsRefused()
    {
        var (asker, target) = (await AdminAsync(), await AdminAsync());
        Assert.Equal(ResetProblem.WaitsForSecond, await StepAsync(asker, target));
        var word = await WordAsync(target);
        await SqlAsync($"UPDATE account SET user_name = 'ten.moi', normalized_user_name = 'TEN.MOI' WHERE id = {asker.AccountId}");
        Assert.Equal(WordProblem.Own, (await ConfirmAsync(asker with { AccountName = "ten.moi" }, word)).Problem);
        // A name alone, as a program or the machine has it, is nobody.
        Assert.Equal(WordProblem.Closed, (await ConfirmAsync(CommandContext.Console, word)).Problem);
        foreach (var who in new[] { asker, target })
        {
            await Assert.ThrowsAsync<PostgresException>(() => AsSystemAsync(
                $"UPDATE second_word SET state = 'confirmed', confirmed_by = {who.AccountId}, confirmed_name = 't', confirmed_at = now() WHERE id = {word}"));
        }
        // Nor is what was asked turned into something else, or into somebody else's.
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => AsSystemAsync($"UPDATE second_word SET asked_by = {province.Admin2.AccountId} WHERE id = {word}"))).SqlState);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => AsSystemAsync($"UPDATE second_word SET account_id = {province.Other.AccountId} WHERE id = {word}"))).SqlState);
    }

    [Fact]
    public async Task TwoAtOnce_OnOneWord_DoItOnce()
    {
        var (first, second, target) = (await AdminAsync(), await AdminAsync(), await AdminAsync());
        Assert.Equal(AccountProblem.WaitsForSecond, (await ResetAsync(province.Admin, target)).Problem);
        var word = await WordAsync(target);
        var both = await Task.WhenAll(ConfirmAsync(first, word), ConfirmAsync(second, word));
        Assert.Single(both, outcome => outcome.Given is not null);
        Assert.Single(both, outcome => outcome.Problem == WordProblem.NotOpen);

        // Withdrawn and confirmed at once: one of the two.
        var other = await AdminAsync();
        Assert.Equal(AccountProblem.WaitsForSecond, (await ResetAsync(province.Admin, other)).Problem);
        var again = await WordAsync(other);
        var withdraw = province.Portal.WithAsync<WithdrawSecondWord, WordProblem?>(words => words.RunAsync(province.Admin, again, default));
        var confirm = ConfirmAsync(first, again);
        Assert.NotEqual(await withdraw is null, (await confirm).Given is not null);
        Assert.Equal(await withdraw is null ? 0L : 1L, await province.CountAsync($"audit WHERE act = 'account-password-reset' AND subject = '{other.AccountName}'"));
    }

    // Each of two resets the other: one at a time, so that neither waits for the other, and whoever was reset first has no say any more.
    [Fact]
    public async Task TwoAtOnce_OnOneAnother_TheFirstIsDoneAndTheOtherRefused()
    {
        var (asker, first, second) = (await AdminAsync(), await AdminAsync(), await AdminAsync());
        Assert.Equal(AccountProblem.WaitsForSecond, (await ResetAsync(asker, first)).Problem);
        Assert.Equal(AccountProblem.WaitsForSecond, (await ResetAsync(asker, second)).Problem);
        var (ofFirst, ofSecond) = (await WordAsync(first), await WordAsync(second));
        Task<WordOutcome[]> both;
        await using (var owner = await province.Portal.Database.OpenAsync(DatabaseRole.Owner))
        {
            await using var transaction = await owner.BeginTransactionAsync(TestContext.Current.CancellationToken);
            // Whoever comes so far has looked at the two persons and waits to write the word down.
            await owner.ExecuteAsync("LOCK TABLE second_word IN SHARE MODE", default);
            both = Task.WhenAll(ConfirmAsync(second, ofFirst), ConfirmAsync(first, ofSecond));
            while (await province.CountAsync("pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") < 2 && !both.IsCompleted)
                await Task.Yield();
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }
        var outcomes = await both;
        Assert.Single(outcomes, outcome => outcome.Given is not null);
        Assert.Single(outcomes, outcome => outcome.Problem == WordProblem.Fresh);
    }

    // The lock stands in a transaction that is not over when the other one confirms: the confirmation waits for it and sees it.
    [Fact]
    public async Task Confirm_WhileTheAskerIsBeingLocked_WaitsAndIsRefused()
    {
        var (asker, second, target) = (await AdminAsync(), await AdminAsync(), await AdminAsync());
        Assert.Equal(ResetProblem.WaitsForSecond, await StepAsync(asker, target));
        var word = await WordAsync(target);
        Task<WordOutcome> confirm;
        await using (var owner = await province.Portal.Database.OpenAsync(DatabaseRole.Owner))
        {
            await using var transaction = await owner.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await owner.ExecuteAsync($"UPDATE account SET locked_at = now(), locked_by = 't', locked_reason = 't' WHERE id = {asker.AccountId}", default);
            confirm = ConfirmAsync(second, word);
            while (await province.CountAsync($"pg_locks WHERE NOT granted AND {owner.ProcessID} = ANY (pg_blocking_pids(pid))") == 0 && !confirm.IsCompleted)
                await Task.Yield();
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(WordProblem.AskerClosed, (await confirm).Problem);
    }

    private async Task<Access> AdminAsync() => await province.Portal.AccountAsync($"quan.tri.{++serial}.{Guid.NewGuid():N}"[..24], Role.Admin, "TTCNTT");

    private static int Id(Access account) => account.AccountId!.Value;

    private Task<(Handed? Handed, AccountProblem? Problem)> ResetAsync(Access by, Access target, string reason = "Quên mật khẩu") =>
        province.Portal.WithAsync<ResetPassword, (Handed?, AccountProblem?)>(reset => reset.RunAsync(by, Id(target), reason, default));

    private Task<ResetProblem?> StepAsync(Access by, Access target) =>
        province.Portal.WithAsync<ResetSecondStep, ResetProblem?>(reset => reset.RunAsync(by, target.AccountName, "Mất điện thoại", default));

    private Task<AccountProblem?> LockAsync(Func<LockAccount, Task<AccountProblem?>> act) => province.Portal.WithAsync(act);

    private Task<WordOutcome> ConfirmAsync(Access by, int word) => province.Portal.WithAsync<ConfirmSecondWord, WordOutcome>(confirm => confirm.RunAsync(by, word, default));

    private async Task<int> WordAsync(Access target) => (int)(await province.ReadAsync($"SELECT max(id) FROM second_word WHERE account_id = {target.AccountId} AND state = 'asked'"))!;

    private Task<List<string>> ToldAsync(Access who, string? about = null) =>
        province.ListAsync($"SELECT kind FROM notice WHERE account_id = {who.AccountId} AND kind LIKE 'SecondWord%' {(about is null ? "" : $"AND '{about}' = ANY (facts)")} ORDER BY id");

    private Task SqlAsync(string sql) => province.Portal.Database.ExecuteAsync(sql);

    private async Task AsSystemAsync(string sql)
    {
        await using var system = await province.Portal.Database.OpenAsync(DatabaseRole.System);
        await system.ExecuteAsync(sql, default);
    }
}
