using Bunit;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>Something is done with a reason or the password that is asked for.</summary>
public sealed class ReasonDialogTests : KitContext
{
    private readonly List<string> given = [];

    [Fact]
    public async Task Words_ThatAreWrong_AreSaidAtTheFieldAndNothingCloses()
    {
        var (floats, answer) = Ask(words => words.Length == 0 ? "Hãy ghi lý do." : null);
        await floats.Find("form").SubmitAsync();
        Assert.Contains("Hãy ghi lý do.", Words(floats.Find(".mud-input-control")), StringComparison.Ordinal);
        Assert.False(answer.IsCompleted);
        await floats.Find("input").ChangeAsync(new() { Value = "Mất điện thoại" });
        await floats.Find("form").SubmitAsync();
        Assert.True(await answer);
        Assert.Equal(["", "Mất điện thoại"], given);
        Assert.Empty(floats.FindAll(".mud-dialog"));
    }

    [Fact]
    public async Task Cancelled_NothingIsDone()
    {
        var (floats, answer) = Ask(_ => null);
        await Button(floats, "Hủy").ClickAsync(new());
        Assert.False(await answer);
        Assert.Empty(given);
    }

    [Fact]
    public void Asked_SaysWhatWouldHappenBeforeTheButtonThatDoesIt()
    {
        var (floats, _) = Ask(_ => null);
        Assert.Contains("2 phiên đang mở kết thúc.", Words(floats.Find(".mud-dialog-content")), StringComparison.Ordinal);
        Assert.Contains("danger", Button(floats, "Khóa").ClassName, StringComparison.Ordinal);
        Assert.Equal(("text", "off"), (floats.Find("input").GetAttribute("type"), floats.Find("input").GetAttribute("autocomplete")));
    }

    [Fact]
    public void Password_IsHiddenAndFilledInByTheBrowser()
    {
        var (floats, _) = Ask(_ => null, InputType.Password);
        Assert.Equal(("password", "current-password"), (floats.Find("input").GetAttribute("type"), floats.Find("input").GetAttribute("autocomplete")));
    }

    private (IRenderedComponent<MudDialogProvider> Floats, Task<bool> Answer) Ask(Func<string, string?> wrong, InputType kind = InputType.Text)
    {
        var floats = Floats();
        Task<bool>? answer = null;
        floats.InvokeAsync(() => answer = Services.GetRequiredService<IDialogService>().AskWordsAsync("Khóa tài khoản", "Lý do", "Khóa", true, words =>
        {
            given.Add(words);
            return Task.FromResult(wrong(words));
        }, 500, kind, "2 phiên đang mở kết thúc."));
        return (floats, answer!);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<MudDialogProvider> floats, string words) => floats.FindAll("button").Single(button => Words(button) == words);
}
