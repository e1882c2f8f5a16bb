using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>Buttons, fields that offer something, dialogs.</summary>
public sealed class KitTests : KitContext
{
    private static readonly IReadOnlyList<Choice<string>> Few = Choices.Of([("a", "Nước biển"), ("b", "Nước mặt")]);
    private static readonly IReadOnlyList<Choice<string>> Many = Choices.Of(Enumerable.Range(1, 40).Select(at => ($"H{at}", $"Hạ Long {at}")));

    [Theory]
    [InlineData(null, "button")]
    [InlineData("primary", "button primary")]
    [InlineData("danger", "button danger")]
    [InlineData("link", "link")]
    [InlineData("icon", "icon-button")]
    [InlineData("chip", "chip")]
    public void Button_Look_IsTheClassOfTheLinksBesideIt(string? look, string classes)
    {
        var button = Render<ActionButton>(given => given.Add(one => one.Look, look).AddChildContent("Lưu")).Find("button");
        Assert.All(classes.Split(' '), wanted => Assert.Contains(wanted, button.ClassList));
        Assert.Equal("button", button.GetAttribute("type"));
    }

    [Fact]
    public void Button_DrawnAgain_KeepsItsOwnClass()
    {
        var shown = Render<ActionButton>(given => given.Add(one => one.Look, "primary").Add(one => one.Class, "wide"));
        shown.Render(given => given.Add(one => one.Disabled, true));
        shown.Render(given => given.Add(one => one.Disabled, false));
        Assert.Equal(1, shown.Find("button").ClassList.Count(name => name == "primary"));
        Assert.Contains("wide", shown.Find("button").ClassList);
    }

    [Fact]
    public void Button_ThatSends_IsOfItsForm() =>
        Assert.Equal("submit", Render<ActionButton>(given => given.Add(one => one.Sends, true)).Find("button").GetAttribute("type"));

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    public void Chip_Pressed_SaysSo(bool on, string pressed) => Assert.Equal(pressed, Render<Chip>(given => given.Add(one => one.On, on)).Find("button").GetAttribute("aria-pressed"));

    [Fact]
    public void Choice_OfFew_IsAList() => Assert.NotNull(Offer(Few).Find("input[readonly][role=combobox]"));

    [Fact]
    public void Choice_OfMany_IsTypedInto() => Assert.NotNull(Offer(Many).Find("input:not([readonly])"));

    [Fact]
    public void Choice_Chosen_ShowsItsWords() => Assert.Equal("Nước mặt", Offer(Few, "b").Find("input[role=combobox]").GetAttribute("value"));

    [Fact]
    public void Choice_OfAForm_IsSentWithItsValue()
    {
        var field = Render<ChoiceField<string>>(given => given.Add(one => one.Label, "Môi trường").Add(one => one.Choices, Few).Add(one => one.Value, "b").Add(one => one.Name, "medium"));
        Assert.Equal("b", field.Find("input[type=hidden][name=medium]").GetAttribute("value"));
    }

    [Fact]
    public async Task Many_Added_StandsBehindTheOthers()
    {
        IReadOnlyCollection<string> chosen = ["H1"];
        var field = Several(chosen, now => chosen = now);
        await field.InvokeAsync(() => field.FindComponent<ChoiceField<string>>().Instance.ValueChanged.InvokeAsync("H7"));
        Assert.Equal(["H1", "H7"], chosen);
    }

    [Fact]
    public void Many_TakenAway_LeavesTheOthers()
    {
        IReadOnlyCollection<string> chosen = ["H1", "H7"];
        Several(chosen, now => chosen = now).Find("button[aria-label='Bỏ Hạ Long 1']").Click();
        Assert.Equal(["H7"], chosen);
    }

    [Fact]
    public void Many_Chosen_IsNotOfferedAgain()
    {
        var field = Render<ManyField<string>>(given => given.Add(one => one.Label, "Điểm").Add(one => one.Choices, Many).Add(one => one.Values, ["H1"]));
        Assert.DoesNotContain(field.FindComponent<ChoiceField<string>>().Instance.Choices, choice => choice.Value == "H1");
    }

    [Fact]
    public void Field_NamedByTheFault_SaysItAndIsMarked()
    {
        var field = Under(new("Hãy nhập số văn bản.", "number"), "number");
        Assert.Equal("true", field.Find("input").GetAttribute("aria-invalid"));
        Assert.Contains("Hãy nhập số văn bản.", Words(field.Find(".mud-input-control")), StringComparison.Ordinal);
    }

    [Fact]
    public void Field_NotNamedByTheFault_IsAsItWas()
    {
        var field = Under(new("Hãy nhập số văn bản.", "number"), "date");
        Assert.Equal("false", field.Find("input").GetAttribute("aria-invalid"));
    }

    [Theory]
    [InlineData("0,25", "0.25")]
    [InlineData("1.234,5", "1234.5")]
    public void Number_Typed_HasADecimalComma(string typed, string taken)
    {
        decimal? number = null;
        var field = Render<NumberField<decimal?>>(given => given.Add(one => one.Label, "Giá trị").Bind(one => one.Value, number, now => number = now));
        field.Find("input").Change(typed);
        Assert.Equal(decimal.Parse(taken, System.Globalization.CultureInfo.InvariantCulture), number);
    }

    [Fact]
    public async Task Ask_Agreed_SaysYes()
    {
        var (floats, asked) = Ask();
        floats.WaitForElement("button.danger").Click();
        Assert.True(await asked);
    }

    [Fact]
    public async Task Ask_Cancelled_SaysNo()
    {
        var (floats, asked) = Ask();
        floats.FindAll("button").Single(button => Words(button) == "Hủy").Click();
        Assert.False(await asked);
    }

    [Fact]
    public void Ask_Hurting_SaysInNumbersWhatIsLost()
    {
        var (floats, _) = Ask();
        Assert.Contains("340 kết quả", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        Assert.Equal("Xóa 12 điểm", Words(floats.Find("button.danger")));
    }

    [Fact]
    public void Empty_State_SaysWhatToDo() => Assert.Contains("Hãy nộp", Words(Render<EmptyState>(given => given.Add(one => one.Text, "Chưa có đợt nào. Hãy nộp tệp đầu tiên.")).Find(".empty")), StringComparison.Ordinal);

    [Fact]
    public void Skeleton_Shown_TellsReadersThatItReads() => Assert.Equal("Đang đọc…", Words(Render<Skeleton>().Find("[role=status]")));

    [Fact]
    public void Views_Here_AreMarked()
    {
        var views = Render<ViewTabs>(given => given.Add(one => one.Label, "Cách xem").Add(one => one.Here, "b").Add(one => one.Views, [("a", "/a", "A"), ("b", "/b", "B")]));
        Assert.Equal("B", Words(views.Find("a[aria-current=page]")));
    }

    [Fact]
    public void Head_WithATrail_LeadsBack()
    {
        var head = Render<PageHead>(given => given.Add(one => one.Title, "Một").Add(one => one.Trail, [("/accounts", "Tài khoản")]));
        Assert.Equal("/accounts", head.Find("nav a").GetAttribute("href"));
        Assert.Equal("Một", Words(head.Find("h1")));
    }

    [Fact]
    public void File_Field_SaysWhatItTakes() =>
        Assert.Contains(".pdf", Render<FileField>(given => given.Add(one => one.Label, "Văn bản").Add(one => one.Door, FulfilDuty.Door)).Find("input[type=file]").GetAttribute("accept"), StringComparison.Ordinal);

    private IRenderedComponent<ManyField<string>> Several(IReadOnlyCollection<string> values, Action<IReadOnlyCollection<string>> told) =>
        Render<ManyField<string>>(given => given.Add(one => one.Label, "Điểm").Add(one => one.Choices, Many).Add(one => one.Values, values).Add(one => one.ValuesChanged, told));

    private IRenderedComponent<ChoiceField<string>> Offer(IReadOnlyList<Choice<string>> choices, string? value = null) =>
        Render<ChoiceField<string>>(given => given.Add(one => one.Label, "Môi trường").Add(one => one.Choices, choices).Add(one => one.Value, value));

    private IRenderedComponent<CascadingValue<FormFault>> Under(FormFault fault, string name) =>
        Render<CascadingValue<FormFault>>(given => given.Add(one => one.Value, fault).AddChildContent<TextField<string>>(field => field.Add(one => one.Label, "Số").Add(one => one.Name, name)));

    private (IRenderedComponent<MudDialogProvider> Floats, Task<bool> Asked) Ask()
    {
        var floats = Floats();
        var dialogs = Services.GetRequiredService<IDialogService>();
        Task<bool> asked = null!;
        floats.InvokeAsync(() => { asked = dialogs.AskAsync("Xóa 12 điểm?", "Xóa 12 điểm", true, null, "12 điểm và 340 kết quả sẽ không còn trên bản đồ."); }).Wait();
        floats.WaitForElement("button.danger");
        return (floats, asked);
    }
}
