using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Map;

/// <summary>How many sites under the filter have a verdict.</summary>
/// <param name="Index">What fills the marks, the same for all.</param>
/// <param name="First">The first of the standards that they are held against, by name; null without any.</param>
/// <param name="Last">The last of them.</param>
internal sealed record LegendCount(string Index, string Verdict, int Sites, string? First, string? Last);

/// <summary>The scale of the map under a filter.</summary>
internal static class MapLegends
{
    public static async Task<MapScale> OfAsync(NpgsqlConnection connection, IReadOnlyList<LegendCount> counts, bool vietnamese, CancellationToken cancel)
    {
        // The scale of the worst ratio stands there also where there is no site yet.
        if (counts is not [{ Index: not Fill.WorstRatio } shown, ..])
            return new(Fill.WorstRatio, OnlyStandard(counts), []);
        var bands = await connection.ListAsync(
            """
            SELECT s.code, b.code, CASE WHEN $1 THEN b.name_vi ELSE b.name_en END, b.colour
            FROM index_band b JOIN standard s ON s.code = b.standard WHERE s.index_kind = $2 ORDER BY b.lowest
            """,
            row => (Instrument: row.GetString(0), Band: new ScaleBand(row.GetString(1), row.GetString(2), row.GetString(3))), cancel, vietnamese, shown.Index);
        return new(shown.Index, bands.FirstOrDefault().Instrument, bands.ConvertAll(band => band.Band));
    }

    private static string? OnlyStandard(IReadOnlyList<LegendCount> counts) =>
        counts.SelectMany(count => new[] { count.First, count.Last }).OfType<string>().Distinct().ToList() is [var standard] ? standard : null;
}
