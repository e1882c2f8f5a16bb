using System.Globalization;
using QuanTrac.Portal.Domain.Assessment.Trend;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Trend;

/// <summary>Series for the tests of trends.</summary>
internal static class TrendSamples
{
    /// <summary>"7 &lt;3 &gt;20 -": one value after another, a dash where one is missing; times 0, 1, 2 …</summary>
    public static TrendSeries Series(string values) => new(Points(values));

    public static List<TrendPoint> Points(string values) =>
        [.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((value, place) => new TrendPoint(place, Value(value)))];

    public static ReportedValue? Value(string value) => value switch
    {
        "-" => null,
        ['<', .. var number] => new(decimal.Parse(number, CultureInfo.InvariantCulture), Censoring.Below),
        ['>', .. var number] => new(decimal.Parse(number, CultureInfo.InvariantCulture), Censoring.Above),
        _ => new(decimal.Parse(value, CultureInfo.InvariantCulture)),
    };

    /// <summary>Values around 1 that have no trend (their logarithms are normal), and of each what a laboratory reports whose limit of
    /// detection at that place is the one given.</summary>
    public static IEnumerable<(decimal True, ReportedValue Reported)> Stable(Random random, int count, Func<int, decimal> limit)
    {
        for (var place = 0; place < count; place++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var value = Math.Round((decimal)Math.Exp(normal), 4);
            yield return (value, value < limit(place) ? new(limit(place), Censoring.Below) : new(value));
        }
    }
}
