using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>What the pages of accounts show and ask before anything reaches the database.</summary>
public sealed class AccountLifeTests : KitContext
{
    private static readonly QuanTrac.Portal.Domain.Access.Access Admin = new(Role.Admin, Login.Province, 1, "admin", 1, "TTCNTT");
    private static readonly QuanTrac.Portal.Domain.Access.Access Manager = new(Role.Manager, Login.Province, 2, "department", 2, "SONNMT");

    public AccountLifeTests()
    {
        Services.AddScoped<RaiseNotice>().AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        Services.AddSecondWord();
        Services.AddAccountLife();
    }

    [Theory]
    [InlineData(AccountState.Open, "good", "Mở")]
    [InlineData(AccountState.Locked, "bad", "Khóa")]
    [InlineData(AccountState.Expired, "open", "Hết hạn")]
    [InlineData(AccountState.LockedOut, "open", "Tạm khóa do sai mật khẩu")]
    [InlineData(AccountState.Left, "", "Đã nghỉ")]
    public void State_OfAnAccount_IsAWordWithItsTint(AccountState state, string tint, string word) =>
        AssertBadge(Render<AccountStateMark>(given => given.Add(mark => mark.State, state)).Find("span"), tint, word);

    [Theory]
    [InlineData(RequestState.Draft, "", "Đang soạn")]
    [InlineData(RequestState.Sent, "open", "Chờ Trung tâm tổng hợp")]
    [InlineData(RequestState.Assembled, "open", "Chờ Sở phê duyệt")]
    [InlineData(RequestState.Approved, "brand", "Đã phê duyệt, chờ thực hiện")]
    [InlineData(RequestState.Granted, "good", "Đã thực hiện")]
    [InlineData(RequestState.Refused, "bad", "Không phê duyệt")]
    [InlineData(RequestState.Closed, "", "Đã đóng")]
    public void State_OfARequest_IsAWordWithItsTint(RequestState state, string tint, string word) =>
        AssertBadge(Render<RequestStateMark>(given => given.Add(mark => mark.State, state)).Find("span"), tint, word);

    [Fact]
    public void Views_OfWhoDoesNotManageAccounts_AreThree()
    {
        Assert.Equal(["/accounts", "/accounts/requests", "/accounts/review"], Links(Manager));
        Assert.Equal(["/accounts", "/accounts/requests", "/accounts/review", "/accounts/second-word", "/accounts/tokens", "/accounts/agency"], Links(Admin));

        string?[] Links(QuanTrac.Portal.Domain.Access.Access access)
        {
            var views = Render<AccountViews>(given => given.Add(one => one.Access, access).Add(one => one.Here, "requests"));
            Assert.Equal("Đề nghị", Words(views.Find("[aria-current=page]")));
            return [.. views.FindAll("a").Select(link => link.GetAttribute("href"))];
        }
    }

    [Theory]
    [InlineData(AccountState.Open, false, "Khóa tài khoản|Đổi thời hạn|Đặt lại mật khẩu|Bàn giao tài khoản")]
    [InlineData(AccountState.Locked, true, "Mở khóa|Đổi thời hạn|Đặt lại mật khẩu|Bàn giao tài khoản")]
    [InlineData(AccountState.LockedOut, false, "Bỏ tạm khóa do sai mật khẩu|Khóa tài khoản|Đổi thời hạn|Đặt lại mật khẩu|Bàn giao tài khoản")]
    public void Actions_OfAnAccount_AreThoseOfItsState(AccountState state, bool locked, string buttons) =>
        Assert.Equal(buttons, string.Join('|', Actions(state, locked).FindAll("button").Select(Words)));

    [Fact]
    public void Actions_OfAnAccountWithASay_SayThatTheyTakeTwo()
    {
        Assert.Contains("Việc cần hai người", Words(Actions(AccountState.Open, false, true).Find("section")), StringComparison.Ordinal);
        Assert.DoesNotContain("Việc cần hai người", Words(Actions(AccountState.Open, false).Find("section")), StringComparison.Ordinal);
    }

    [Fact]
    public void Lock_WithoutAReason_IsSaidAtTheFieldAndTheDialogStays()
    {
        var floats = Floats();
        Press(Actions(AccountState.Open, false), "Khóa tài khoản");
        Assert.Contains("Khóa tài khoản: Trần Thị Mẫu", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        Assert.Contains("bị đăng xuất ngay", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        Assert.Contains("danger", floats.Find("button[type=submit]").ClassList);
        floats.Find("form").Submit();
        floats.WaitForAssertion(() => Assert.Contains("Hãy ghi lý do.", Words(floats.Find(".mud-input-control")), StringComparison.Ordinal));
        Press(floats, "Hủy");
        floats.WaitForAssertion(() => Assert.Empty(floats.FindAll("form")));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Term_BeforeToday_IsSaidAtItsField(bool hasSay, int fields)
    {
        var floats = Floats();
        Press(Actions(AccountState.Open, false, hasSay), "Đổi thời hạn");
        Assert.Equal(fields, floats.FindAll(".mud-input-control").Count);
        floats.FindAll("form input")[0].Change("01/02/2020");
        floats.Find("form").Submit();
        floats.WaitForAssertion(() => Assert.Contains("phải sau hôm nay", Words(floats.FindAll(".mud-input-control")[0]), StringComparison.Ordinal));
    }

    [Fact]
    public void Handover_WantsTheLetterThenItsDay_EachAtItsField()
    {
        var floats = Floats();
        Press(Actions(AccountState.Open, false), "Bàn giao tài khoản");
        Assert.Contains("Không hoàn tác được", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        Assert.Equal(2, floats.FindAll("input[type=radio]").Count);
        floats.Find("form").Submit();
        floats.WaitForAssertion(() => Assert.Contains("Hãy ghi số, ký hiệu công văn.", Words(Field(floats, "letter")), StringComparison.Ordinal));
        floats.Find("input[name=letter]").Change("31/QĐ-TCCB");
        floats.Find("form").Submit();
        floats.WaitForAssertion(() => Assert.Contains("Ngày công văn thiếu hoặc sau hôm nay.", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal));
        Assert.DoesNotContain("Hãy ghi số", Words(Field(floats, "letter")), StringComparison.Ordinal);
    }

    [Fact]
    public void Passwords_AreHiddenOnlyAfterAsking()
    {
        var (floats, hidden) = (Floats(), 0);
        var slips = Render<PasswordSlips>(given => given.Add(one => one.Slips, [new("Trần Thị Mẫu", "tran.mau", "Abc-123-xyz", new(2027, 6, 30)), new("Lê Văn Hai", "le.hai", "Def-456-uvw", null, true)]).Add(one => one.OnHide, () => hidden++));
        Assert.Equal(["tran.mau", "Abc-123-xyz", "le.hai", "Def-456-uvw"], slips.FindAll("code").Select(Words));
        Assert.Contains("30/06/2027", Words(slips.FindAll("li")[0]), StringComparison.Ordinal);
        Assert.Contains("Trong ngày đầu", Words(slips.FindAll("li")[1]), StringComparison.Ordinal);
        Press(slips, "Đã giao, ẩn đi");
        Assert.Contains("Mật khẩu của 2 người không xem lại được", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        Press(floats, "Hủy");
        Assert.Equal(0, hidden);
        Press(slips, "Đã giao, ẩn đi");
        Press(floats, "Đã giao, ẩn đi");
        floats.WaitForAssertion(() => Assert.Equal(1, hidden));
    }

    [Fact]
    public void History_OfNothing_SaysSo()
    {
        Assert.Contains("Chưa có việc nào được ghi.", Words(Render<AccountHistory>(given => given.Add(one => one.Events, [])).Find("section")), StringComparison.Ordinal);
        var line = Render<AccountHistory>(given => given.Add(one => one.Events, [new(1, new(2026, 11, 2, 3, 0, 0, TimeSpan.Zero), "account-locked", "tran.mau", "admin", "Nghỉ việc")])).Find("li");
        Assert.Equal("Khóa admin, 02/11/2026 10:00 Nghỉ việc", Words(line));
    }

    private static void AssertBadge(IElement badge, string tint, string word)
    {
        Assert.Equal(word, Words(badge));
        Assert.Equal($"badge {tint}".Trim(), badge.ClassName!.Trim());
    }

    private IRenderedComponent<AccountActions> Actions(AccountState state, bool locked, bool hasSay = false)
    {
        var at = new DateTimeOffset(2026, 11, 2, 3, 0, 0, TimeSpan.Zero);
        var line = new AccountLine(7, "tran.mau", "Trần Thị Mẫu", Role.Facility, "HALONG", "Ban quản lý Vịnh Hạ Long", state, at, null, false, false);
        return Render<AccountActions>(given => given.Add(one => one.Access, Admin)
            .Add(one => one.Account, new(line, "", "", at, locked ? at : null, "", "", null, null, false, null, "1", false, hasSay)));
    }

    private static IElement Field(IRenderedComponent<MudDialogProvider> floats, string name) => floats.Find($"input[name={name}]").Closest(".mud-input-control")!;

    private static void Press<T>(IRenderedComponent<T> on, string words) where T : Microsoft.AspNetCore.Components.IComponent
    {
        on.WaitForAssertion(() => Assert.Contains(on.FindAll("button"), button => Words(button) == words));
        on.FindAll("button").First(button => Words(button) == words).Click();
    }
}
