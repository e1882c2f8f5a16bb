using System.Globalization;
using System.Security.Claims;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Organisations;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>What the pages of organisations say of what they were given.</summary>
public sealed class OrganisationViewTests : KitContext
{
    [Theory]
    [InlineData(Role.Admin, Login.Province, "Cây tổ chức|Ai xem được gì?|Danh sách điểm|Sổ thay đổi|Địa bàn|Nhập hàng loạt")]
    [InlineData(Role.Manager, Login.Province, "Cây tổ chức|Ai xem được gì?|Danh sách điểm|Sổ thay đổi")]
    [InlineData(Role.Manager, Login.Scoped, "Cây tổ chức|Ai xem được gì?")]
    [InlineData(Role.Facility, Login.Scoped, "Cây tổ chức|Ai xem được gì?")]
    public void Views_OfARole_AreThoseThatItMayOpen(Role role, Login login, string views)
    {
        SignIn(role, login);
        var frame = Frame("tree");
        Assert.Equal(views, string.Join('|', frame.FindAll(".views a").Select(Words)));
        Assert.Equal("/organisations", frame.Find(".views a[aria-current=page]").GetAttribute("href"));
        Assert.Empty(frame.FindAll(".trail"));
    }

    /// <summary>The page of one organisation is none of the views, and leads back to them.</summary>
    [Fact]
    public void Frame_OfOneOrganisation_LeadsBackToAll()
    {
        SignIn(Role.Admin, Login.Province);
        var frame = Frame("");
        Assert.Equal("/organisations", frame.Find(".trail a").GetAttribute("href"));
        Assert.Empty(frame.FindAll(".views a[aria-current]"));
    }

    [Fact]
    public void Effect_ThatTouchesNobody_SaysSo() =>
        Assert.Contains("Không tổ chức nào được thêm hay mất điểm nào.", Words(Effect([]).Find("section")), StringComparison.Ordinal);

    [Fact]
    public void Effect_OnSome_IsToldInNumbers()
    {
        var effect = Effect([
            new("T-NEW", "Công ty mới", 0, 3, 0, 1250, 0, ["NB1", "NB2"], []),
            new("T-OLD", "Công ty cũ", 5, 0, 2, 0, 8, [], ["NB1", "NB2"]),
        ]);
        Assert.Contains("2 tổ chức bị ảnh hưởng: 1 được thêm, 1 mất.", Words(effect.Find("section")), StringComparison.Ordinal);
        var rows = effect.FindAll("tbody tr").Select(row => row.QuerySelectorAll("td").Select(Words).ToList()).ToList();
        // Only some of the codes are told, and that there are more.
        Assert.Equal(["0", "3 điểm, 1.250 kết quả: NB1, NB2 …", "–"], rows[0]);
        Assert.Equal(["5", "–", "2 điểm, 8 kết quả: NB1, NB2"], rows[1]);
    }

    [Fact]
    public void Effect_OnVeryMany_SaysHowManyAreLeftOut()
    {
        var effect = Effect([.. Enumerable.Range(1, 65).Select(at => new OrganisationEffect($"T{at}", $"Tên {at}", 0, 1, 0, 0, 0, [], []))]);
        Assert.Equal(60, effect.FindAll("tbody tr").Count);
        Assert.Contains("và 5 tổ chức khác.", Words(effect.Find("section")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_OfALongList_OpenWhereAskedFor()
    {
        var list = Render<FactList>(given => given.Add(one => one.Title, "Đơn vị trực thuộc").Add(one => one.Today, new DateOnly(2026, 6, 1)).Add(one => one.Link, true)
            .Add(one => one.Facts, [.. Enumerable.Range(1, 15).Select(at => new DatedFact($"T{at}", $"Tên {at}", "", null, null, "", null))]));
        Assert.Equal(12, list.FindAll("li").Count);
        await list.FindAll("button").Single(button => Words(button) == "Xem thêm 3").ClickAsync();
        Assert.Equal(15, list.FindAll("li").Count);
        Assert.Empty(list.FindAll("button"));
    }

    [Theory]
    [InlineData(null, null, "từ trước đến nay", false)]
    [InlineData("2025-07-01", null, "từ 01/07/2025", false)]
    [InlineData(null, "2025-06-30", "đến 30/06/2025", true)]
    [InlineData("2020-01-01", "2025-06-30", "từ 01/01/2020 đến 30/06/2025", true)]
    [InlineData("2090-01-01", null, "từ 01/01/2090", false)]
    public void Fact_WithItsDays_IsToldAndPaleWhereItIsOver(string? from, string? to, string days, bool over)
    {
        var list = Render<FactList>(given => given.Add(one => one.Title, "Địa bàn").Add(one => one.Today, new DateOnly(2026, 6, 1))
            .Add(one => one.Facts, [new DatedFact("1", "Phường Hà Tu", "", Day(from), Day(to), "QĐ 26", null)]));
        Assert.Equal($"{days} · QĐ 26", Words(list.Find("li small")));
        Assert.Equal(over, list.Find("li").ClassList.Contains("over"));
    }

    [Fact]
    public async Task Change_OfTheRegister_OpensWithAllThatItDid()
    {
        var change = new ChangeLine(7, "07/QĐ-MẪU", new(2026, 1, 5), new(2090, 1, 1), "quyet dinh.pdf", "theo đề nghị",
            [new MoveOrganisation("MAU-B", null), new GrantManage("MAU-A", true)], [new("MAU", "Tập đoàn mẫu", 9, 0, 2, 0, 40, [], ["NB1"])], new(2026, 1, 6, 1, 30, 0, TimeSpan.Zero), "admin");
        var floats = Floats();
        await floats.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<ChangeDialog>(change.Number, new DialogParameters<ChangeDialog> { { dialog => dialog.Change, change } }));
        var said = Words(floats.Find(".mud-dialog"));
        foreach (var words in new[] { "07/QĐ-MẪU", "Văn bản ngày 05/01/2026, hiệu lực từ 01/01/2090", "admin ghi vào sổ lúc 06/01/2026", "theo đề nghị", "MAU-B không còn thuộc đơn vị nào",
            "Đơn vị chủ quản được quản lý thay MAU-A", "Tập đoàn mẫu: +0 −2" })
            Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Equal("/organisations/changes/7/document", floats.Find(".mud-dialog a[download]").GetAttribute("href"));
        await floats.FindAll(".mud-dialog button").Single(button => Words(button) == "Đóng").ClickAsync();
        floats.WaitForAssertion(() => Assert.Empty(floats.FindAll(".mud-dialog")));
    }

    [Theory]
    [InlineData(2, "MAU-1 kết thúc; MAU-2 kết thúc")]
    [InlineData(5, "MAU-1 kết thúc; MAU-2 kết thúc; MAU-3 kết thúc; và 2 mục nữa")]
    public void Acts_OfARow_AreSomeAndHowManyMore(int acts, string words)
    {
        var change = new ChangeLine(1, "1/QĐ", default, default, "", "", [.. Enumerable.Range(1, acts).Select(at => new EndOrganisation($"MAU-{at}", []))], [], default, "admin");
        Assert.Equal(words, OrganisationWords.Acts(Services.GetRequiredService<IStringLocalizer<OrganisationsTexts>>(), change, 3));
    }

    private IRenderedComponent<EffectTable> Effect(IReadOnlyList<OrganisationEffect> lines) =>
        Render<EffectTable>(given => given.Add(one => one.Effect, new ScopeEffect(new(2026, 6, 1), lines, "x")));

    private IRenderedComponent<OrganisationFrame> Frame(string here) =>
        Render<OrganisationFrame>(given => given.Add(one => one.Here, here).Add(one => one.ChildContent, _ => Text("nội dung")));

    private void SignIn(Role role, Login login) => AddAuthorization().SetAuthorized("somebody").SetClaims(
        new Claim(AccessClaims.Role, role.ToString()), new Claim(AccessClaims.Login, login.ToString()), new Claim(ClaimTypes.NameIdentifier, "1"),
        new Claim(AccessClaims.OrganisationId, "1"), new Claim(AccessClaims.OrganisationCode, "SONNMT"));

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
