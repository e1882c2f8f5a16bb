using System.Buffers;

namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>Sen's slope with its confidence interval: the slope at which the residuals show no trend (Kendall's S = 0). Of numbers it is the
/// median of the slopes of all pairs (Sen 1968); with limits of detection it is the slope of Akritas, Murphy and LaValley (1995), which Helsel
/// (2012) recommends. No value is put in the place of a non-detect.</summary>
/// <param name="Value">In units of the value for a unit of time; null where the pairs leave it open.</param>
/// <param name="Pairs">Pairs that lie apart in time.</param>
/// <param name="CensoredPairs">Pairs of which one or both values are no numbers.</param>
internal readonly record struct SenSlope(double? Value, double? Low, double? High, long Pairs, long CensoredPairs)
{
    /// <summary>Pools the pairs within each of the series (the seasons of one).</summary>
    /// <param name="varS">The variance of Kendall's S of them all.</param>
    public static SenSlope Of(IReadOnlyList<TrendSeries> groups, double varS)
    {
        var censored = groups.Any(group => group.IsCensored);
        var most = groups.Sum(group => (long)group.Count * (group.Count - 1) / 2) * (censored ? 2 : 1);
        var rented = ArrayPool<double>.Shared.Rent(checked((int)most));
        var edges = new Edges(rented, censored);
        foreach (var group in groups)
            edges.Add(group);

        // The ranks of Gilbert (1987, section 16.5): (N - C)/2 and (N + C)/2 + 1 of N slopes, between two ranks by interpolation.
        var c = Normal.Quantile((1 + TrendChoices.Confidence) / 2) * Math.Sqrt(varS);
        var low = edges.At(edges.Rises - c - 1);
        var value = edges.At(edges.Rises);
        var high = edges.At(edges.Rises + c + 1);
        ArrayPool<double>.Shared.Return(rented);
        return new(value, low, high, edges.Pairs, edges.Pairs - edges.MeasuredPairs);
    }

    /// <summary>As the slope taken out grows, a pair of numbers turns from a rise into a fall at its own slope: it counts as two edges there.
    /// A pair with "&lt;x" has one edge: before it the later value surely lies higher, or behind it surely lower; on the other side
    /// nothing is known.</summary>
    private ref struct Edges(Span<double> buffer, bool censored)
    {
        private readonly Span<double> buffer = buffer;
        private int count;
        private Selection sorted;
        private bool isComplete;

        public long Pairs { get; private set; }

        public long MeasuredPairs { get; private set; }

        /// <summary>How many edges end a rise: S is zero behind as many.</summary>
        public long Rises { get; private set; }

        public void Add(TrendSeries group)
        {
            if (censored)
                AddCensored(group.Times, group.Low, group.High);
            else
                AddMeasured(group.Times, group.Low);
        }

        // Between two edges (counted from 1) lies every slope that they let through; of these the middle is taken.
        public double? At(double edges)
        {
            var all = censored ? count : 2L * count;
            var before = (long)Math.Floor(edges);
            var part = edges - before;
            if (before < 1 || before + (part > 0 ? 2 : 1) > all)
                return null;
            if (!isComplete)
            {
                sorted = new(buffer[..count]);
                isComplete = true;
            }
            var first = (Edge(before) + Edge(before + 1)) / 2;
            return part > 0 ? first + part * ((Edge(before + 1) + Edge(before + 2)) / 2 - first) : first;
        }

        // Both edges of a pair of numbers are kept as one where there are no others.
        private double Edge(long number) => sorted[(int)(censored ? number - 1 : (number - 1) / 2)];

        private void AddMeasured(ReadOnlySpan<double> times, ReadOnlySpan<double> values)
        {
            var start = count;
            for (var i = 0; i < times.Length; i++)
            {
                var (time, value) = (times[i], values[i]);
                for (var j = i + 1; j < times.Length; j++)
                {
                    if (times[j] > time)
                        buffer[count++] = (values[j] - value) / (times[j] - time);
                }
            }
            Pairs += count - start;
            MeasuredPairs += count - start;
            Rises += count - start;
        }

        private void AddCensored(ReadOnlySpan<double> times, ReadOnlySpan<double> low, ReadOnlySpan<double> high)
        {
            for (var i = 0; i < times.Length; i++)
            {
                for (var j = i + 1; j < times.Length; j++)
                {
                    var span = times[j] - times[i];
                    if (span <= 0)
                        continue;
                    Pairs++;
                    var (rise, fall) = ((low[j] - high[i]) / span, (high[j] - low[i]) / span);
                    if (double.IsFinite(rise))
                    {
                        buffer[count++] = rise;
                        Rises++;
                    }
                    if (double.IsFinite(fall))
                        buffer[count++] = fall;
                    if (low[i] == high[i] && low[j] == high[j])
                        MeasuredPairs++;
                }
            }
        }
    }
}
