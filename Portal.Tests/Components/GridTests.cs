using Bunit;
using ExcelDataReader;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Tests.Support;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>What a grid asks for, what its address says, and what its files hold.</summary>
public sealed class GridTests : KitContext
{
    private static readonly IReadOnlyList<Line> All = [new("NB2", 3, new(2026, 2, 1)), new("NB1", null, new(2026, 3, 1)), new("NB3", 1, new(2026, 1, 1))];

    [Theory]
    [InlineData("http://p/list", null, false, "")]
    [InlineData("http://p/list?order=day", "day", false, "")]
    [InlineData("http://p/list?order=-day&columns=code,day", "day", true, "code day")]
    [InlineData("http://p/list?order=-", null, false, "")]
    [InlineData("http://p/list?columns=,%20code,,", null, false, "code")]
    public void Address_Read_HasOrderAndColumns(string uri, string? order, bool descending, string columns)
    {
        var address = GridAddress.Read(uri);
        Assert.Equal((order, descending, columns), (address.Order, address.Descending, string.Join(' ', address.Columns)));
    }

    [Fact]
    public void Address_OfTwoGrids_AreKeptApart() => Assert.Equal("code", GridAddress.Read("http://p/?order=day&b-order=code", "b-").Order);

    [Fact]
    public void Address_Written_KeepsTheFilter()
    {
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/list?state=late");
        Assert.Equal("http://localhost/list?state=late&order=-day&columns=code%2Cday", new GridAddress("day", true, ["code", "day"]).In(navigation));
        Assert.Equal("http://localhost/list?state=late", new GridAddress(null, false, []).In(navigation));
    }

    [Theory]
    [InlineData(null, false, "NB2 NB1 NB3")]
    [InlineData("value", false, "NB3 NB2 NB1")]
    [InlineData("value", true, "NB1 NB2 NB3")]
    [InlineData("day", true, "NB1 NB2 NB3")]
    [InlineData("code", false, "NB1 NB2 NB3")]
    public void Rows_OfAWholeList_AreSorted(string? order, bool descending, string codes) =>
        Assert.Equal(codes, string.Join(' ', GridRows.Of(All, new(order, descending, 0, 9), By).Rows.Select(line => line.Code)));

    [Fact]
    public void Rows_OfAWholeList_AreCutAndCounted()
    {
        var rows = GridRows.Of(All, new("code", false, 1, 1), By);
        Assert.Equal((3, "NB2"), (rows.Total, Assert.Single(rows.Rows).Code));
    }

    [Fact]
    public void Grid_Shown_SaysHowManyAndItsRows()
    {
        var grid = Grid();
        grid.WaitForAssertion(() => Assert.Equal("3 dòng", Words(grid.Find("p.state"))));
        Assert.Contains("NB2", Words(grid.Find("tbody")), StringComparison.Ordinal);
        Assert.Contains("01/02/2026", Words(grid.Find("tbody")), StringComparison.Ordinal);
    }

    [Fact]
    public void Grid_OrderInTheAddress_IsAskedFor()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/list?order=-day");
        var grid = Grid();
        grid.WaitForAssertion(() => Assert.Equal("descending", grid.FindAll("th").Single(head => Words(head).StartsWith("Ngày", StringComparison.Ordinal)).GetAttribute("aria-sort")));
        Assert.Contains(asked, ask => ask is { Order: "day", Descending: true });
    }

    [Fact]
    public void Grid_OrderThatIsNoColumn_IsNotPassedOn()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/list?order=1;DROP TABLE account");
        var grid = Grid();
        grid.WaitForAssertion(() => Assert.NotEmpty(asked));
        Assert.All(asked, ask => Assert.Null(ask.Order));
    }

    [Fact]
    public void Grid_ColumnsInTheAddress_AreShownAlone()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("/list?columns=day");
        var heads = Grid().FindAll("th").Select(Words).ToList();
        // The head of the row stays, whatever the address says.
        Assert.Equal(["Ký hiệu", "Ngày"], heads);
    }

    [Fact]
    public void Grid_SpareColumn_IsShownOnlyOnDemand() => Assert.DoesNotContain("Ghi chú", Grid().FindAll("th").Select(Words));

    [Fact]
    public async Task Grid_AskedBehindItsEnd_StillKnowsHowManyThereAre()
    {
        // As a query that counts by its rows: without rows it knows of none.
        var grid = Grid(rows: ask => GridRows.Of(All, ask, By) is { Rows.Count: > 0 } found ? found : new([], 0));
        var behind = await grid.InvokeAsync(() => grid.FindComponent<MudDataGrid<KeptRow<Line>>>().Instance.VirtualizeServerData!(new() { StartIndex = 50, Count = 10 }, default));
        Assert.Equal((0, 3), (behind.Items.Count(), behind.TotalItems));
    }

    [Fact]
    public void Grid_BeforeAnythingIsDrawn_KnowsHowManyThereAre()
    {
        // None is asked for then, and this query counts by its rows.
        var grid = Grid(rows: ask => ask.Count == 0 ? new([], 0) : GridRows.Of(All, ask, By));
        grid.WaitForAssertion(() => Assert.Equal("3 dòng", Words(grid.Find("p.state"))));
        Assert.DoesNotContain(asked, ask => ask.Count == 0);
    }

    [Fact]
    public async Task Grid_RowReadAgainWithAnotherValue_IsTheSameRow()
    {
        var value = 1m;
        var grid = Grid(rows: _ => new([new("NB1", value, default)], 1));
        grid.WaitForAssertion(() => Assert.Contains("1", Words(grid.Find("tbody")), StringComparison.Ordinal));
        var button = grid.FindComponent<ActionButton>().Instance;
        value = 27;
        await grid.InvokeAsync(grid.Instance.RefreshAsync);
        grid.WaitForAssertion(() => Assert.Contains("27", Words(grid.Find("tbody")), StringComparison.Ordinal));
        Assert.Same(button, grid.FindComponent<ActionButton>().Instance);
    }

    [Fact]
    public void Grid_OnAnotherPage_AsksForNothing()
    {
        var grid = Grid();
        grid.WaitForAssertion(() => Assert.NotEmpty(asked));
        asked.Clear();
        Services.GetRequiredService<NavigationManager>().NavigateTo("/elsewhere?order=day");
        Assert.Empty(asked);
    }

    [Fact]
    public void Grid_Empty_SaysWhatToDo()
    {
        var grid = Grid([]);
        grid.WaitForAssertion(() => Assert.Contains("Không có dòng nào.", Words(grid.Find(".portal-grid")), StringComparison.Ordinal));
    }

    [Fact]
    public void File_Workbook_HasTheScreensHeadersAndRealNumbersAndDays()
    {
        var content = GridFile.Write("xlsx", "Danh sách", ["Nguồn"], Columns, All);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(content));
        Assert.Equal("Danh sách", reader.Name);
        reader.Read();
        Assert.Equal("Nguồn", reader.GetString(0));
        reader.Read();
        Assert.Equal(["Ký hiệu", "Giá trị", "Ngày"], Enumerable.Range(0, 3).Select(reader.GetString));
        reader.Read();
        Assert.Equal(("NB2", 3.0, new DateTime(2026, 2, 1)), (reader.GetString(0), reader.GetDouble(1), reader.GetDateTime(2)));
        reader.Read();
        Assert.Null(reader.GetValue(1));
    }

    [Fact]
    public void File_Workbook_HoldsNoFormula()
    {
        var content = GridFile.Write("xlsx", "=cmd[1]/*?", [], [("a", line => line.Code)], [new Line("=HYPERLINK(\"http://x\")", 1, default)]);
        using var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(content));
        reader.Read();
        reader.Read();
        Assert.Equal("=HYPERLINK(\"http://x\")", reader.GetString(0));
        using var archive = new System.IO.Compression.ZipArchive(new MemoryStream(content));
        using var sheet = new StreamReader(archive.Entries.Single(entry => entry.FullName.Contains("sheet", StringComparison.OrdinalIgnoreCase)).Open());
        Assert.DoesNotContain("<x:f>", sheet.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_Csv_HasPointsAndIsoDays()
    {
        var text = System.Text.Encoding.UTF8.GetString(GridFile.Write("csv", "x", ["Nguồn"], Columns, All));
        Assert.Equal("\uFEFF# Nguồn\r\nKý hiệu,Giá trị,Ngày\r\nNB2,3,2026-02-01\r\nNB1,,2026-03-01\r\nNB3,1,2026-01-01\r\n", text);
    }

    [Fact]
    public void Ready_File_IsFetchedOnceByItsOwnerWithinTwoMinutes()
    {
        var clock = new TestClock(TestClock.At(2026, 11, 30, 9));
        var ready = new ReadyFiles(clock);
        var file = new ReadyFile("a.csv", [1]);
        var ticket = ready.Put("halong", file);
        Assert.Null(ready.Take(ticket, "company"));
        Assert.Same(file, ready.Take(ticket, "halong"));
        Assert.Null(ready.Take(ticket, "halong"));
        var late = ready.Put("halong", file);
        clock.Now += TimeSpan.FromMinutes(3);
        Assert.Null(ready.Take(late, "halong"));
    }

    [Fact]
    public void Ready_MoreThanTheServerHolds_MakesTheOldestGo()
    {
        var clock = new TestClock(TestClock.At(2026, 11, 30, 9));
        var ready = new ReadyFiles(clock);
        var tickets = new List<string>();
        for (var file = 0; file < 3; file++, clock.Now += TimeSpan.FromSeconds(1))
            tickets.Add(ready.Put("halong", new($"{file}.csv", new byte[100 * 1024 * 1024])));
        Assert.Equal([null, "1.csv", "2.csv"], tickets.Select(ticket => ready.Take(ticket, "halong")?.Name));
    }

    [Theory]
    [InlineData("ha long", "Hạ Long", true)]
    [InlineData("DONG trieu", "Thị xã Đông Triều", true)]
    [InlineData("trieu dong", "Thị xã Đông Triều", true)]
    [InlineData("hạ", "Ha Long", true)]
    [InlineData("cẩm phả", "Hạ Long", false)]
    [InlineData("", "Hạ Long", true)]
    public void Words_Typed_AreFoundWithAndWithoutMarks(string typed, string text, bool found) => Assert.Equal(found, Folding.Finds(typed, text));

    private static IReadOnlyList<(string, Func<Line, object?>)> Columns => [("Ký hiệu", line => line.Code), ("Giá trị", line => line.Value), ("Ngày", line => line.Day)];

    private readonly List<GridAsk> asked = [];

    private static Func<Line, object?> By(string key) => key switch { "value" => line => line.Value, "day" => line => line.Day, _ => line => line.Code };

    private IRenderedComponent<PortalGrid<Line>> Grid(IReadOnlyList<Line>? lines = null, Func<GridAsk, GridRows<Line>>? rows = null) => Render<PortalGrid<Line>>(given => given
        .Add(one => one.Name, "thu").Add(one => one.Id, line => line.Code).Add(one => one.Label, "Thử").Add(one => one.Rows, (ask, _) =>
        {
            asked.Add(ask);
            return Task.FromResult(rows?.Invoke(ask) ?? GridRows.Of(lines ?? All, ask, By));
        })
        .Add<GridColumn<Line>>(one => one.Columns, column => column.Add(one => one.Key, "code").Add(one => one.Title, "Ký hiệu").Add(one => one.Of, line => line.Code).Add(one => one.Head, true).Add(one => one.Cell, Button))
        .Add<GridColumn<Line>>(one => one.Columns, column => column.Add(one => one.Key, "value").Add(one => one.Title, "Giá trị").Add(one => one.Of, line => line.Value).Add(one => one.Number, true))
        .Add<GridColumn<Line>>(one => one.Columns, column => column.Add(one => one.Key, "day").Add(one => one.Title, "Ngày").Add(one => one.Of, line => line.Day))
        .Add<GridColumn<Line>>(one => one.Columns, column => column.Add(one => one.Key, "note").Add(one => one.Title, "Ghi chú").Add(one => one.Of, _ => "").Add(one => one.Spare, true)));

    private static RenderFragment<Line> Button => line => builder =>
    {
        builder.OpenComponent<ActionButton>(0);
        builder.AddAttribute(1, nameof(ActionButton.ChildContent), (RenderFragment)(words => words.AddContent(0, line.Code)));
        builder.CloseComponent();
    };

    private sealed record Line(string Code, decimal? Value, DateOnly Day);
}
