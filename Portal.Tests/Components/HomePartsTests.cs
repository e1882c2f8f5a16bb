using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using QuanTrac.Portal.Features.Campaigns;
using QuanTrac.Portal.Features.Home;

namespace QuanTrac.Portal.Tests.Components;

public sealed class HomePartsTests : KitContext
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    public HomePartsTests()
    {
        Services.AddHome();
        Services.AddCampaigns();
    }

    [Fact]
    public void Units_InTheirTable_LeadToTheirPages()
    {
        var table = Table([Unit("MAU-A", "Công ty mẫu A", exceeding: 2), Unit("MAU-B", "Công ty mẫu B", exceeding: 0)]);
        Assert.Equal(["/overview/MAU-A", "/overview/MAU-B"], table.FindAll("tbody th a").Select(link => link.GetAttribute("href")));
        table.FindAll("tbody tr")[1].Click();
        Assert.EndsWith("/overview/MAU-B", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Units_SortedByTheirName_SayWhichWayRound()
    {
        var table = Render<UnitsTable>(given => given.Add(one => one.Units, [Unit("MAU-A", "A", 0)]).Add(one => one.Order, UnitOrder.Of("name", null)).Add(one => one.Today, Today));
        var head = table.FindAll("thead th").Single(one => one.GetAttribute("aria-sort") is not null);
        Assert.Equal(("ascending", "Đơn vị"), (head.GetAttribute("aria-sort"), Words(head)));
        Assert.Equal("/overview?sort=name&order=turned", head.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public void Units_ThatAreLate_LeadToTheirDuties()
    {
        var table = Table([Unit("MAU-A", "Công ty mẫu A", 0) with { Late = 3 }]);
        Assert.Equal("Quá hạn 3 nghĩa vụ", Words(table.Find("a.late")));
        Assert.Equal("/duties?view=board&state=late&text=C%C3%B4ng%20ty%20m%E1%BA%ABu%20A", table.Find("a.late").GetAttribute("href"));
    }

    [Fact]
    public void Units_MoreThanAHundred_AreShownWhereOneAsks()
    {
        var table = Table([.. Enumerable.Range(1, 130).Select(at => Unit($"T-{at}", $"Đơn vị {at}", 0))]);
        Assert.Equal(100, table.FindAll("tbody tr").Count);
        table.FindAll("button").Single(button => Words(button) == "Hiện tất cả 130 dòng").Click();
        Assert.Equal(130, table.FindAll("tbody tr").Count);
    }

    [Theory]
    [InlineData("exceeds", "verdict-cell exceeds")]
    [InlineData("cannot judge", "verdict-cell undecided")]
    [InlineData("within", "verdict-cell within")]
    [InlineData(null, "verdict-cell nothing")]
    public void Strip_OfAQuarter_SaysByItsShapeAndInWordsHowItStood(string? verdict, string shape)
    {
        var strip = Render<QuarterStrip>(given => given.Add(one => one.Cells, [new(new(2026, 7, 1), verdict, null, 3, 1, true)]).Add(one => one.Today, Today));
        var cell = strip.Find("[role=img]");
        Assert.Equal(shape, cell.ClassName);
        Assert.StartsWith("Quý 3/2026", cell.GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public void Waiting_ForThePage_HasItsHeadAndSaysThatItReads()
    {
        var waiting = Render<Waiting>();
        Assert.Equal("Tổng quan", Words(waiting.Find("h1")));
        Assert.Equal("Đang đọc…", Words(waiting.Find("[role=status]")));
    }

    [Fact]
    public async Task Release_BeforeItIsDone_SaysInNumbersWhatGuestsWillSee()
    {
        var floats = Floats();
        await floats.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<ReleaseDialog>("Công bố", new DialogParameters<ReleaseDialog>
        {
            { dialog => dialog.Campaign, new CampaignState(1, "T-2026", "Đợt 3/2026", false, null, "", 24, 1310, 17, true) },
        }));
        var said = Words(floats.Find(".mud-dialog-content"));
        Assert.Contains("1.310 kết quả đã rà soát của 24 điểm", said, StringComparison.Ordinal);
        Assert.Contains("17 kết quả chưa rà soát không được công bố", said, StringComparison.Ordinal);
    }

    private IRenderedComponent<UnitsTable> Table(IReadOnlyList<UnitLine> units) =>
        Render<UnitsTable>(given => given.Add(one => one.Units, units).Add(one => one.Order, UnitOrder.Of(null, null)).Add(one => one.Today, Today));

    private static UnitLine Unit(string code, string name, int exceeding) =>
        new(code, name, "Tập đoàn mẫu", 1, 4, exceeding, 0, 4 - exceeding, exceeding > 0 ? 1.4m : null, 0, 0, 12, "Đợt 3", new(2026, 9, 12), 2, 4, 0, 0);
}
