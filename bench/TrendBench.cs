using System.Globalization;
using QuanTrac.Portal.Domain.Assessment.Trend;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Bench;

/// <summary>Trends of ten years of monthly values at many sites, on one core.</summary>
internal static class TrendBench
{
    private const int SiteCount = 10_000;
    private const int Values = 120;
    private const int Period = 12;

    // Of a hundred; the others are numbers.
    private const int NonDetects = 30;

    public static async Task RunAsync(Figures figures)
    {
        var (measured, censored) = (Sites(0), Sites(NonDetects));
        var (trend, sorted) = await Figures.TimeBothAsync(() => Each(measured, TrendTest.MannKendall), () => SortSlopes(measured), warm: 1);
        var name = string.Create(CultureInfo.InvariantCulture, $"{SiteCount:N0} sites × {Values} values");
        figures.Add($"{name}: slopes of all pairs, computed and sorted (yardstick)", sorted, "ms");
        figures.Add($"{name}: Mann-Kendall with Sen's slope and interval", trend, "ms");
        figures.AddRatio("against the yardstick", trend, sorted, 1);
        figures.Add("sites a second", trend.Select(time => SiteCount / time * 1000).ToArray(), "");
        figures.Add($"{name}, {NonDetects} % below two limits of detection: the same", await Figures.TimeAsync(() => Each(censored, TrendTest.MannKendall), warm: 1), "ms");
        figures.Add($"{name}: seasonal Kendall, {Period} seasons", await Figures.TimeAsync(() => Each(measured, series => TrendTest.SeasonalKendall(series, Period)), warm: 1), "ms");
        figures.Add($"{name}: Pettitt", await Figures.TimeAsync(() => Each(measured, TrendTest.Pettitt), warm: 1), "ms");

        var before = GC.GetAllocatedBytesForCurrentThread();
        await Each(measured, TrendTest.MannKendall);
        figures.Add($"allocated for a site of {Values * (Values - 1) / 2:N0} pairs", [(GC.GetAllocatedBytesForCurrentThread() - before) / 1024.0 / SiteCount], "kB");
        figures.Note("One thread; from reported values (decimal) to the result. The yardstick only divides and sorts, over the same numbers already in order of time: no comparison, no variance, no interval.");
    }

    private static Task Each(TrendPoint[][] sites, Func<TrendSeries, TrendResult> test)
    {
        foreach (var points in sites)
        {
            if (test(new TrendSeries(points)).P is null)
                throw new InvalidOperationException("A site without a result.");
        }
        return Task.CompletedTask;
    }

    private static Task SortSlopes(TrendPoint[][] sites)
    {
        var (slopes, numbers) = (new double[Values * (Values - 1) / 2], new double[Values]);
        foreach (var points in sites)
        {
            for (var i = 0; i < Values; i++)
                numbers[i] = (double)points[i].Value!.Value.Number;
            var at = 0;
            for (var i = 0; i < Values; i++)
            {
                for (var j = i + 1; j < Values; j++)
                    slopes[at++] = (numbers[j] - numbers[i]) / (points[j].Time - points[i].Time);
            }
            slopes.AsSpan().Sort();
        }
        return Task.CompletedTask;
    }

    private static TrendPoint[][] Sites(int nonDetects)
    {
        var random = new Random(20260115);
        return [.. Enumerable.Range(0, SiteCount).Select(site => Enumerable.Range(0, Values).Select(month =>
        {
            var value = Math.Round((decimal)(random.NextDouble() * (1 + site % 3 * month / 500.0)), 3);
            var below = random.Next(100) < nonDetects;
            return new TrendPoint(2016 + month / 12.0, below ? new(month < Values / 2 ? 0.3m : 0.1m, Censoring.Below) : new(value));
        }).ToArray())];
    }
}
