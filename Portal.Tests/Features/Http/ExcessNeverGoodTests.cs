using System.Text.Json;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The rule of every picture: an exceedance never looks good, and what cannot be judged is no passing class.</summary>
[Collection(nameof(HttpPortal))]
public sealed class ExcessNeverGoodTests(HttpPortal portal)
{
    private static readonly string[] Good = ["le0.5", "le1"];

    public static TheoryData<string> Accounts => ["admin", "admin2", "manager", "halong", "fisheries", "parent", "company", "guest"];

    public static TheoryData<string, string> Scales => new()
    {
        { "", "worst-ratio" },
        { "?view=day", "worst-ratio" },
        { "?fill=index", "worst-ratio" },
        { "?medium=surface_water", "vn-wqi" },
        { "?medium=surface_water&fill=limits", "worst-ratio" },
        { "?medium=sea_water", "worst-ratio" },
        { "?medium=sea_water&fill=ccme", "ccme-wqi" },
        { "?medium=groundwater&fill=ccme", "ccme-wqi" },
        { "?medium=wastewater", "worst-ratio" },
        { "?medium=wastewater&fill=ccme", "worst-ratio" },
    };

    [Theory, MemberData(nameof(Accounts))]
    public async Task Layer_OfEachAccountInEachScale_MarksEveryExcess(string account)
    {
        foreach (var (query, scale) in Scales.Select(row => row.Data))
        {
            using var layer = await LayerAsync(account, query);
            if (layer.RootElement.GetProperty("features").GetArrayLength() == 0)
                continue;
            // Who sees no index sees the classes of the worst ratio.
            Assert.Contains(layer.RootElement.GetProperty("scale").GetString(), (string[])[scale, "worst-ratio"]);
            foreach (var site in Sites(layer))
                AssertHonest(site, layer.RootElement.GetProperty("scale").GetString() == "worst-ratio");
        }
    }

    [Theory, MemberData(nameof(Scales))]
    public async Task Layer_OfTheManager_HasOneScale(string query, string scale)
    {
        using var layer = await LayerAsync("manager", query);
        Assert.Equal(scale, layer.RootElement.GetProperty("scale").GetString());
        Assert.NotEmpty(Sites(layer));
        Assert.Equal(scale != "worst-ratio", Sites(layer).Any(site => site.TryGetProperty("value", out _)));
    }

    // The list twin, the first pages and the cards read the class itself; the legal index is nowhere in it.
    [Fact]
    public async Task Statuses_All_KeepTheClassOfTheWorstRatioBesideTheIndex()
    {
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM site_status WHERE verdict = 'exceeds' AND ratio_class NOT IN ('le2', 'le5', 'gt5')"));
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM site_status WHERE verdict IN ('cannot judge', 'no limit') AND ratio_class <> 'none'"));
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM site_status WHERE verdict = 'within' AND ratio_class NOT IN ('le0.5', 'le1')"));
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM site_status WHERE index_code = 'ccme-wqi' OR (medium = 'wastewater' AND ccme_value IS NOT NULL)"));
        Assert.NotEqual(0, await portal.CountAsync("SELECT count(*) FROM site_status WHERE index_code = 'vn-wqi' AND verdict = 'exceeds'"));
        Assert.NotEqual(0, await portal.CountAsync("SELECT count(*) FROM site_status WHERE medium = 'sea_water' AND ccme_value IS NOT NULL"));
    }

    [Theory]
    [InlineData("halong", "?medium=all")]
    [InlineData("fisheries", "?medium=all")]
    public async Task Matrix_OfEachBody_HasTheClassOfTheMap(string account, string query)
    {
        var csv = await (await portal.ClientAsync(account)).GetStringAsync("/overview/download" + query, TestContext.Current.CancellationToken);
        var lines = csv.Split("\r\n").SkipWhile(line => !line.Contains("site,name", StringComparison.Ordinal)).ToList();
        var head = lines[0].TrimStart('\uFEFF').Split(',');
        int At(string name) => Array.IndexOf(head, name);
        var exceeding = 0;
        foreach (var line in lines.Skip(1).Where(line => line.Length > 0))
        {
            var cells = line.Split(',');
            var from = cells.Length - head.Length;
            var (verdict, band) = (cells[At("verdict") + from], cells[At("class") + from]);
            Assert.False(verdict == "exceeds" && Good.Contains(band), line);
            Assert.False(verdict is "cannot judge" or "no limit" && band != RatioClass.None, line);
            exceeding += verdict == "exceeds" ? 1 : 0;
        }
        Assert.NotEqual(0, exceeding);
        Assert.Equal(-1, At("index"));
    }

    private static void AssertHonest(JsonElement site, bool byLimits)
    {
        var (verdict, band) = (site.GetProperty("verdict").GetString(), site.GetProperty("band").GetString());
        // The mark of an excess is its shape and outline (marks.js draws them by the verdict alone).
        if (byLimits)
        {
            Assert.Equal(Bands.Colour(band), site.GetProperty("colour").GetString());
            Assert.Equal(verdict == "exceeds", Bands.Exceeds(band!));
            Assert.Equal(verdict == "within", Good.Contains(band));
        }
        else
            Assert.DoesNotContain(band, Good);
    }

    private static List<JsonElement> Sites(JsonDocument layer) =>
        [.. layer.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties"))];

    private async Task<JsonDocument> LayerAsync(string account, string query) =>
        JsonDocument.Parse(await (await portal.ClientAsync(account)).GetStringAsync("/map/sites" + query, TestContext.Current.CancellationToken));
}
