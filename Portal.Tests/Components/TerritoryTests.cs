using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Territories;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>What the pages of territories say and ask before anything reaches the database.</summary>
public sealed class TerritoryTests : KitContext
{
    private static readonly Access Admin = new(Role.Admin, Login.Province, 1, "admin", 1, "SONNMT");
    private static readonly TerritoryNow Territory = new("X1", "Phường Hà Tu", [("06652", "Phường Hà Tu")], [], false, 4);

    public TerritoryTests() => Services.AddScoped(services => new TerritoriesData(services.GetRequiredService<PortalDatabase>(), null!, TimeProvider.System));

    [Theory]
    [InlineData(0.004, "0,40 %")]
    [InlineData(0.05, "5,0 %")]
    [InlineData(0.43, "43 %")]
    [InlineData(0.9996, "99,96 %")]
    [InlineData(1.0, "100 %")]
    public void Share_OfTheProvince_IsNeverRoundedToNothingOrAll(double share, string words) =>
        Assert.Contains(words, Words(Effect(new(null, share, 1, 1000, [], ["NB1"])).Find("dl")), StringComparison.Ordinal);

    [Fact]
    public void Share_WithoutAllOutlines_IsToldAsUnknown() =>
        Assert.Contains("chưa biết: chưa nạp đủ ranh giới các xã", Words(Effect(new(2.5, null, 1, 1000, [], [])).Find("dl")), StringComparison.Ordinal);

    [Fact]
    public async Task Effect_OnHalfTheProvince_IsAskedForInNumbers()
    {
        var sure = false;
        var effect = Render<TerritoryEffect>(given => given.Add(one => one.Comparison, new TerritoryComparison(3100, 0.6, 700, 1000, ["NB1"], []))
            .Add(one => one.Proposal, TerritoryProposal.Area("Vùng lớn", "{}")).Bind(one => one.Sure, sure, now => sure = now));
        Assert.Contains("Địa bàn này phủ 60 % diện tích tỉnh và 700/1.000 điểm; có chắc không?", Words(effect.Find("[role=alert]")), StringComparison.Ordinal);
        await effect.Find("[role=alert] input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = true });
        Assert.True(sure);
    }

    [Fact]
    public void Effect_OnAFewSites_IsNotAskedFor()
    {
        var effect = Effect(new(3, 0.01, 12, 1000, [.. Enumerable.Range(1, 14).Select(at => $"NB{at}")], ["NB99"]));
        Assert.Empty(effect.FindAll("[role=alert]"));
        // Twelve are named.
        Assert.Contains("NB12 …", Words(effect.Find("dl")), StringComparison.Ordinal);
        Assert.DoesNotContain("NB13", Words(effect.Find("dl")), StringComparison.Ordinal);
    }

    /// <summary>What has too many corners for the hand can be ended, not drawn anew.</summary>
    [Theory]
    [InlineData(CornerText.MostCorners, "Sửa hình|Bãi bỏ")]
    [InlineData(CornerText.MostCorners + 1, "Bãi bỏ")]
    public async Task Area_ThatIsThere_CanBeChangedByItsSize(int corners, string acts)
    {
        DrawnArea? ended = null;
        var area = new DrawnArea("Vùng thử", 1.25, "{}", corners, new DateOnly(2026, 1, 10));
        var parts = Render<TerritoryParts>(given => given.Add(one => one.Territory, Territory with { Areas = [area] }).Add(one => one.OnEnd, (DrawnArea one) => ended = one));
        Assert.Equal(acts, string.Join('|', parts.FindAll("button").Select(Words)));
        await parts.Find("button[aria-label='Bãi bỏ Vùng thử']").ClickAsync();
        Assert.Same(area, ended);
    }

    [Fact]
    public void Territory_OfNothing_SaysWhatToDo() =>
        Assert.Contains("Chưa có địa bàn.", Words(Render<TerritoryParts>(given => given.Add(one => one.Territory, Territory with { Units = [] })).Find(".card-body")), StringComparison.Ordinal);

    [Fact]
    public async Task Corners_WithAWrongLine_AreToldAtTheirField()
    {
        var form = New();
        await WayAsync(form, "corners");
        await form.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = "107.1 20.9\n107.2 hai mươi" });
        await form.FindAll("button").Single(button => Words(button) == "Hiện trên bản đồ").ClickAsync();
        var field = form.FindAll(".mud-input-control").Single(field => field.QuerySelector("textarea") is not null);
        Assert.Contains("Dòng 2 không phải hai số", Words(field), StringComparison.Ordinal);
        Assert.Empty(form.FindAll("p.alert"));
    }

    [Fact]
    public async Task Shape_WithTooManyCorners_IsRefusedBelow()
    {
        var form = New();
        await form.InvokeAsync(() => form.Instance.DrawnAsync(""));
        Assert.Contains("Hình có quá 1.000 đỉnh.", Words(form.Find("p.alert")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Units_Chosen_AreWhatIsAddedAndTaken()
    {
        TerritoryProposal? proposed = null;
        var form = New(proposal => proposed = proposal);
        await WayAsync(form, "units");
        Assert.Empty(form.FindAll("input[name=name]"));
        await ChooseAsync(form, ["06652", "06655"]);
        Assert.Equal(("06655", ""), (string.Join(' ', proposed!.Add), string.Join(' ', proposed.Remove)));
        await ChooseAsync(form, ["06655"]);
        Assert.Equal(("06655", "06652"), (string.Join(' ', proposed.Add), string.Join(' ', proposed.Remove)));
        await ChooseAsync(form, ["06652"]);
        Assert.Null(proposed);
    }

    [Fact]
    public async Task Moves_OfSites_OpenBesideTheTable()
    {
        var floats = Floats();
        var table = Table([new("NB1", "Cửa Lục", "Phường A", null), new("NB2", "Bãi Cháy", null, "Phường B")]);
        await table.FindAll("button").Single(button => Words(button) == "Danh sách 2 điểm đổi đơn vị").ClickAsync();
        floats.WaitForAssertion(() => Assert.Contains("Danh sách 2 điểm đổi đơn vị", Words(floats.Find(".mud-dialog")), StringComparison.Ordinal));
    }

    [Fact]
    public void Moves_OfNoSite_AreNotOffered() => Assert.DoesNotContain(Table([]).FindAll("button"), button => Words(button).Contains("đổi đơn vị", StringComparison.Ordinal));

    private IRenderedComponent<UnitTable> Table(IReadOnlyList<SiteMove> moves) => Render<UnitTable>(given => given
        .Add(one => one.Comparison, new UnitsComparison([new("06652", 1.2, 1.4, 4, 5)], moves, 0))
        .Add(one => one.Units, [new UnitOfRegister("06652", "commune", "Phường Hà Tu", [], null, true)])
        .Add(one => one.Matches, [new MatchedArea(new AreaFeature(1, new Dictionary<string, string>(), "{}"), "Hà Tu", MatchReason.Name, "06652")]));

    private IRenderedComponent<TerritoryEffect> Effect(TerritoryComparison comparison) => Render<TerritoryEffect>(given => given
        .Add(one => one.Comparison, comparison).Add(one => one.Proposal, TerritoryProposal.Area("Vùng thử", "{}")));

    private IRenderedComponent<NewTerritory> New(Action<TerritoryProposal?>? taken = null) => Render<NewTerritory>(given => given
        .Add(one => one.Access, Admin).Add(one => one.Territory, Territory).Add(one => one.OnProposal, taken ?? (_ => { }))
        .Add(one => one.Units, [new UnitOfRegister("06652", "commune", "Phường Hà Tu", [], null, true), new UnitOfRegister("06655", "commune", "Phường Hà Lầm", [], null, true)]));

    private static Task WayAsync(IRenderedComponent<NewTerritory> form, string way) =>
        form.InvokeAsync(() => form.FindComponent<RadioField<string>>().Instance.ValueChanged.InvokeAsync(way));

    private static Task ChooseAsync(IRenderedComponent<NewTerritory> form, string[] units) =>
        form.InvokeAsync(() => form.FindComponent<ManyField<string>>().Instance.ValuesChanged.InvokeAsync(units));
}
