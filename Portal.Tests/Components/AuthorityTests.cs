using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Agency;
using QuanTrac.Portal.Features.Authority;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.SecondWord;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>The dialogs of the register of documents and of the agency's sign-in, and the one that asks why.</summary>
public sealed class AuthorityTests : KitContext
{
    private static readonly QuanTrac.Portal.Domain.Access.Access Admin = new(Role.Admin, Login.Province, 1, "admin", 1, "TTCNTT");

    public AuthorityTests()
    {
        Services.AddSingleton<AntiforgeryStateProvider>(new NoForgery());
        Services.AddScoped<RaiseNotice>();
        Services.AddSecondWord();
        Services.AddAgency();
    }

    private IDialogService Asks => Services.GetRequiredService<IDialogService>();

    [Fact]
    public async Task Document_ThatAnUpgradeOwes_WantsNothingElse()
    {
        var floats = Floats();
        await floats.InvokeAsync(() => Asks.ShowAsync<AuthorityForm>("Bổ sung", new DialogParameters<AuthorityForm> { { form => form.Waiting, 5 } }));
        Assert.Equal(["number", "date", "issuer", "file"], Named(floats));
        Assert.EndsWith("/operations/authority/5/document", floats.Find("form").GetAttribute("action"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entry_AsksForTheConnection_OnlyOfAConnection()
    {
        var floats = Floats();
        await floats.InvokeAsync(() => Asks.ShowAsync<AuthorityForm>("Ghi văn bản"));
        Assert.Equal(["kind", "purpose", "person", "body", "number", "date", "issuer", "from", "to", "file"], Named(floats));
        Assert.Equal("Maintenance", floats.Find("input[name=kind]").GetAttribute("value"));
        await floats.InvokeAsync(() => floats.FindComponent<ChoiceField<AuthorityKind>>().Instance.ValueChanged.InvokeAsync(AuthorityKind.Connection));
        Assert.Contains("connection", Named(floats));
        Assert.Contains("Để trống: không thời hạn", Words(floats.Find("form")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_OfADocument_IsSentAsItIsRead()
    {
        var floats = Floats();
        await floats.InvokeAsync(() => Asks.ShowAsync<AuthorityForm>("Ghi văn bản"));
        var day = floats.FindComponents<DateField>().First(field => field.Instance.Name == "date");
        await floats.InvokeAsync(() => day.Instance.ValueChanged.InvokeAsync(new DateOnly(2026, 11, 2)));
        Assert.Equal("02/11/2026", floats.Find("input[name=date]").GetAttribute("value"));
    }

    [Fact]
    public async Task Bond_WithoutAnAccount_IsSaidAtTheField()
    {
        var floats = await BindAsync();
        Assert.Contains("Nguyễn Thị Cơ Quan, cq@example.vn, mã abc-1", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        floats.Find("form").Submit();
        floats.WaitForAssertion(() => Assert.Contains("Hãy chọn tài khoản.", Words(floats.Find(".mud-input-control")), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("halong", 0)]
    [InlineData("department", 1)]
    public async Task Bond_WithAnAccountThatHasASay_WantsAReason(string account, int reasons)
    {
        var floats = await BindAsync();
        await floats.InvokeAsync(() => floats.FindComponent<ChoiceField<string>>().Instance.ValueChanged.InvokeAsync(account));
        Assert.Equal(reasons, floats.FindAll("input[name=reason]").Count);
    }

    [Fact]
    public async Task Reason_ThatIsNotTaken_StaysWithItsFault_ThenTheActIsDone()
    {
        var floats = Floats();
        List<string> reasons = [];
        Task<bool>? asked = null;
        await floats.InvokeAsync(() =>
        {
            asked = Asks.AskReasonAsync("Chấm dứt?", "Chấm dứt", true, "Lý do", 300, reason =>
            {
                reasons.Add(reason);
                return Task.FromResult(reason.Length == 0 ? new FormFault("Hãy ghi lý do.", "reason") : null);
            }, "Mã bị thu hồi.");
        });
        Assert.Contains("Mã bị thu hồi.", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal);
        floats.Find("form").Submit();
        floats.WaitForAssertion(() => Assert.Contains("Hãy ghi lý do.", Words(floats.Find(".mud-input-control")), StringComparison.Ordinal));
        Assert.False(asked!.IsCompleted);
        floats.Find("input[name=reason]").Change("Đã xong sớm");
        floats.Find("form").Submit();
        Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(10), Xunit.TestContext.Current.CancellationToken));
        Assert.Equal(["", "Đã xong sớm"], reasons);
    }

    [Fact]
    public void Text_ThatWasEmptied_IsAnEmptyTextAndNotNone()
    {
        var text = "125/CV";
        var field = Render<TextField<string>>(given => given.Add(one => one.Label, "Số").Bind(one => one.Value, text, now => text = now));
        field.Find("input").Change("");
        Assert.Equal("", text);
    }

    private async Task<IRenderedComponent<MudDialogProvider>> BindAsync()
    {
        var floats = Floats();
        await floats.InvokeAsync(() => Asks.ShowAsync<BindDialog>("Gắn", new DialogParameters<BindDialog>
        {
            { dialog => dialog.Access, Admin },
            { dialog => dialog.Row, new AgencyRow(3, "https://co-quan.example", "abc-1", "Nguyễn Thị Cơ Quan", "cq@example.vn", default, default, "") },
            { dialog => dialog.Accounts, [new BindableAccount("halong", "Cán bộ Hạ Long", "Ban quản lý Vịnh Hạ Long", false), new BindableAccount("department", "Lãnh đạo Sở", "Sở", true)] },
        }));
        return floats;
    }

    private static string[] Named(IRenderedComponent<MudDialogProvider> floats) => [.. floats.FindAll("form input[name]").Select(field => field.GetAttribute("name")!).Where(name => name != "__RequestVerificationToken")];

    private sealed class NoForgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
