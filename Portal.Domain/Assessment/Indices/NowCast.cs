using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>The weighted mean of the last twelve hours that stands for dust in the hourly VN_AQI (QĐ 1459/QĐ-TCMT).</summary>
public sealed class NowCast(IndexTable table)
{
    private readonly decimal leastWeight = table.Constant("nowcast_weight_min");
    private readonly int recent = (int)table.Constant("nowcast_recent");
    private readonly int recentRequired = (int)table.Constant("nowcast_recent_required");

    /// <summary>Hours looked back at, the current one among them.</summary>
    public int Hours { get; } = (int)table.Constant("nowcast_hours");

    /// <param name="newestFirst">c1, c2 … : the current hour first; null where it is missing. Hours beyond the twelfth are not looked at.</param>
    /// <returns>The mean, or null where fewer than two of the three newest hours are there.</returns>
    public decimal? Of(ReadOnlySpan<decimal?> newestFirst)
    {
        var hours = newestFirst[..Math.Min(Hours, newestFirst.Length)];
        if (Weight(hours) is not { } weight)
            return null;
        // Σ w^(i−1)·cᵢ ÷ Σ w^(i−1); a missing hour has no weight. The text leaves the divisor out for w = 1/2,
        // which is far too low when hours are missing: the normalised form is used for every w.
        var (sum, weights, power) = (0m, 0m, 1m);
        foreach (var hour in hours)
        {
            if (hour is { } concentration)
                (sum, weights) = (sum + power * concentration, weights + power);
            power *= weight;
        }
        return sum / weights;
    }

    /// <summary>w: the smallest ÷ the largest of the hours, at least 1/2; null where too few hours are there.</summary>
    public decimal? Weight(ReadOnlySpan<decimal?> hours)
    {
        var (least, most, newest) = (decimal.MaxValue, decimal.MinValue, 0);
        for (var i = 0; i < hours.Length; i++)
        {
            if (hours[i] is not { } hour)
                continue;
            (least, most) = (Math.Min(least, hour), Math.Max(most, hour));
            if (i < recent)
                newest++;
        }
        if (newest < recentRequired)
            return null;
        return most == 0 ? leastWeight : Math.Max(least / most, leastWeight);
    }
}
