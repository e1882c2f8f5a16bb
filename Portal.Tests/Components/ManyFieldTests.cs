using Bunit;
using MudBlazor;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>Several of many: what was chosen stands below, and the field waits for the next.</summary>
public sealed class ManyFieldTests : KitContext
{
    private static readonly IReadOnlyList<Choice<string>> Many = Choices.Of(Enumerable.Range(1, 20).Select(at => ($"H{at}", $"Hạ Long {at}")));

    [Fact]
    public async Task Several_EachChosen_StandBelowUntilTakenAway()
    {
        IReadOnlyCollection<string> values = [];
        var field = Render<ManyField<string>>(given => given.Add(one => one.Label, "Xã, phường").Add(one => one.Choices, Many).Add(one => one.ValuesChanged, (IReadOnlyCollection<string> now) => values = now));
        foreach (var code in new[] { "H3", "H12" })
            await field.InvokeAsync(() => field.FindComponent<MudAutocomplete<Choice<string>>>().Instance.SelectOptionAsync(Many.Single(choice => choice.Value == code)));
        Assert.Equal(["H3", "H12"], values);
        Assert.Equal(["Hạ Long 3", "Hạ Long 12"], field.FindAll("li").Select(Words));
        await field.Find("button[aria-label='Bỏ Hạ Long 3']").ClickAsync();
        Assert.Equal(["H12"], values);
    }
}
