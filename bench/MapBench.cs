using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Map;

namespace QuanTrac.Portal.Bench;

/// <summary>The map layer for each kind of account, and the first coloured paint in a browser.</summary>
internal static class MapBench
{
    private const int Quarters = 12;

    // The portal compiles twice: quickly at first, well after some thirty calls.
    private const int Warm = 30;

    public static async Task RunAsync(Figures figures)
    {
        await using var bed = await Bed.OpenAsync();
        await using var owner = await bed.OpenOwnerAsync();
        await Province.PrepareAsync(owner);
        Domain.Access.Access[] accounts =
        [
            await bed.AccountAsync("province", Role.Manager, "SONNMT"),
            await bed.AccountAsync("parent", Role.Parent, Province.Parent),
            await bed.AccountAsync("list", Role.Manager, Province.BodyWithList),
            await bed.AccountAsync("guest", Role.Guest, Province.Public),
        ];
        await GrowAsync(owner, 1, 5_000, parameters: 4);
        await using var server = await PortalServer.StartAsync(bed.Host.Data.Path);
        await LayerAsync(figures, bed, owner, server, accounts, "5,000", 100);
        await FirstPaint.MeasureAsync(figures, server.Address, "province");

        await GrowAsync(owner, 5_001, 20_000, parameters: 1);
        await LayerAsync(figures, bed, owner, server, accounts[..1], "20,000", null);
        figures.Note($"Each site has {Quarters} quarterly campaigns in 1-2 media, 4 parameters a sample (1 beyond 5,000 sites), judged by the portal's own engine.");
        figures.Note("The layer is measured from the request to its last byte over loopback HTTP, after thirty unmeasured requests; the data change before each, so that the layer is made anew. The ratio compares the layer's query "
            + "under the account's login with the same query as the owner of the tables, who is under no policy and sees all sites; the two run turn by turn.");
        figures.Note("Parent: a parent company with 25 of 50 companies. List: a body with a list of every tenth site. Guest: every second quarter is released.");
    }

    private static async Task GrowAsync(NpgsqlConnection owner, int first, int last, int parameters)
    {
        await Province.AddSitesAsync(owner, first, last);
        await Province.AddSamplesAsync(owner, new(2023, 1, 1), Quarters);
        await Province.AddResultsAsync(owner, parameters);
        await Province.AssessAsync(owner);
    }

    private static async Task LayerAsync(
        Figures figures, Bed bed, NpgsqlConnection owner, PortalServer server, IEnumerable<Domain.Access.Access> accounts, string sites, double? most)
    {
        foreach (var account in accounts)
        {
            using var client = await server.SignInAsync(account.AccountName);
            var plain = await GetAsync(client, owner, null);
            await using var db = await bed.OpenAsync(account);
            var rows = 0;
            var (query, free) = await Figures.TimeBothAsync(async () => rows = await QueryAsync(db.Connection, account.Login), () => QueryAsync(owner, account.Login), Warm);
            var who = string.Create(CultureInfo.InvariantCulture, $"{sites} sites, {account.AccountName} (sees {rows:#,##0})");
            figures.Add($"{who}: layer", plain.Times, "ms", most);
            figures.Add($"{who}: its query", query, "ms");
            figures.Add($"{who}: the same query as the owner, without row-level security (yardstick)", free, "ms");
            figures.AddRatio($"{who}: query against the yardstick", query, free, 1.5);
            if (account.AccountName == "province")
                await EncodingsAsync(figures, client, owner, who, plain);
        }
    }

    private static async Task EncodingsAsync(Figures figures, HttpClient client, NpgsqlConnection owner, string who, Answer plain)
    {
        figures.Add($"{who}: size", [plain.Bytes / 1000.0], "kB");
        foreach (var encoding in new[] { "br", "gzip" })
        {
            var packed = await GetAsync(client, owner, encoding);
            figures.Add($"{who}: layer, {encoding}", packed.Times, "ms");
            figures.Add($"{who}: size, {encoding}", [packed.Bytes / 1000.0], "kB");
        }
        figures.Add($"{who}: layer made before, br", (await GetAsync(client, null, "br")).Times, "ms");
        figures.Add($"{who}: nothing changed (304)", (await GetAsync(client, null, null, (await GetAsync(client, null, null)).Tag)).Times, "ms");
    }

    /// <param name="owner">Says before each request that the data changed, so that the layer is made anew; null to leave them as they are.</param>
    private static async Task<Answer> GetAsync(HttpClient client, NpgsqlConnection? owner, string? encoding, EntityTagHeaderValue? known = null)
    {
        (int Bytes, EntityTagHeaderValue? Tag) last = default;
        var times = await Figures.TimeAsync(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/map/sites");
            if (encoding is not null)
                request.Headers.AcceptEncoding.Add(new(encoding));
            if (known is not null)
                request.Headers.IfNoneMatch.Add(known);
            using var answer = await client.SendAsync(request);
            if (answer.StatusCode != (known is null ? HttpStatusCode.OK : HttpStatusCode.NotModified))
                throw new InvalidOperationException($"The layer answers {answer.StatusCode}.");
            last = ((await answer.Content.ReadAsByteArrayAsync()).Length, answer.Headers.ETag);
        }, Warm, async () => await (owner?.ExecuteAsync("UPDATE data_version SET version = version + 1", default) ?? Task.CompletedTask));
        return new(times, last.Bytes, last.Tag);
    }

    private static async Task<int> QueryAsync(NpgsqlConnection connection, Login login)
    {
        await using var command = new NpgsqlCommand(MapLayer.Sql(login, new MapFilter()), connection);
        command.Parameters.AddRange(MapSql.Values(new MapFilter()));
        command.Parameters.Add(new() { Value = true });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = 0;
        while (await reader.ReadAsync())
            rows++;
        return rows;
    }

    private sealed record Answer(double[] Times, int Bytes, EntityTagHeaderValue? Tag);
}
