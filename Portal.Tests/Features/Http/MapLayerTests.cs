using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The layer of the map as each account receives it.</summary>
[Collection(nameof(HttpPortal))]
public sealed class MapLayerTests(HttpPortal portal)
{
    private static readonly string[] Promised = ["code", "name", "kind", "band", "colour", "verdict"];

    // A site that was never sampled has none of these.
    private static readonly string[] PromisedOfSampled = ["medium", "lastSampled"];

    [Fact]
    public async Task Get_Layer_IsGeoJsonWithThePromisedProperties()
    {
        var client = await portal.ClientAsync("manager");
        using var answer = await client.GetAsync("/map/sites", TestContext.Current.CancellationToken);
        Assert.Equal("application/geo+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl!.Private);
        using var layer = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("FeatureCollection", layer.RootElement.GetProperty("type").GetString());
        Assert.Contains(layer.RootElement.GetProperty("features").EnumerateArray(),
            feature => PromisedOfSampled.All(name => feature.GetProperty("properties").TryGetProperty(name, out _)));
        foreach (var feature in layer.RootElement.GetProperty("features").EnumerateArray())
        {
            Assert.Equal("Point", feature.GetProperty("geometry").GetProperty("type").GetString());
            var place = feature.GetProperty("geometry").GetProperty("coordinates");
            Assert.InRange(place[0].GetDouble(), 106, 109);
            Assert.InRange(place[1].GetDouble(), 20, 22);
            var properties = feature.GetProperty("properties");
            Assert.All(Promised, name => Assert.True(properties.TryGetProperty(name, out _), name));
            Assert.Equal(properties.TryGetProperty("lastSampled", out _), properties.TryGetProperty("medium", out _));
            Assert.DoesNotContain(properties.EnumerateObject(), property => property.Value.ValueKind == JsonValueKind.Null);
            Assert.Contains(properties.GetProperty("verdict").GetString(), (string[])["within", "exceeds", "cannot judge", "no limit"]);
            Assert.Matches("^#[0-9a-f]{6}$", properties.GetProperty("colour").GetString());
        }
    }

    [Fact]
    public async Task Get_Layer_GivesEachAccountItsOwn()
    {
        var all = await CodesAsync("admin");
        Assert.Equal(await portal.CountAsync("SELECT count(*) FROM site JOIN site_position p ON p.site_id = site.id AND p.valid @> current_date"), all.Count);
        Assert.Equal(all, await CodesAsync("manager"));
        Assert.Equal(all, await CodesAsync("admin2"));
        var (halong, fisheries, parent, company, guest) =
            (await CodesAsync("halong"), await CodesAsync("fisheries"), await CodesAsync("parent"), await CodesAsync("company"), await CodesAsync("guest"));
        foreach (var own in new[] { halong, fisheries, parent, company, guest })
            Assert.ProperSubset(all, own);
        Assert.ProperSubset(parent, company);
        Assert.Contains("NB1", halong);
        Assert.DoesNotContain("NB99", halong);
        Assert.DoesNotContain(company, code => code.StartsWith("NB", StringComparison.Ordinal));
        Assert.Empty(company.Intersect(halong));
    }

    [Fact]
    public async Task Get_LayerFiltered_GivesWhatFits()
    {
        var client = await portal.ClientAsync("manager");
        Assert.Contains("NB1", await CodesAsync(client, "/map/sites?q=bai%20chay"));
        Assert.Equal(await CodesAsync(client, "/map/sites?q=bai%20chay"), await CodesAsync(client, "/map/sites?q=B%C3%83I%20CH%C3%81Y"));
        Assert.Empty(await CodesAsync(client, "/map/sites?q=%25"));
        Assert.Empty(await CodesAsync(client, "/map/sites?organisation=nowhere"));
        var ponds = await CodesAsync(client, "/map/sites?group=e");
        Assert.NotEmpty(ponds);
        Assert.All(ponds, code => Assert.StartsWith("MAU-", code, StringComparison.Ordinal));
    }

    // Where a site lies is under the same policies as the site.
    [Theory]
    [InlineData("manager")]
    [InlineData("halong")]
    [InlineData("company")]
    [InlineData("guest")]
    public async Task Get_LayerOfAFormerDistrict_IsPartOfWhatTheAccountSees(string account)
    {
        var found = await CodesAsync(await portal.ClientAsync(account), "/map/sites?area=193");
        Assert.ProperSubset(await CodesAsync(account), found);
    }

    [Fact]
    public async Task Get_LayerAgain_IsNotSentTwice()
    {
        var client = await portal.ClientAsync("manager");
        using var first = await client.GetAsync("/map/sites", TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/map/sites");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        var other = await portal.ClientAsync("company");
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/map/sites");
        foreign.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var own = await other.SendAsync(foreign, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Theory]
    [InlineData("manager")]
    [InlineData("guest")]
    public async Task Get_LayerOfAnAccount_ShowsTheNewestThatItMaySee(string account)
    {
        // The definition itself, over all statuses of the view; the layer reads the marks.
        var open = account == "guest" ? "rests_on = 'released'" : "rests_on = 'all'";
        var expected = await portal.ReadAsync(
            $"""
            SELECT string_agg(code || ' ' || period_end || ' ' || verdict, ';' ORDER BY code) FROM (
                SELECT DISTINCT ON (site_id) * FROM (
                    SELECT DISTINCT ON (site_id, medium, data_group) * FROM site_status WHERE view = 'today' AND {open}
                    ORDER BY site_id, medium, data_group, period_end DESC, campaign_id DESC) AS newest
                ORDER BY site_id, array_position(ARRAY['no limit', 'within', 'cannot judge', 'exceeds'], verdict) DESC, worst_ratio DESC NULLS LAST, period_end DESC, medium, data_group
            ) AS worst JOIN site ON site.id = site_id
            """);
        var client = await portal.ClientAsync(account);
        using var layer = JsonDocument.Parse(await client.GetStringAsync("/map/sites", TestContext.Current.CancellationToken));
        var shown = layer.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties"))
            .Where(site => site.TryGetProperty("lastSampled", out _))
            .Select(site => $"{site.GetProperty("code")} {site.GetProperty("lastSampled")} {site.GetProperty("verdict")}");
        Assert.Equal(expected.Split(';').Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Get_Layer_IsCompressed(string coding)
    {
        var client = await portal.ClientAsync("manager");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/map/sites");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(coding));
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal([coding], answer.Content.Headers.ContentEncoding);
        await using var packed = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream plain = coding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var layer = await JsonDocument.ParseAsync(plain, cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(0, layer.RootElement.GetProperty("features").GetArrayLength());
    }

    private async Task<HashSet<string>> CodesAsync(string account) => await CodesAsync(await portal.ClientAsync(account), "/map/sites");

    private static async Task<HashSet<string>> CodesAsync(HttpClient client, string address)
    {
        using var layer = JsonDocument.Parse(await client.GetStringAsync(address, TestContext.Current.CancellationToken));
        return [.. layer.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("properties").GetProperty("code").GetString()!)];
    }
}
