using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Desk;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Tests.Components;

using Access = QuanTrac.Portal.Domain.Access.Access;

public sealed class DeskPartsTests : KitContext
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero);
    private static readonly Access Centre = new(Role.Admin, Login.Province, 1, "qt", 1, "TTCNTT");
    private static readonly Access Company = new(Role.Facility, Login.Scoped, 2, "cs", 2, "T-A");

    public DeskPartsTests()
    {
        Services.AddDesk();
        Services.AddScoped<RaiseNotice>();
        Services.AddSingleton<AntiforgeryStateProvider>(new NoToken());
        // Who it is stays unknown, so that no form looks for its draft.
        Services.AddScoped(_ => new CurrentAccess(new Unknown(), new HttpContextAccessor()));
    }

    [Theory]
    [InlineData(DeskState.New, "Mới", "brand")]
    [InlineData(DeskState.Working, "Đang xử lý", "brand")]
    [InlineData(DeskState.Waiting, "Chờ người hỏi", "open")]
    [InlineData(DeskState.Answered, "Đã trả lời", "good")]
    [InlineData(DeskState.Closed, "Đã đóng", null)]
    public void Badge_OfAState_SaysItInWords(DeskState state, string words, string? tint)
    {
        var badge = Render<DeskStateMark>(given => given.Add(one => one.State, state)).Find(".badge");
        Assert.Equal(words, Words(badge));
        Assert.Equal(tint is null ? ["badge"] : ["badge", tint], badge.ClassList);
    }

    [Theory]
    [InlineData(72, "còn 3 ngày", false)]
    [InlineData(5, "còn 5 giờ", false)]
    [InlineData(-50, "quá hạn 2 ngày", true)]
    public void Due_BeforeAndAfter_SaysHowFar(int hours, string words, bool late)
    {
        var due = Render<DeskDueText>(given => given.Add(one => one.Due, Now.AddHours(hours)).Add(one => one.Now, Now)).Find(".due");
        Assert.StartsWith(words, Words(due), StringComparison.Ordinal);
        Assert.Equal(late, due.ClassList.Contains("late"));
    }

    [Fact]
    public void Due_OfNothing_SaysWhatItIsTold() =>
        Assert.Equal("Không quy định", Words(Render<DeskDueText>(given => given.Add(one => one.Due, null).Add(one => one.Now, Now).Add(one => one.None, "Không quy định")).Find(".due")));

    [Fact]
    public void Fault_OfEachProblem_HasASentence()
    {
        var texts = Services.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<DeskTexts>>();
        Assert.All(Enum.GetValues<DeskProblem>(), problem => Assert.DoesNotContain("Problem.", DeskWords.Fault(texts, problem)!.Text, StringComparison.Ordinal));
        Assert.Null(DeskWords.Fault(texts, null));
    }

    [Fact]
    public void Own_OfAnotherOnesItem_OffersNothing() => Assert.Equal("", Own(Item(DeskState.Working, own: false), Company).Markup.Trim());

    [Fact]
    public void Own_WhileItIsWorkedOn_SendsFirstAndWithdrawsWithAQuestion()
    {
        var own = Own(Item(DeskState.Working, own: true), Company);
        Assert.Contains("primary", own.Find("button[type=submit]").ClassList);
        var close = own.FindAll("button[type=button]").Single(button => Words(button) == "Không cần nữa, đóng");
        Assert.Contains("danger", close.ClassList);
        var floats = Floats();
        close.Click();
        floats.WaitForAssertion(() => Assert.Contains("30 ngày", Words(floats.Find(".mud-dialog-content")), StringComparison.Ordinal));
    }

    [Fact]
    public void Own_OnceAnswered_ConfirmsFirst()
    {
        var own = Own(Item(DeskState.Answered, own: true), Company);
        Assert.DoesNotContain("primary", own.Find("button[type=submit]").ClassList);
        Assert.Contains("primary", own.FindAll("button[type=button]").Single(button => Words(button) == "Xác nhận đã xong, đóng").ClassList);
    }

    [Fact]
    public void Reply_OfNothing_SaysSoAtTheField()
    {
        var own = Own(Item(DeskState.Working, own: true), Company);
        own.Find("form").Submit();
        Assert.Contains("Chưa có nội dung", Words(own.Find(".mud-input-control")), StringComparison.Ordinal);
    }

    [Fact]
    public void Reopen_AfterItsTime_IsOfferedToTheCentreAlone()
    {
        var closed = Item(DeskState.Closed, own: true) with { ClosedAt = DateTimeOffset.UnixEpoch };
        Assert.Empty(Own(closed, Company).FindAll("form"));
        Assert.NotEmpty(Own(closed, Centre).FindAll("form"));
    }

    [Fact]
    public void Report_WithoutItsDocument_SaysSoAtTheField()
    {
        var form = Render<DeskReportForm>(given => given.Add(one => one.Access, Centre).Add(one => one.Item, Item(DeskState.Working, own: false)).Add(one => one.Step, Step));
        Assert.Equal("Đã báo cáo: Báo cáo ban đầu", form.Find("form").GetAttribute("aria-label"));
        form.Find("form").Submit();
        Assert.Contains("Hãy ghi số, ký hiệu văn bản", Words(form.Find(".mud-input-control")), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_ToBeReported_HaveTheirFormOnlyForTheCentre()
    {
        var item = Item(DeskState.Working, own: true) with { Steps = [Step] };
        Assert.Single(Steps(item, Centre).FindAll("form"));
        Assert.Empty(Steps(item, Company).FindAll("form"));
        Assert.Empty(Steps(item with { Steps = [Step with { DoneAt = Now, Document = "15/BC-TT" }] }, Centre).FindAll("form"));
    }

    [Fact]
    public void Thread_OfWhatSomebodyWrote_IsTextAndNothingElse()
    {
        var thread = Render<DeskThread>(given => given.Add(one => one.Item, Item(DeskState.Working, own: true) with
        {
            Notes = [new(1, "<img src=x onerror=alert(1)>", DeskState.Answered, "", "", true, "", Now, "qt"), new(2, "", null, "", "", false, "anh.png", Now, "cs")],
        }));
        Assert.Empty(thread.FindAll("img"));
        Assert.Contains("<img src=x", Words(thread.FindAll("li")[1]), StringComparison.Ordinal);
        Assert.Equal("Trung tâm", Words(thread.Find("li.office .tag")));
        Assert.Equal("/desk/5/files/2", thread.Find("a.file").GetAttribute("href"));
    }

    private static readonly DeskStep Step = new("first", "Báo cáo ban đầu", true, Now.AddHours(4), null, "", "Điều 12", "medium", "");

    private IRenderedComponent<DeskOwnForm> Own(DeskItem item, Access access) => Render<DeskOwnForm>(given => given.Add(one => one.Item, item).Add(one => one.Access, access));

    private IRenderedComponent<DeskSteps> Steps(DeskItem item, Access access) => Render<DeskSteps>(given => given.Add(one => one.Item, item).Add(one => one.Access, access).Add(one => one.Now, Now));

    private static DeskItem Item(DeskState state, bool own) => new(
        5, "SC-2026-005", new(DeskKind.Incident, "Mất số liệu", "Từ sáng nay", Severity: "serious"), "Công ty A", "cs", own, Now.AddDays(-1), null, "", state, Now.AddDays(2),
        null, state == DeskState.Closed ? Now : null, "1", [], []);

    private sealed class Unknown : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => new TaskCompletionSource<AuthenticationState>().Task;
    }
}
