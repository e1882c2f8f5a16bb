using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary>How many sites under the filter have an index, class, verdict and medium.</summary>
/// <param name="First">The first of the standards that they are held against, by name; null without any.</param>
/// <param name="Last">The last of them.</param>
internal sealed record LegendCount(string Index, string Band, string Verdict, string Medium, int Sites, string? First, string? Last);

/// <summary>Makes the legend: a part for each index that fills a mark under the filter, the legal ones first.</summary>
internal static class MapLegends
{
    private static readonly string[] Order = ["vn-wqi", "wqi-2011", "vn-aqi", "ccme-wqi", Fill.WorstRatio];

    public static async Task<IReadOnlyList<LegendSection>> OfAsync(
        NpgsqlConnection connection, IReadOnlyList<LegendCount> counts, bool vietnamese, CancellationToken cancel)
    {
        var bands = await connection.ListAsync(
            """
            SELECT s.index_kind, s.code, b.code, CASE WHEN $1 THEN b.name_vi ELSE b.name_en END, b.colour
            FROM index_band b JOIN standard s ON s.code = b.standard ORDER BY b.code DESC
            """,
            row => (Index: row.GetString(0), Instrument: row.GetString(1), Band: row.GetString(2), Name: row.GetString(3), Colour: row.GetString(4)), cancel, vietnamese);
        // The scale of the worst ratio stands there also where no site has it yet.
        var codes = counts.Select(count => count.Index).Distinct().DefaultIfEmpty(Fill.WorstRatio).OrderBy(code => Array.IndexOf(Order, code));
        return codes.Select(code =>
        {
            var own = counts.Where(count => count.Index == code).ToList();
            var scale = bands.Where(band => band.Index == code).ToList();
            int Sites(string band) => own.Where(count => count.Band == band).Sum(count => count.Sites);
            var rows = code == Fill.WorstRatio
                ? Bands.All.Where(band => band != "none" || Sites(band) > 0).Select(band => new LegendRow(band, null, Bands.Colour(band), Sites(band)))
                : scale.Select(band => new LegendRow(band.Band, band.Name, band.Colour, Sites(band.Band)));
            var instrument = code == Fill.WorstRatio ? OnlyStandard(own) : scale.FirstOrDefault().Instrument;
            return new LegendSection(code, instrument, own.Select(count => count.Medium).Where(medium => medium.Length > 0).Distinct().Order().ToList(), rows.ToList());
        }).ToList();
    }

    private static string? OnlyStandard(List<LegendCount> counts) =>
        counts.SelectMany(count => new[] { count.First, count.Last }).OfType<string>().Distinct().ToList() is [var standard] ? standard : null;
}
