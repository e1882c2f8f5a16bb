using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

using Access = QuanTrac.Portal.Domain.Access.Access;

public sealed class DutiesPartsTests : KitContext
{
    private static readonly Access Admin = new(Role.Admin, Login.Province, 1, "qt", 1, "STNMT");
    private static readonly Access Facility = new(Role.Facility, Login.Scoped, 2, "cs", 2, "T-A");

    public DutiesPartsTests()
    {
        Services.AddDuties();
        Services.AddSingleton<AntiforgeryStateProvider>(new NoToken());
    }

    [Theory]
    [InlineData(DutyState.Late, 12, -12, "Chậm 12 ngày")]
    [InlineData(DutyState.DoneLate, 3, -40, "Nộp chậm 3 ngày")]
    [InlineData(DutyState.Near, 0, 5, "Còn 5 ngày")]
    [InlineData(DutyState.Open, 0, 90, "Còn 90 ngày")]
    [InlineData(DutyState.Near, 0, 0, "Hôm nay là ngày cuối")]
    [InlineData(DutyState.OnTime, 0, -9, "Đúng hạn")]
    [InlineData(DutyState.Before, 0, -300, "Trước khi theo dõi")]
    public void Mark_OfAState_SaysItInWords(DutyState state, int late, int left, string words)
    {
        var mark = Render<DutyMark>(given => given.Add(one => one.State, state).Add(one => one.DaysLate, late).Add(one => one.DaysLeft, left));
        Assert.Equal(words, Words(mark.Find(".duty-mark")));
        Assert.Equal("true", mark.Find("svg").GetAttribute("aria-hidden"));
    }

    [Fact]
    public void Fault_OfEachProblem_HasASentenceInBothLanguages() => Assert.All(Enum.GetValues<DutyProblem>(), problem =>
    {
        var (vi, en) = (DutyWords.Fault(problem, "vi")!, DutyWords.Fault(problem, "en")!);
        Assert.DoesNotContain("Problem.", vi.Text + en.Text, StringComparison.Ordinal);
        Assert.NotEqual(vi.Text, en.Text);
        Assert.Equal(vi.Field, en.Field);
    });

    [Fact]
    public void Fault_OfNoProblem_IsNone() => Assert.Null(DutyWords.Fault(null, "vi"));

    [Fact]
    public void Organisations_Offered_AreFoundByNameAndCode() =>
        Assert.Equal([new Choice<string>("BQLVHL", "Ban quản lý vịnh Hạ Long (BQLVHL)")], DutyWords.Choices([("BQLVHL", "Ban quản lý vịnh Hạ Long")]));

    [Fact]
    public void Detail_OfOnesOwnOpenDuty_OffersToHandIn()
    {
        var detail = Detail(Line(DutyState.Near, own: true), Facility);
        Assert.Equal("Nộp văn bản", Words(detail.Find("button")));
        detail.Find("button").Click();
        Assert.Equal("/duties/7/document", detail.Find("form").GetAttribute("action"));
        Assert.Equal(["number", "date", "note", "file"], detail.FindAll("form [name]").Select(field => field.GetAttribute("name")!).Where(name => name != "__RequestVerificationToken"));
    }

    [Fact]
    public void Detail_OfAnotherOnesDuty_OffersNothingToAFacility() => Assert.Empty(Detail(Line(DutyState.Late, own: false), Facility).FindAll("button"));

    [Fact]
    public void Detail_OfAnotherOnesDuty_OffersAnAdministratorToHandInForIt() =>
        Assert.Equal("Nộp thay Công ty A", Words(Detail(Line(DutyState.Late, own: false), Admin).Find("button")));

    [Fact]
    public void Detail_OfWhatIsHandedIn_ShowsThePaperAndUndoesOnlyForAnAdministrator()
    {
        var paper = new DutyPaper("15/BC-A", new(2026, 11, 2), "bc.pdf", "bản giấy gửi sau", new(2026, 11, 3, 2, 0, 0, TimeSpan.Zero), "cs");
        var facility = Detail(Line(DutyState.OnTime, own: true, paper), Facility);
        Assert.Contains("15/BC-A", Words(facility.Find(".paper")), StringComparison.Ordinal);
        Assert.Contains("bản giấy gửi sau", Words(facility.Find(".paper")), StringComparison.Ordinal);
        Assert.Empty(facility.FindAll("button"));
        Assert.Equal("Hủy ghi nhận", Words(Detail(Line(DutyState.OnTime, own: true, paper), Admin).Find("button")));
    }

    [Fact]
    public void Undo_WithoutAReason_SaysSoAtTheField()
    {
        var paper = new DutyPaper("15/BC-A", new(2026, 11, 2), "bc.pdf", "", new(2026, 11, 3, 2, 0, 0, TimeSpan.Zero), "cs");
        var detail = Detail(Line(DutyState.OnTime, own: true, paper), Admin);
        detail.Find("button").Click();
        detail.Find("form").Submit();
        Assert.Contains("Ghi lý do", Words(detail.Find(".mud-input-control")), StringComparison.Ordinal);
        Assert.Empty(detail.FindAll("[role=alert].alert"));
    }

    [Fact]
    public void Detail_OfAnUncertainDay_SaysSo()
    {
        var detail = Detail(Line(DutyState.Near, own: true) with { Confidence = "low", OpenMark = "Quy chế không ghi ngày.", Reminders = 2 }, Facility);
        Assert.Equal("Ngày chưa chắc", Words(detail.Find(".tag.warn")));
        Assert.Equal("Quy chế không ghi ngày.", Words(detail.Find(".doubt")));
        Assert.Contains("đã nhắc 2 lần", Words(detail.Find(".marks")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_WithoutAReason_SaysSoAndStays()
    {
        var floats = Floats();
        await floats.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<EndDutyDialog>("Kết thúc", new DialogParameters<EndDutyDialog>
        {
            { dialog => dialog.Access, Admin }, { dialog => dialog.Rule, Rule },
        }));
        Assert.Contains("“Báo cáo quý”", Words(floats.Find(".mud-dialog-content")), StringComparison.Ordinal);
        Assert.Contains("danger", floats.Find("form button[type=submit]").ClassList);
        floats.Find("form").Submit();
        Assert.Contains("Ghi lý do", Words(floats.Find(".mud-input-control")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 3, 31, "Hằng quý, đến hết ngày cuối quý")]
    [InlineData(12, 6, 29, "Hằng năm, đến hết ngày 29/6")]
    [InlineData(12, 13, 29, "")]
    [InlineData(1, 1, 32, "")]
    public void Rule_AsItIsTyped_IsReadBackInWordsWhereItCanBe(int every, int month, int day, string words)
    {
        var fields = Render<RuleFields>(given => given.Add(one => one.Every, every).Add(one => one.Month, month).Add(one => one.Day, day));
        Assert.Equal(words, Words(fields.Find("[role=status]")));
    }

    [Fact]
    public async Task Day_OfOneOrganisation_ShowsWhatCanBeDone()
    {
        var floats = await DayAsync([Line(DutyState.Near, own: true)]);
        Assert.Contains("Công ty A", Words(floats.Find(".mud-dialog-content")), StringComparison.Ordinal);
        Assert.Contains("Nộp văn bản", Words(floats.Find(".mud-dialog-content")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_OfSeveral_LeadsToTheBoardOfTheDuty()
    {
        var floats = await DayAsync([Line(DutyState.Late, own: false), Line(DutyState.OnTime, own: false) with { Id = 8, Organisation = "Công ty B" }]);
        Assert.Contains("/duties?view=board&state=all&duty=quarter-report", floats.FindAll("a").Select(link => link.GetAttribute("href")));
        Assert.DoesNotContain("Nộp văn bản", Words(floats.Find(".mud-dialog-content")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_Chosen_IsTold()
    {
        var entries = new[] { Entry, Entry with { Duty = "other", Name = "Rà soát tài khoản" } };
        YearEntry? chosen = null;
        var floats = Floats();
        await floats.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<DutyMoreDialog>("15/12/2026", new DialogParameters<DutyMoreDialog>
        {
            { dialog => dialog.Entries, entries }, { dialog => dialog.Words, entry => entry.Name },
            { dialog => dialog.OnChoose, entry => { chosen = entry; return Task.CompletedTask; } },
        }));
        floats.FindAll("li button")[1].Click();
        Assert.Equal("other", chosen?.Duty);
    }

    [Fact]
    public void Effect_OfNothingYet_TakesNoPlace() => Assert.Equal("", Render<EffectTable>(given => given.Add(one => one.Effects, [new(null, 0, 0), new(-7, 0, 0)])).Markup.Trim());

    [Fact]
    public void Effect_OfReminders_NamesTheirDays()
    {
        var table = Render<EffectTable>(given => given.Add(one => one.Effects, [new(-7, 5, 2), new(0, 4, 1), new(3, 2, 2), new(null, 0, 6)]));
        Assert.Equal(["Trước hạn 7 ngày", "Ngày cuối", "Sau hạn 3 ngày", "Không sau lời nhắc nào"], table.FindAll("tbody th").Select(Words));
        Assert.Equal("–", Words(table.FindAll("tbody tr")[3].QuerySelector("td")!));
    }

    private async Task<IRenderedComponent<MudDialogProvider>> DayAsync(IReadOnlyList<DutyLine> lines)
    {
        var floats = Floats();
        await floats.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<DutyDayDialog>("Báo cáo quý", new DialogParameters<DutyDayDialog>
        {
            { dialog => dialog.Access, Facility }, { dialog => dialog.Entry, Entry }, { dialog => dialog.Lines, lines },
        }));
        return floats;
    }

    private static readonly YearEntry Entry = new("quarter-report", "Báo cáo quý", "Điều 7.1a", "high", "2026-Q4", new(2026, 12, 15), 2, 1, 1, 7, DateTimeOffset.UnixEpoch);

    private static readonly DutyRuleLine Rule = new(3, "quarter-report", "Báo cáo quý", ["facility"], "", new(3, 3, 15), "Báo cáo", "Điều 7.1a", "high", "", null, null, "seed", 0);

    private IRenderedComponent<DutyDetail> Detail(DutyLine line, Access access) => Render<DutyDetail>(given => given.Add(one => one.Line, line).Add(one => one.Access, access));

    private static DutyLine Line(DutyState state, bool own, DutyPaper? paper = null) => new(
        7, "quarter-report", "Báo cáo quý", "Điều 7.1a", "high", "", "Báo cáo bằng văn bản", "", "T-A", "Công ty A", own, "2026-Q4", new(2026, 12, 15), state, state == DutyState.Late ? 5 : 0, 0, paper);
}
