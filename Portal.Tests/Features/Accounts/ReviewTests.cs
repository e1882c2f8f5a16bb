using System.Text;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Features.Duties;

namespace QuanTrac.Portal.Tests.Features.Accounts;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>The yearly review and its duty, the list file of persons, what one keeps of oneself.</summary>
public sealed class ReviewTests(AccountProvince province) : IClassFixture<AccountProvince>
{
    [Fact]
    public async Task Review_Confirmed_FulfilsTheDutyAndDraftsWhatChanges()
    {
        await province.Portal.WithAsync<PlanDuties, object?>(async plan => { await plan.RunAsync(CommandContext.Console, default); return null; });
        var (leaving, _, _) = await province.GrantedAsync(province.Board, "BQLVHL", province.Somebody("manager"));
        Assert.Equal(AccountProblem.ReasonMissing, await SaveAsync(province.Board, leaving, "lock", ""));
        Assert.Null(await SaveAsync(province.Board, leaving, "lock", "Đã chuyển việc"));
        Assert.Equal(AccountProblem.NotThere, await SaveAsync(province.Board, province.Facility.AccountId!.Value, "keep", ""));
        Assert.Equal(AccountProblem.NotReviewed, (await ConfirmAsync(province.Board)).Problem);
        Assert.Null(await SaveAsync(province.Board, province.Board.AccountId!.Value, "keep", ""));
        var before = await province.Portal.WithAsync<ReviewData, IReadOnlyList<ReviewStanding>>(data => data.StandingAsync(province.Admin, "vi", default));
        Assert.Equal((2, 2, null), before.Where(one => one.Code == "BQLVHL").Select(one => (one.Accounts, one.Judged, one.ConfirmedAt)).Single());

        var (draft, problem) = await ConfirmAsync(province.Board);
        Assert.Null(problem);
        var request = (await province.FindAsync(province.Board, draft))!;
        Assert.Equal((RequestState.Draft, RequestAct.Lock, "Đã chuyển việc"), (request.State, request.Persons.Single().Act, request.Persons.Single().Reason));
        var review = await province.Portal.WithAsync<ReviewData, Review>(data => data.OfAsync(province.Board, "vi", default));
        Assert.True(review.Fulfilled);
        Assert.Equal(new DateOnly(2026, 6, 29), review.LastDay);
        Assert.Equal(["88/CV"], await province.ListAsync($"SELECT document_number FROM duty_fulfilment WHERE occurrence_id = {review.Occurrence}"));
        Assert.Equal(1L, await province.CountAsync("account_review r JOIN stored_file f ON f.sha256 = r.file_sha256 JOIN duty_fulfilment d ON d.file_sha256 = f.sha256 WHERE year = 2026"));
        // Once a year, and what was confirmed stays.
        Assert.Equal(AccountProblem.AlreadyConfirmed, (await ConfirmAsync(province.Board)).Problem);
        Assert.Equal(AccountProblem.AlreadyConfirmed, await SaveAsync(province.Board, leaving, "keep", ""));
        Assert.Equal(AccountState.Open, (await province.AccountAsync(province.Board, (await province.ListAsync($"SELECT user_name FROM account WHERE id = {leaving}"))[0]))!.Line.State);
        var after = await province.Portal.WithAsync<ReviewData, IReadOnlyList<ReviewStanding>>(data => data.StandingAsync(province.Admin, "vi", default));
        Assert.Contains(after, one => one is { Code: "BQLKKT", ConfirmedAt: null, LastDay: not null });
        Assert.NotNull(after.Single(one => one.Code == "BQLVHL").ConfirmedAt);
        await Assert.ThrowsAsync<NotAllowedException>(() => province.Portal.WithAsync<ReviewData, IReadOnlyList<ReviewStanding>>(data => data.StandingAsync(province.Department, "vi", default)));
    }

    [Fact]
    public async Task List_OfPersons_IsTakenWholeOrToldWhatIsWrong()
    {
        var (id, _) = await province.StartAsync(province.Facility, "T-FAC");
        const string header = "# Mẫu\nHọ và tên,Tên đăng nhập,Vai trò,Thư điện tử,Điện thoại,Thủ trưởng,Dùng đến hết ngày\n";
        var (taken, faults) = await ListAsync(province.Facility, id, header
            + "Trần Thị Bình,tran.thi.binh,,binh@example.vn,0912345678,có,31/12/2027\nLê Văn Cường,le.van.cuong,Cơ sở,cuong@example.vn,,,\n");
        Assert.Empty(faults);
        Assert.Equal(2, taken);
        Assert.Equal(["Lê Văn Cường facility false ", "Trần Thị Bình facility true 2027-12-31"], await province.ListAsync(
            $"SELECT full_name || ' ' || role || ' ' || heads_unit::text || ' ' || coalesce(valid_until::text, '') FROM account_request_person WHERE request_id = {id} ORDER BY full_name COLLATE \"C\""));
        (taken, faults) = await ListAsync(province.Facility, id, header
            + "Phạm Văn Dũng,dung,Quản trị viên,dung@example.vn,,,\n"
            + "Phạm Văn Em,phạm em,,em@example.vn,,,\n"
            + "Phạm Văn Giang,giang,,giang@,,,\n"
            + "Phạm Văn Hải,hai.1,,binh@example.vn,,,\n"
            + "Phạm Văn Khoa,khoa,,khoa@example.vn,,,31/02/2027\n"
            + "Phạm Văn Lâm,lam,,khoa2@example.vn,,,\nPhạm Văn Minh,lam,,minh@example.vn,,,\n");
        Assert.Equal(0, taken);
        Assert.Equal([(3, AccountProblem.RoleWrong), (4, AccountProblem.LoginWrong), (5, AccountProblem.EmailWrong), (6, AccountProblem.EmailTaken), (7, AccountProblem.UntilWrong), (9, AccountProblem.LoginTaken)],
            faults.Select(fault => (fault.Row, fault.Problem)));
        Assert.Equal(("Vai trò", "Quản trị viên"), (faults[0].Column, faults[0].Value));
        Assert.Contains("Cơ sở", faults[0].Wanted, StringComparison.Ordinal);
        Assert.Equal(2L, await province.CountAsync($"account_request_person WHERE request_id = {id}"));
        // A column that the template does not have gives nobody another organisation or more rights.
        (taken, faults) = await ListAsync(province.Facility, id, "full_name,user_name,role,email,organisation_code,organisation,must_change_password\nĐỗ Văn Nam,do.nam,facility,nam@example.vn,TTCNTT,TTCNTT,0\n");
        Assert.Equal((1, 0), (taken, faults.Count));
        Assert.Equal(AccountProblem.NotThere, (await ReadAsync(province.Other, id, header)).Problem);
    }

    [Fact]
    public async Task OwnData_ReadAndCorrected_IsOnesOwn()
    {
        var access = province.Other;
        Assert.Equal(AccountProblem.EmailWrong, await CorrectAsync(access, "x", ""));
        Assert.Null(await CorrectAsync(access, "Other@Example.vn", "0203 123 456"));
        Assert.Null(await CorrectAsync(province.Guest, "khach@example.vn", ""));
        Assert.Equal(AccountProblem.EmailTaken, await CorrectAsync(province.Guest, "OTHER@example.vn", ""));
        await province.Portal.Database.ExecuteAsync(
            "INSERT INTO form_draft (account_id, form, fields, kept_at) SELECT id, 'desk/new/' || user_name, jsonb_build_object('Words', user_name), now() FROM account;"
            + "INSERT INTO list_view (account_id, list, name, query) SELECT id, 'nghia-vu', user_name, '' FROM account");
        var own = await province.Portal.WithAsync<OwnData, OwnRecord>(data => data.ReadAsync(access, default));
        Assert.Equal(("other", "other@example.vn", "0203 123 456", "T-FAC2"), (own.Login, own.Email, own.Phone, own.Organisation));
        Assert.Equal(("desk/new/other", """{"Words": "other"}"""), own.Drafts.Select(draft => (draft.Form, draft.Fields)).Single());
        Assert.Equal(["nghia-vu: other"], own.Views);
    }

    private Task<AccountProblem?> SaveAsync(Access by, int account, string verdict, string reason) =>
        province.Portal.WithAsync<SaveReview, AccountProblem?>(save => save.RunAsync(by, account, verdict, reason, default));

    private Task<(int Draft, AccountProblem? Problem)> ConfirmAsync(Access by) =>
        province.Portal.WithAsync<ConfirmReview, (int, AccountProblem?)>(confirm => confirm.RunAsync(by, "88/CV", new(2026, 6, 10), default));

    private Task<AccountProblem?> CorrectAsync(Access by, string email, string phone) => province.Portal.WithAsync<OwnData, AccountProblem?>(data => data.CorrectAsync(by, email, phone, default));

    private async Task<(int Taken, IReadOnlyList<PersonFault> Faults)> ListAsync(Access by, int request, string text)
    {
        var (taken, faults, problem) = await ReadAsync(by, request, text);
        Assert.Null(problem);
        return (taken, faults);
    }

    private async Task<(int Taken, IReadOnlyList<PersonFault> Faults, AccountProblem? Problem)> ReadAsync(Access by, int request, string text)
    {
        var path = Path.Combine(province.Portal.Folder, $"{Guid.NewGuid():N}.csv");
        await File.WriteAllTextAsync(path, text, Encoding.UTF8, TestContext.Current.CancellationToken);
        return await province.Portal.WithAsync<ReadPersons, (int, IReadOnlyList<PersonFault>, AccountProblem?)>(read => read.RunAsync(by, request, path, default));
    }
}
