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

/// <summary>A request for accounts: who is offered which act, and what each says before it is done.</summary>
public sealed class AccountRequestTests : KitContext
{
    private static readonly QuanTrac.Portal.Domain.Access.Access Department = new(Role.Manager, Login.Province, 2, "department", 2, "SONNMT");
    private static readonly QuanTrac.Portal.Domain.Access.Access Admin = new(Role.Admin, Login.Province, 1, "admin", 1, "TTCNTT");

    public AccountRequestTests()
    {
        Services.AddScoped<RaiseNotice>().AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        Services.AddSecondWord();
        Services.AddAccountLife();
    }

    [Fact]
    public void Actions_OfWhoeverMayDoNothing_AreNotThere() => Assert.Empty(Actions(Request()).Markup.Trim());

    [Fact]
    public void Actions_AreThoseThatTheReaderMayDo()
    {
        Assert.Equal("Gửi Trung tâm|Rút đề nghị", Buttons(Request() with { MayEdit = true, MayClose = true }));
        Assert.Equal("Tổng hợp, trình Sở phê duyệt|Trả lại", Buttons(Request(RequestState.Sent) with { MayEdit = true, MayAssemble = true }));
        Assert.Equal("Phê duyệt|Không phê duyệt", Buttons(Request(RequestState.Assembled) with { MayDecide = true }));
        Assert.Equal("Thực hiện|Trả lại", Buttons(Request(RequestState.Approved) with { MayGrant = true }));

        string Buttons(RequestDetail request) => string.Join('|', Actions(request).FindAll("button").Select(Words).Where(words => words.Length > 0));
    }

    [Fact]
    public void Refusal_WithoutAReason_IsSaidAtTheField()
    {
        var floats = Floats();
        Press(Actions(Request(RequestState.Assembled) with { MayDecide = true }, Department), "Không phê duyệt");
        Assert.Contains("Đề nghị kết thúc tại đây", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        floats.Find("form").Submit();
        floats.WaitForAssertion(() => Assert.Contains("Hãy ghi lý do.", Words(floats.Find(".mud-input-control")), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "trở lại người gửi để sửa")]
    [InlineData(true, "Khách không có bản nháp")]
    public void Return_SaysWhatBecomesOfIt(bool guest, string words)
    {
        var floats = Floats();
        Press(Actions(Request(RequestState.Sent) with { MayAssemble = true, Guest = guest }), "Trả lại");
        Assert.Contains(words, Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
    }

    [Fact]
    public void Withdrawal_SaysHowManyPersonsItDrops()
    {
        var floats = Floats();
        Press(Actions(Request() with { MayEdit = true, MayClose = true, Persons = [Person(1), Person(2)] }), "Rút đề nghị");
        Assert.Contains("2 người trong danh sách không được xử lý", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        Assert.Contains(floats.FindAll("button"), button => button.ClassList.Contains("danger") && Words(button) == "Rút đề nghị");
    }

    [Theory]
    [InlineData(RequestAct.Grant, "primary", "Cấp mới 2, thay đổi 0, khóa 0, bàn giao 0 tài khoản.")]
    [InlineData(RequestAct.Lock, "danger", "Cấp mới 1, thay đổi 0, khóa 1, bàn giao 0 tài khoản.")]
    [InlineData(RequestAct.HandOver, "danger", "Cấp mới 1, thay đổi 0, khóa 0, bàn giao 1 tài khoản.")]
    public void CarryingOut_SaysInNumbersWhatItDoes(RequestAct second, string look, string sentence)
    {
        var floats = Floats();
        Press(Actions(Request(RequestState.Approved) with { MayGrant = true, Persons = [Person(1), Person(2) with { Act = second }] }), "Thực hiện");
        Assert.Contains(sentence, Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        Assert.Contains(floats.FindAll("button"), button => button.ClassList.Contains(look) && Words(button) == "Thực hiện");
    }

    [Fact]
    public void Persons_OfWhoeverOnlyReads_HaveNoButtons()
    {
        var list = Persons(Request(RequestState.Assembled) with { Persons = [Person(1), Person(2) with { Act = RequestAct.Lock, FullName = "", UserName = "", AccountName = "le.hai", Until = null, Reason = "Nghỉ việc" }] });
        Assert.Empty(list.FindAll("button"));
        Assert.Equal("Cấp mới Nguyễn Văn 1 nguyen.van.1 · Cơ sở · 1@example.vn · 0912345678 · Dùng đến hết ngày 31/12/2027", Words(list.FindAll("li")[0]));
        Assert.Equal("Khóa le.hai le.hai Nghỉ việc", Words(list.FindAll("li")[1]));
        Assert.Equal(["badge", "badge open"], list.FindAll("li .badge").Select(badge => badge.ClassName!.Trim()));
    }

    [Fact]
    public void Persons_OfNobody_SaySo() => Assert.Contains("Chưa có ai trong danh sách.", Words(Persons(Request(RequestState.Assembled)).Find("section")), StringComparison.Ordinal);

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Letter_IsTakenOnlyOfWhoMayEdit(bool mayEdit, int forms)
    {
        Services.AddSingleton<Microsoft.AspNetCore.Components.Forms.AntiforgeryStateProvider>(new NoForgery());
        var letter = Render<RequestLetter>(given => given.Add(one => one.Request, Request() with { MayEdit = mayEdit }));
        Assert.Equal(forms, letter.FindAll("input[type=file]").Count);
        Assert.Contains("Chưa có bản quét công văn.", Words(letter.Find("section")), StringComparison.Ordinal);
    }

    private static RequestDetail Request(RequestState state = RequestState.Draft) =>
        new(12, false, "HALONG", "Ban quản lý Vịnh Hạ Long", "board", "125/CV-BQL", new(2026, 11, 2), "", "", "", state, "halong", "1", [], []);

    private static RequestPerson Person(int id) =>
        new(RequestAct.Grant, null, $"Nguyễn Văn {id}", $"nguyen.van.{id}", "facility", $"{id}@example.vn", "0912345678", false, new(2027, 12, 31), "") { Id = id };

    private IRenderedComponent<RequestActions> Actions(RequestDetail request, QuanTrac.Portal.Domain.Access.Access? access = null) => Render<RequestActions>(given => given.Add(one => one.Access, access ?? Admin).Add(one => one.Request, request));

    private IRenderedComponent<RequestPersonList> Persons(RequestDetail request) =>
        Render<RequestPersonList>(given => given.Add(one => one.Access, Department).Add(one => one.Request, request).Add(one => one.Accounts, []));

    private static void Press(IRenderedComponent<RequestActions> on, string words) => on.FindAll("button").First(button => Words(button) == words).Click();

    private sealed class NoForgery : Microsoft.AspNetCore.Components.Forms.AntiforgeryStateProvider
    {
        public override Microsoft.AspNetCore.Components.Forms.AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
