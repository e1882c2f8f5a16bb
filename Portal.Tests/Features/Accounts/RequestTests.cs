using Microsoft.AspNetCore.Http;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Tests.Features.Accounts;

/// <summary>From the letter to the account, and each way in which it is refused.</summary>
public sealed class RequestTests(AccountProvince province) : IClassFixture<AccountProvince>
{
    [Fact]
    public async Task Request_SentAssembledApprovedGranted_MakesTheAccount()
    {
        var person = province.Somebody() with { HeadsUnit = true, Until = new(2027, 12, 31) };
        var id = await province.SentAsync(province.Facility, "T-FAC", person);
        Assert.Contains("Account.Sent", await province.ToldAsync(province.Admin, id));
        Assert.Null(await province.AssembleAsync(province.Admin, id));
        Assert.Contains("Account.Assembled", await province.ToldAsync(province.Department, id));
        Assert.Null(await province.DecideAsync(province.Department, id));
        Assert.Contains("Account.Approved", await province.ToldAsync(province.Admin2, id));
        var granted = await province.GrantAsync(province.Admin2, id);
        Assert.Null(granted.Problem);
        var slip = Assert.Single(granted.Passwords);
        Assert.Equal((person.FullName, person.UserName, new DateOnly(2027, 12, 31)), (slip.Person, slip.Name, slip.Until));
        Assert.True(await province.OpensAsync(slip.Name, slip.Password));
        Assert.Contains("Account.Granted", await province.ToldAsync(province.Facility, id));
        var made = (await province.AccountAsync(province.Facility, slip.Name))!;
        Assert.Equal((AccountState.Open, Role.Facility, LegalGroup.Manager, true, true), (made.Line.State, made.Line.Role, made.Line.Group, made.Line.HeadsUnit, made.MustChangePassword));
        Assert.Equal((person.Email, person.Phone), (made.Email, made.Phone));
        Assert.Equal(["drafted", "sent", "assembled", "approved", "granted"], (await province.FindAsync(province.Facility, id))!.Steps.Select(step => step.Step));
        Assert.Equal(["account-request-approved", "account-request-assembled", "account-request-drafted", "account-request-granted", "account-request-sent"],
            await province.ListAsync($"SELECT act FROM audit WHERE subject = '{id}' AND act LIKE 'account-request%' ORDER BY act"));
        Assert.Equal(0L, await province.CountAsync($"audit WHERE details::text LIKE '%{slip.Password}%'"));
        // Carried out once: the second is told.
        Assert.Equal(AccountProblem.NotNow, (await province.GrantAsync(province.Admin, id)).Problem);
    }

    [Fact]
    public async Task Approve_ByWhoeverAsked_IsRefused()
    {
        // A second account of the Department assembles nothing and asks for its own house.
        var id = await province.SentAsync(province.Department, "SONNMT", province.Somebody("manager"));
        Assert.Null(await province.AssembleAsync(province.Admin, id));
        Assert.Equal(AccountProblem.NotYoursToDecide, await province.DecideAsync(province.Department, id));
        Assert.False((await province.FindAsync(province.Department, id))!.MayDecide);
        var second = await province.Portal.AccountAsync($"department.{id}", Role.Manager, "SONNMT");
        Assert.Null(await province.DecideAsync(second, id));
    }

    [Fact]
    public async Task Approve_ByOthersThanTheDepartment_IsRefused()
    {
        var id = await province.SentAsync(province.Facility, "T-FAC", province.Somebody());
        Assert.Null(await province.AssembleAsync(province.Admin, id));
        await Assert.ThrowsAsync<NotAllowedException>(() => province.DecideAsync(province.Admin2, id));
        await Assert.ThrowsAsync<NotAllowedException>(() => province.DecideAsync(province.Board, id));
        await Assert.ThrowsAsync<NotAllowedException>(() => province.DecideAsync(province.Facility, id));
        // It has the capability, but not the request: another state body that sees the province.
        Assert.Equal(AccountProblem.NotThere, await province.DecideAsync(province.SubDepartment, id));
        var own = await province.SentAsync(province.SubDepartment, "CCBVMT", province.Somebody("manager"));
        Assert.Null(await province.AssembleAsync(province.Admin, own));
        var colleague = await province.Portal.AccountAsync($"sub.{own}", Role.Manager, "CCBVMT");
        Assert.Equal(AccountProblem.NotYoursToDecide, await province.DecideAsync(colleague, own));
        Assert.Equal(RequestState.Assembled, (await province.FindAsync(province.Admin, id))!.State);
    }

    [Fact]
    public async Task Refused_WithReason_ReachesWhoeverAskedAndMakesNothing()
    {
        var person = province.Somebody();
        var id = await province.SentAsync(province.Facility, "T-FAC", person);
        Assert.Null(await province.AssembleAsync(province.Admin, id));
        Assert.Equal(AccountProblem.ReasonMissing, await province.DecideAsync(province.Department, id, " "));
        Assert.Null(await province.DecideAsync(province.Department, id, "Chưa đúng đối tượng"));
        Assert.Contains("Account.Refused", await province.ToldAsync(province.Facility, id));
        Assert.Contains((await province.FindAsync(province.Facility, id))!.Steps, step => step.Words == "Chưa đúng đối tượng");
        Assert.Equal(AccountProblem.NotNow, (await province.GrantAsync(province.Admin, id)).Problem);
        Assert.Null(await province.AccountAsync(province.Admin, person.UserName));
    }

    [Fact]
    public async Task Returned_ByTheCentre_IsADraftAgainAndCanBeSent()
    {
        var id = await province.SentAsync(province.Facility, "T-FAC", province.Somebody());
        Assert.Null(await province.AssembleAsync(province.Admin, id, "Thiếu dấu"));
        Assert.Equal(RequestState.Draft, (await province.FindAsync(province.Facility, id))!.State);
        Assert.Contains("Account.Returned", await province.ToldAsync(province.Facility, id));
        // A draft is its writer's own.
        Assert.Null(await province.FindAsync(province.Admin, id));
        Assert.Null(await province.SendAsync(province.Facility, id));
    }

    [Fact]
    public async Task Corrected_ByTheCentre_IsAudited()
    {
        var id = await province.SentAsync(province.Facility, "T-FAC", province.Somebody());
        var person = (await province.FindAsync(province.Admin, id))!.Persons.Single();
        Assert.Equal(AccountProblem.NotNow, await province.SaveAsync(province.Facility, id, person with { Phone = "0988 777 666" }));
        Assert.Null(await province.SaveAsync(province.Admin, id, person with { Phone = "0988 777 666" }));
        Assert.Equal("0988 777 666", (await province.FindAsync(province.Admin, id))!.Persons.Single().Phone);
        Assert.Equal(1L, await province.CountAsync($"audit WHERE act = 'account-request-corrected' AND subject = '{id}'"));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("manager")]
    [InlineData("parent")]
    [InlineData("guest")]
    [InlineData("Role")]
    [InlineData("")]
    public async Task Role_ThatDoesNotSuitTheKind_IsRefused(string role)
    {
        var (id, _) = await province.StartAsync(province.Facility, "T-FAC");
        Assert.Equal(AccountProblem.RoleWrong, await province.SaveAsync(province.Facility, id, province.Somebody(role)));
    }

    [Fact]
    public async Task Role_Administrator_OnlyOfTheCentre()
    {
        var (department, _) = await province.StartAsync(province.Department, "SONNMT");
        Assert.Equal(AccountProblem.RoleWrong, await province.SaveAsync(province.Department, department, province.Somebody("admin")));
        var (centre, _) = await province.StartAsync(province.Admin, "TTCNTT");
        Assert.Null(await province.SaveAsync(province.Admin, centre, province.Somebody("admin")));
    }

    [Fact]
    public async Task Start_ForAnotherOrganisation_IsRefused()
    {
        foreach (var (who, organisation) in new[] { (province.Facility, "T-FAC2"), (province.Facility, "TTCNTT"), (province.Board, "SONNMT"), (province.Department, "T-FAC"), (province.SubDepartment, "SONNMT") })
            Assert.Equal(AccountProblem.OrganisationUnknown, (await province.StartAsync(who, organisation)).Problem);
        Assert.Null((await province.StartAsync(province.Admin, "T-FAC2")).Problem);
        await Assert.ThrowsAsync<NotAllowedException>(() => province.StartAsync(province.Guest, "T-PUBLIC"));
    }

    [Fact]
    public async Task OthersRequestsAndAccounts_AreNotFound()
    {
        var id = await province.SentAsync(province.Facility, "T-FAC", province.Somebody());
        foreach (var stranger in new[] { province.Other, province.Board, province.SubDepartment })
        {
            Assert.Null(await province.FindAsync(stranger, id));
            Assert.Equal(AccountProblem.NotThere, await province.SaveAsync(stranger, id, province.Somebody()));
            Assert.Equal(AccountProblem.NotThere, await province.SendAsync(stranger, id));
            Assert.Equal(AccountProblem.NotThere, await province.AttachAsync(stranger, id));
            Assert.Null(await province.AccountAsync(stranger, "facility"));
            Assert.DoesNotContain((await province.Portal.WithAsync<AccountsData, QuanTrac.Portal.Ui.GridRows<AccountLine>>(data => data.PageAsync(stranger, AccountFilter.Of("all", null, null, null), new(null, false, 0, 1000), "vi", default))).Rows,
                line => line.OrganisationCode != stranger.OrganisationCode);
            Assert.DoesNotContain(await province.Portal.WithAsync<RequestData, IReadOnlyList<RequestLine>>(data => data.ListAsync(stranger, "all", "vi", default)), line => line.Id == id);
        }
        foreach (var office in new[] { province.Admin, province.Department })
        {
            Assert.NotNull(await province.FindAsync(office, id));
            Assert.NotNull(await province.AccountAsync(office, "facility"));
        }
    }

    [Fact]
    public async Task Change_OfAnAccountOfAnotherOrganisation_IsRefused()
    {
        var (id, _) = await province.StartAsync(province.Facility, "T-FAC");
        foreach (var act in new[] { RequestAct.Change, RequestAct.Lock, RequestAct.HandOver })
            Assert.Equal(AccountProblem.AccountUnknown, await province.SaveAsync(province.Facility, id, province.Somebody() with { Act = act, Account = province.Other.AccountId, Reason = "x" }));
    }

    [Fact]
    public async Task Person_WithWhatIsWrong_IsToldWhat()
    {
        var (id, _) = await province.StartAsync(province.Facility, "T-FAC");
        var good = province.Somebody();
        async Task Is(AccountProblem problem, RequestPerson person) => Assert.Equal(problem, await province.SaveAsync(province.Facility, id, person));
        await Is(AccountProblem.NameMissing, good with { FullName = "  " });
        await Is(AccountProblem.LoginWrong, good with { UserName = "có dấu" });
        await Is(AccountProblem.LoginWrong, good with { UserName = "requests" });
        await Is(AccountProblem.LoginWrong, good with { UserName = "nghi-0001" });
        await Is(AccountProblem.LoginTaken, good with { UserName = "ADMIN" });
        await Is(AccountProblem.EmailWrong, good with { Email = "khong-phai-thu" });
        await Is(AccountProblem.PhoneWrong, good with { Phone = "12ab" });
        await Is(AccountProblem.UntilWrong, good with { Until = new(2026, 6, 11) });
        await Is(AccountProblem.TooLong, good with { FullName = new('x', 101) });
        await Is(AccountProblem.ReasonMissing, good with { Act = RequestAct.Lock, Account = province.Facility.AccountId });
        Assert.Null(await province.SaveAsync(province.Facility, id, good));
        // Twice in one request.
        await Is(AccountProblem.LoginTaken, good);
        await Is(AccountProblem.EmailTaken, good with { UserName = "khac.1" });
        await Is(AccountProblem.PersonTaken, good with { UserName = "khac.1", Email = "khac1@example.vn" });
    }

    [Fact]
    public async Task Person_WhoHasAnAccountOrIsAskedFor_IsRefused()
    {
        var person = province.Somebody();
        var open = await province.SentAsync(province.Facility, "T-FAC", person);
        var (id, _) = await province.StartAsync(province.Other, "T-FAC2");
        var twin = province.Somebody() with { Email = person.Email.ToUpperInvariant() };
        Assert.Equal(AccountProblem.EmailTaken, await province.SaveAsync(province.Other, id, twin));
        // The same name elsewhere is another person.
        Assert.Null(await province.SaveAsync(province.Other, id, province.Somebody() with { FullName = person.FullName }));
        Assert.Null(await province.AssembleAsync(province.Admin, open));
        Assert.Null(await province.DecideAsync(province.Department, open));
        Assert.Null((await province.GrantAsync(province.Admin, open)).Problem);
        Assert.Equal(AccountProblem.EmailTaken, await province.SaveAsync(province.Other, id, twin));
        var (own, _) = await province.StartAsync(province.Facility, "T-FAC");
        Assert.Equal(AccountProblem.PersonTaken, await province.SaveAsync(province.Facility, own, province.Somebody() with { FullName = person.FullName.ToUpperInvariant() }));
    }

    [Fact]
    public async Task Send_WithoutScanOrPersons_SaysWhatIsMissing()
    {
        var (id, _) = await province.StartAsync(province.Facility, "T-FAC");
        Assert.Equal(AccountProblem.ScanMissing, await province.SendAsync(province.Facility, id));
        Assert.Equal(FileRefusal.Kind, (await Assert.ThrowsAsync<FileRefusedException>(() => province.AttachAsync(province.Facility, id, "a.pdf", "<html>"))).Refusal);
        Assert.Null(await province.AttachAsync(province.Facility, id));
        Assert.Equal(AccountProblem.NobodyNamed, await province.SendAsync(province.Facility, id));
    }

    [Fact]
    public async Task TwoAtOnce_OnOneRequest_DoItOnce()
    {
        var person = province.Somebody();
        var id = await province.ApprovedAsync(province.Facility, "T-FAC", person);
        var version = await province.VersionAsync(id);
        var both = await Task.WhenAll(province.GrantAsync(province.Admin, id, version), province.GrantAsync(province.Admin2, id, version));
        Assert.Single(both, granted => granted.Problem is null);
        Assert.Single(both, granted => granted.Problem is AccountProblem.Changed or AccountProblem.NotNow);
        Assert.Equal(1L, await province.CountAsync($"account WHERE user_name = '{person.UserName}'"));
        var sent = await province.SentAsync(province.Facility, "T-FAC", province.Somebody());
        var read = await province.VersionAsync(sent);
        var assembled = await Task.WhenAll(province.AssembleAsync(province.Admin, sent, null, read), province.AssembleAsync(province.Admin2, sent, "Thiếu", read));
        Assert.Single(assembled, problem => problem is null);
    }

    [Fact]
    public async Task Grant_OfOneThatCannotBeDone_DoesNothing()
    {
        var (first, second) = (province.Somebody(), province.Somebody());
        var id = await province.ApprovedAsync(province.Facility, "T-FAC", first, second);
        // Taken meanwhile by somebody at the console.
        await province.Portal.AccountAsync(second.UserName, Role.Facility, "T-FAC2");
        var granted = await province.GrantAsync(province.Admin, id);
        Assert.Equal((AccountProblem.LoginTaken, second.FullName), (granted.Problem, granted.Person));
        Assert.Null(await province.AccountAsync(province.Admin, first.UserName));
        // It goes back, with the reason.
        Assert.Null(await province.AssembleAsync(province.Admin, id, "Tên đăng nhập đã có"));
    }

    [Fact]
    public async Task Guest_WhoAsked_IsAssembledApprovedAndGranted()
    {
        var asked = new GuestQuestion("  Sinh   viên ", "Sinh.Vien@Example.vn", "Trường", "Luận văn");
        Assert.Equal(AskOutcome.Taken, await province.Portal.WithAsync<AskAccount, AskOutcome>(ask => ask.TryAsync(new DefaultHttpContext(), asked, "")));
        var id = (int)(await province.ReadAsync("SELECT id FROM account_request WHERE kind = 'guest'"))!;
        Assert.Contains("Account.Asked", await province.ToldAsync(province.Admin, id));
        var person = (await province.FindAsync(province.Admin, id))!.Persons.Single();
        Assert.Equal(("Sinh viên", "sinh.vien", "guest", "sinh.vien@example.vn"), (person.FullName, person.UserName, person.Role, person.Email));
        // Whoever fills in the form names neither role nor organisation; the Centre cannot make more of a guest.
        Assert.Equal(AccountProblem.RoleWrong, await province.SaveAsync(province.Admin, id, person with { Role = "manager" }));
        Assert.Null(await province.AssembleAsync(province.Admin, id));
        Assert.Null(await province.DecideAsync(province.Department, id));
        Assert.Null((await province.GrantAsync(province.Admin, id)).Problem);
        Assert.Equal(LegalGroup.Guest, (await province.AccountAsync(province.Admin, "sinh.vien"))!.Line.Group);
    }

    [Fact]
    public async Task Guest_WhereThereIsNoOrganisationOfGuests_GetsOne()
    {
        await using var connection = await province.Portal.Database.OpenAsync(QuanTrac.Portal.Data.Cluster.DatabaseRole.Owner);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("UPDATE organisation_name SET valid = '(,2000-01-01)' WHERE organisation_id IN (SELECT id FROM organisation WHERE kind = 'public')", default);
        var made = await connection.ScalarAsync<int>("SELECT portal_guest_organisation()", default);
        Assert.Equal(made, await connection.ScalarAsync<int>("SELECT portal_guest_organisation()", default));
        Assert.Equal("KHACH public", await connection.ScalarAsync<string>($"SELECT code || ' ' || kind FROM organisation WHERE id = {made}", default));
    }

    [Fact]
    public async Task Change_OfARole_EndsTheSessions()
    {
        var (account, name, _) = await province.GrantedAsync(province.Admin, "TTCNTT", province.Somebody("admin"));
        await province.Portal.Database.ExecuteAsync($"INSERT INTO account_session (id, account_id, way, started_at, seen_at, ends_at) VALUES (gen_random_uuid(), {account}, 'password', now(), now(), now() + interval '1 hour')");
        var id = await province.ApprovedAsync(province.Admin2, "TTCNTT", province.Somebody("manager") with { Act = RequestAct.Change, Account = account, UserName = "" });
        Assert.Null((await province.GrantAsync(province.Admin, id)).Problem);
        Assert.Equal(Role.Manager, (await province.AccountAsync(province.Admin, name))!.Line.Role);
        Assert.Equal(["rights"], await province.ListAsync($"SELECT end_reason FROM account_session WHERE account_id = {account}"));
    }
}
