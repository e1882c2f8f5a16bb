using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Features.Desk;

namespace QuanTrac.Portal.Tests.Features.Accounts;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>A person moves or retires: what passes on, what stays, and when it cannot be done.</summary>
public sealed class HandoverTests(AccountProvince province) : IClassFixture<AccountProvince>
{
    private static readonly HandoverDocument Document = new("30/QĐ-TCCB", new(2026, 6, 1), false, "Nghỉ hưu");

    [Fact]
    public async Task HandOver_WithAHead_PassesOpenWorkAndForgetsThePerson()
    {
        var (leaving, name, password) = await province.GrantedAsync(province.Facility, "T-FAC", province.Somebody());
        var (head, headName, _) = await province.GrantedAsync(province.Facility, "T-FAC", province.Somebody() with { HeadsUnit = true });
        var access = province.Facility with { AccountId = leaving, AccountName = name };
        var (open, _) = await province.Portal.WithAsync<AskDesk, (int, DeskProblem?)>(ask => ask.RunAsync(access, new(DeskKind.Support, "Việc đang mở", "Nội dung"), default));
        var (closed, _) = await province.Portal.WithAsync<AskDesk, (int, DeskProblem?)>(ask => ask.RunAsync(access, new(DeskKind.Support, "Việc đã xong", "Nội dung"), default));
        Assert.Null(await province.Portal.WithAsync<CloseDesk, DeskProblem?>(close => close.RunAsync(access, closed, default)));
        await province.Portal.Database.ExecuteAsync(
            $"INSERT INTO stored_file (sha256, bytes, name) VALUES (repeat('a', 64), 1, 'a.csv') ON CONFLICT DO NOTHING;"
            + $"INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis) VALUES ({province.Facility.OrganisationId}, {leaving}, '{name}', repeat('a', 64), 'a.csv', '', 'statement');"
            + $"INSERT INTO form_draft (account_id, form, fields, kept_at) VALUES ({leaving}, 'account/data', '{{\"Phone\":\"0912000001\"}}', now());"
            + $"INSERT INTO list_view (account_id, list, name, query) VALUES ({leaving}, 'nghia-vu', 'Của tôi', '');"
            + $"INSERT INTO account_session (id, account_id, way, from_address, started_at, seen_at, ends_at) VALUES (gen_random_uuid(), {leaving}, 'password', '10.0.0.1', now(), now(), now() + interval '1 hour')");
        var audited = await province.CountAsync($"audit WHERE account_name = '{name}'");

        var (done, problem) = await HandOverAsync(leaving, Document);
        Assert.Null(problem);
        Assert.Equal((headName, 1, 0, 1), (done!.Head, done.Asked, done.TakenOn, done.Drafts));
        Assert.Equal([$"{head}", $"{leaving}"], await province.ListAsync($"SELECT account_id::text FROM desk_item WHERE id IN ({open}, {closed}) ORDER BY id"));
        Assert.Equal([name, name], await province.ListAsync($"SELECT account_name FROM desk_item WHERE id IN ({open}, {closed}) ORDER BY id"));
        Assert.Equal([$"{head}"], await province.ListAsync("SELECT account_id::text FROM submission WHERE file_name = 'a.csv'"));
        Assert.Equal(["Account.HandedOver"], await province.ListAsync($"SELECT kind FROM notice WHERE account_id = {head} AND kind = 'Account.HandedOver'"));

        // The person is gone, the audit is whole.
        var pseudonym = AccountNaming.PseudonymOf(leaving);
        Assert.Null(await province.AccountAsync(province.Admin, name));
        var left = (await province.AccountAsync(province.Admin, pseudonym))!;
        Assert.Equal((AccountState.Left, "", ""), (left.Line.State, left.Email, left.Phone));
        Assert.StartsWith("Người dùng đã nghỉ ", left.Line.Person, StringComparison.Ordinal);
        Assert.False(await province.OpensAsync(pseudonym, password));
        Assert.Equal(["locked"], await province.ListAsync($"SELECT end_reason FROM account_session WHERE account_id = {leaving}"));
        Assert.Equal(0L, await province.CountAsync($"account_session WHERE account_id = {leaving} AND from_address <> ''"));
        Assert.Equal(0L, await province.CountAsync($"account_request_person WHERE account_id = {leaving} AND (email <> '' OR user_name = '{name}')"));
        Assert.Equal(0L, await province.CountAsync($"form_draft WHERE account_id = {leaving}"));
        Assert.Equal(0L, await province.CountAsync($"list_view WHERE account_id = {leaving}"));
        Assert.Equal(audited, await province.CountAsync($"audit WHERE account_name = '{name}'"));
        Assert.Equal(["30/QĐ-TCCB"], await province.ListAsync($"SELECT details ->> 'Number' FROM audit WHERE act = 'account-handed-over' AND subject = '{name}'"));
        Assert.Contains(await province.Portal.WithAsync<AccountsData, IReadOnlyList<AccountEvent>>(data => data.HistoryAsync(province.Admin, leaving, pseudonym, default)), one => one.Act == "account-created");
        // Once.
        Assert.Equal(AccountProblem.NotNow, (await HandOverAsync(leaving, Document)).Problem);
    }

    [Fact]
    public async Task HandOver_WithoutAHead_SaysSoAndChangesNothing()
    {
        var (leaving, name, _) = await province.GrantedAsync(province.Other, "T-FAC2", province.Somebody());
        Assert.Equal(AccountProblem.NoHead, (await HandOverAsync(leaving, Document)).Problem);
        Assert.Equal(AccountState.Open, (await province.AccountAsync(province.Admin, name))!.Line.State);
        // The head alone cannot hand over to themselves; a locked head takes nothing.
        var (head, _, _) = await province.GrantedAsync(province.Other, "T-FAC2", province.Somebody() with { HeadsUnit = true });
        Assert.Equal(AccountProblem.IsHead, (await HandOverAsync(head, Document)).Problem);
        Assert.Null(await LockAsync(province.Admin, head));
        Assert.Equal(AccountProblem.NoHead, (await HandOverAsync(leaving, Document)).Problem);
    }

    [Fact]
    public async Task HandOver_WithoutDocument_OrByOthersThanTheCentre_IsRefused()
    {
        var id = province.Board.AccountId!.Value;
        Assert.Equal(AccountProblem.LetterMissing, (await HandOverAsync(id, Document with { Number = " " })).Problem);
        Assert.Equal(AccountProblem.DateWrong, (await HandOverAsync(id, Document with { Date = new(2030, 1, 1) })).Problem);
        Assert.Equal(AccountProblem.OwnAccount, (await HandOverAsync(province.Admin.AccountId!.Value, Document)).Problem);
        foreach (var other in new[] { province.Department, province.Board, province.Facility, province.Guest })
            await Assert.ThrowsAsync<NotAllowedException>(() => province.Portal.WithAsync<HandOverAccount, (Handover?, AccountProblem?)>(hand => hand.RunAsync(other, id, Document, default)));
    }

    [Fact]
    public async Task HandOver_ByRequest_IsDoneAtTheGrant()
    {
        var (leaving, name, _) = await province.GrantedAsync(province.Board, "BQLVHL", province.Somebody("manager"));
        await province.GrantedAsync(province.Board, "BQLVHL", province.Somebody("manager") with { HeadsUnit = true });
        var id = await province.ApprovedAsync(province.Board, "BQLVHL", RequestPerson.Empty with { Act = RequestAct.HandOver, Account = leaving, Reason = "Chuyển công tác" });
        Assert.Null((await province.GrantAsync(province.Admin, id)).Problem);
        Assert.Null(await province.AccountAsync(province.Admin, name));
        Assert.NotNull(await province.AccountAsync(province.Board, AccountNaming.PseudonymOf(leaving)));
    }

    [Fact]
    public async Task Lock_WithReason_EndsSessionsAndIsUndoneWithReason()
    {
        var (id, name, password) = await province.GrantedAsync(province.Facility, "T-FAC", province.Somebody());
        Assert.Equal(AccountProblem.ReasonMissing, await LockAsync(province.Admin, id, " "));
        Assert.Equal(AccountProblem.OwnAccount, await LockAsync(province.Admin, province.Admin.AccountId!.Value));
        foreach (var other in new[] { province.Department, province.Facility })
            await Assert.ThrowsAsync<NotAllowedException>(() => LockAsync(other, id));
        Assert.Null(await LockAsync(province.Admin, id));
        Assert.Equal(AccountProblem.NotNow, await LockAsync(province.Admin2, id));
        var locked = (await province.AccountAsync(province.Facility, name))!;
        Assert.Equal((AccountState.Locked, "admin", "Vi phạm"), (locked.Line.State, locked.LockedBy, locked.LockedReason));
        Assert.Equal(AccountProblem.ReasonMissing, await province.Portal.WithAsync<LockAccount, AccountProblem?>(locks => locks.UnlockAsync(province.Admin, id, "", default)));
        Assert.Null(await province.Portal.WithAsync<LockAccount, AccountProblem?>(locks => locks.UnlockAsync(province.Admin, id, "Đã xử lý", default)));
        Assert.True(await province.OpensAsync(name, password));
        var (slip, problem) = await province.Portal.WithAsync<ResetPassword, (Handed?, AccountProblem?)>(reset => reset.RunAsync(province.Admin, id, "Quên mật khẩu", default));
        Assert.Null(problem);
        Assert.Equal((false, true), (await province.OpensAsync(name, password), await province.OpensAsync(name, slip!.Password)));
        await province.Portal.Database.ExecuteAsync($"INSERT INTO sign_in_trial (subject, lane, failed, first_at, last_at, shut_until) VALUES ('account:{id}', '203.0.113.5', 5, '2026-06-11 10:00+07', '2026-06-11 10:00+07', '2026-06-11 11:00+07')");
        var shut = (await province.AccountAsync(province.Admin, name))!;
        Assert.Equal((AccountState.LockedOut, "203.0.113.5"), (shut.Line.State, Assert.Single(shut.ShutFor)));
        Assert.Null(await province.Portal.WithAsync<LockAccount, AccountProblem?>(locks => locks.ClearLockoutAsync(province.Admin, id, "", default)));
        Assert.Equal(AccountState.Open, (await province.AccountAsync(province.Admin, name))!.Line.State);
        Assert.Equal(AccountProblem.UntilWrong, await ExtendAsync(id, new(2026, 6, 10)));
        Assert.Null(await ExtendAsync(id, new(2026, 7, 1)));
        Assert.Equal(["account-extended", "account-locked", "account-lockout-cleared", "account-password-reset", "account-unlocked"],
            await province.ListAsync($"SELECT act FROM audit WHERE subject = '{name}' AND act <> 'account-created' ORDER BY act COLLATE \"C\""));
    }

    [Fact]
    public async Task LastAdministrator_IsNeitherLockedNorHandedOver()
    {
        // Of the two administrators each locks the other at once: one stays.
        var both = await Task.WhenAll(LockAsync(province.Admin, province.Admin2.AccountId!.Value), LockAsync(province.Admin2, province.Admin.AccountId!.Value));
        Assert.Equal([AccountProblem.LastAdministrator], both.OfType<AccountProblem>());
        var standing = both[0] is null ? province.Admin : province.Admin2;
        await province.Portal.Database.ExecuteAsync("UPDATE account SET locked_at = NULL, locked_by = '', locked_reason = '' WHERE role = 'admin'");
        // Opened again it would have no say for a day, and the tests that come after need it.
        await province.Portal.Database.ExecuteAsync("UPDATE account SET renewed_at = NULL WHERE role = 'admin'");
        Assert.Equal(AccountProblem.OwnAccount, await LockAsync(standing, standing.AccountId!.Value));
    }

    private Task<(Handover? Done, AccountProblem? Problem)> HandOverAsync(int id, HandoverDocument document) =>
        province.Portal.WithAsync<HandOverAccount, (Handover?, AccountProblem?)>(hand => hand.RunAsync(province.Admin, id, document, default));

    private Task<AccountProblem?> LockAsync(Access by, int id, string reason = "Vi phạm") => province.Portal.WithAsync<LockAccount, AccountProblem?>(locks => locks.RunAsync(by, id, reason, default));

    private Task<AccountProblem?> ExtendAsync(int id, DateOnly? until) => province.Portal.WithAsync<LockAccount, AccountProblem?>(locks => locks.ExtendAsync(province.Admin, id, until, "", default));
}
