using System.Buffers;

namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>The order of the values of a series, pair by pair: Kendall's S for data with several limits of detection (Helsel 2012,
/// Statistics for Censored Environmental Data Using Minitab and R, chapter 12; function cenken of the R package NADA).
/// From "&lt;1" to 10 is a rise; from "&lt;1" to 0.5 or to "&lt;5" is a tie, since neither can be said to be the larger; "&gt;" alike.
/// In a stable series such a pair rises as often as it falls, whatever the limits are, so limits that change with time make no trend.</summary>
internal readonly record struct PairOrder
{
    private const int OnStack = 512;

    /// <summary>Rises less falls, from the earlier value to the later.</summary>
    public long S { get; private init; }

    /// <summary>The variance of <see cref="S"/> where there is no trend.</summary>
    public double VarS { get; private init; }

    /// <summary>n(n-1)/2: what tau-a divides by.</summary>
    public long Pairs { get; private init; }

    /// <summary>Pairs that lie apart in time.</summary>
    public long PairsApart { get; private init; }

    /// <summary>What tau-b divides by: pairs without those that share a time, times pairs without those that tie, under the root.</summary>
    public double UntiedPairs { get; private init; }

    public static PairOrder Of(TrendSeries series)
    {
        var n = series.Count;
        var rented = n > OnStack ? ArrayPool<int>.Shared.Rent(n) : null;
        var balances = rented is null ? stackalloc int[n] : rented.AsSpan(0, n);
        var (s, ordered) = Count(series, balances);
        long squares = 0;
        foreach (var balance in balances)
            squares += (long)balance * balance;
        if (rented is not null)
            ArrayPool<int>.Shared.Return(rented);

        var (apart, timeSquares) = CountTimes(series.Times);
        return new()
        {
            S = s,
            VarS = Variance(n, apart, timeSquares, ordered, squares),
            Pairs = (long)n * (n - 1) / 2,
            PairsApart = apart,
            UntiedPairs = Math.Sqrt((double)apart * ordered),
        };
    }

    /// <summary>Compares each value with each.</summary>
    /// <param name="balances">Becomes, for each value, how many are surely smaller less how many are surely larger.</param>
    /// <returns>Rises less falls of the pairs that lie apart in time, and how many pairs (of any time) have a known order.</returns>
    public static (long S, long Ordered) Count(TrendSeries series, Span<int> balances)
    {
        var times = series.Times;
        var low = series.Low;
        var high = series.High;
        balances.Clear();
        long s = 0, ordered = 0;
        for (var i = 0; i < times.Length; i++)
        {
            var (time, lowest, highest, balance) = (times[i], low[i], high[i], 0);
            for (var j = i + 1; j < times.Length; j++)
            {
                // Two equal numbers are "not above" each other both ways: no rise.
                var rise = (highest <= low[j] ? 1 : 0) - (high[j] <= lowest ? 1 : 0);
                balance -= rise;
                balances[j] += rise;
                ordered += rise & 1;
                s += times[j] > time ? rise : 0;
            }
            balances[i] += balance;
        }
        return (s, ordered);
    }

    // The exact variance over all orders in which the values can stand, from the sums that any matrix of pair scores has (Daniels 1944;
    // Kendall 1970, Rank Correlation Methods, chapter 5; with censored values Brown, Hollander and Korwar 1974, Isobe, Feigelson and
    // Nelson 1986). Without censoring it is the usual n(n-1)(2n+5)/18 less the sums over ties, in values and in times.
    // In whole numbers until the last step: nothing is lost, whatever the order of the sums.
    private static double Variance(int n, long apart, long timeSquares, long ordered, long squares)
    {
        if (n < 2)
            return 0;
        var twice = 2 * (Int128)apart * ordered;
        return n < 3
            ? (double)twice / 2
            : (double)((Int128)(timeSquares - 2 * apart) * (squares - 2 * ordered) + twice * (n - 2)) / ((double)n * (n - 1) * (n - 2));
    }

    // The same for the times, which are in order: how many pairs lie apart, and the squares of earlier less later.
    private static (long Apart, long Squares) CountTimes(ReadOnlySpan<double> times)
    {
        var n = times.Length;
        long apart = (long)n * (n - 1) / 2;
        long squares = 0;
        for (int start = 0, end; start < n; start = end)
        {
            end = start + 1;
            while (end < n && times[end] == times[start])
                end++;
            long together = end - start, balance = start - (n - end);
            apart -= together * (together - 1) / 2;
            squares += together * balance * balance;
        }
        return (apart, squares);
    }
}
