using System.Buffers;

namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>Where the level of a series changes once (Pettitt 1979, A non-parametric approach to the change-point problem, Applied Statistics
/// 28, 126-135), by the same comparisons as <see cref="PairOrder"/>: values whose order is not known count as tied.</summary>
/// <param name="K">The largest |U|.</param>
/// <param name="Position">The last value before the change, from 1; of several equal ones the first.</param>
/// <param name="P">Two-sided, by Pettitt's approximation. Never too small: ties and short series only make it larger.</param>
internal readonly record struct ChangePoint(long K, int Position, double P)
{
    private const int OnStack = 512;

    public static ChangePoint Of(TrendSeries series)
    {
        var n = series.Count;
        var rented = n > OnStack ? ArrayPool<int>.Shared.Rent(n) : null;
        var balances = rented is null ? stackalloc int[n] : rented.AsSpan(0, n);
        PairOrder.Count(series, balances);
        long u = 0, k = 0;
        var position = 0;
        for (var at = 0; at < n; at++)
        {
            u += balances[at];
            if (Math.Abs(u) > k)
                (k, position) = (Math.Abs(u), at + 1);
        }
        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);
        double cube = (double)n * n * n + (double)n * n;
        return new(k, position, Math.Min(1, 2 * Math.Exp(-6.0 * k * k / cube)));
    }
}
