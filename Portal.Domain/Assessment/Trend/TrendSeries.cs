using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Assessment.Trend;

/// <summary>The values of one parameter at one site in the order of time. Missing values are left out, but the others keep their place.
/// Each value is an interval: a number is [x, x], "&lt;x" lies below x, "&gt;x" above it. What follows from that, and nothing else, is known of
/// their order (see <see cref="PairOrder"/>).</summary>
public sealed class TrendSeries
{
    private readonly double[] times;
    private readonly double[] low;
    private readonly double[] high;
    private readonly int[] places;

    /// <param name="points">In any order; those of the same time are put in the order of their values.</param>
    public TrendSeries(IEnumerable<TrendPoint> points)
    {
        var rows = points.ToArray();
        Array.Sort(rows, static (one, other) => one.Time != other.Time ? one.Time.CompareTo(other.Time) : Compare(one.Value, other.Value));
        Rows = rows.Length;
        Count = rows.Count(row => row.Value is not null);
        (times, low, high, places) = (new double[Count], new double[Count], new double[Count], new int[Count]);
        var at = 0;
        for (var place = 0; place < rows.Length; place++)
        {
            if (rows[place].Value is not { } value)
                continue;
            (times[at], places[at]) = (rows[place].Time, place);
            (low[at], high[at]) = Interval(value);
            at++;
        }
        (Below, Above) = (low.Count(double.IsNegativeInfinity), high.Count(double.IsPositiveInfinity));
        Limits = FindLimits(rows);
    }

    private TrendSeries(double[] times, double[] low, double[] high)
    {
        (this.times, this.low, this.high, places) = (times, low, high, []);
        Rows = Count = times.Length;
        (Below, Above) = (low.Count(double.IsNegativeInfinity), high.Count(double.IsPositiveInfinity));
    }

    /// <summary>Values and missing values.</summary>
    public int Rows { get; }

    /// <summary>Values.</summary>
    public int Count { get; }

    /// <summary>Values below a limit of detection.</summary>
    public int Below { get; }

    /// <summary>Values above the range of a method.</summary>
    public int Above { get; }

    /// <summary>Values that are numbers.</summary>
    public int Measured => Count - Below - Above;

    /// <summary>How many different numbers were measured.</summary>
    public int DifferentMeasured => low.Where((number, at) => number == high[at]).Distinct().Count();

    public bool IsCensored => Below + Above > 0;

    /// <summary>Null where every value was detected.</summary>
    public DetectionLimits? Limits { get; }

    /// <summary>How many values share their time with another.</summary>
    public int SameTime
    {
        get
        {
            var same = 0;
            for (var at = 0; at < Count; at++)
            {
                if ((at > 0 && times[at] == times[at - 1]) || (at + 1 < Count && times[at] == times[at + 1]))
                    same++;
            }
            return same;
        }
    }

    /// <summary>The time of each value, ascending.</summary>
    internal ReadOnlySpan<double> Times => times;

    /// <summary>The lower end of each value; minus infinity below a limit of detection.</summary>
    internal ReadOnlySpan<double> Low => low;

    /// <summary>The upper end of each value; infinity above the range of a method.</summary>
    internal ReadOnlySpan<double> High => high;

    /// <summary>The values of one season: those whose place leaves this remainder.</summary>
    internal TrendSeries Season(int season, int period)
    {
        var chosen = Enumerable.Range(0, Count).Where(at => places[at] % period == season).ToArray();
        return new(
            Array.ConvertAll(chosen, at => times[at]), Array.ConvertAll(chosen, at => low[at]), Array.ConvertAll(chosen, at => high[at]));
    }

    private static DetectionLimits? FindLimits(TrendPoint[] rows)
    {
        var limits = rows.Where(row => row.Value?.Censoring == Censoring.Below).Select(row => row.Value!.Value.Number).ToList();
        if (limits.Count == 0)
            return null;
        var highest = limits.Max();
        var under = rows.Where(row => row.Value is { Censoring: Censoring.None } value && value.Number < highest).Min(row => row.Value?.Number);
        return new(limits.Min(), highest, under);
    }

    private static (double Low, double High) Interval(ReportedValue value)
    {
        var number = (double)value.Number;
        return value.Censoring switch
        {
            Censoring.Below => (double.NegativeInfinity, number),
            Censoring.Above => (number, double.PositiveInfinity),
            _ => (number, number),
        };
    }

    private static int Compare(ReportedValue? one, ReportedValue? other) => (one, other) switch
    {
        ({ } a, { } b) => (a.Number, a.Censoring).CompareTo((b.Number, b.Censoring)),
        _ => (one is null ? 0 : 1) - (other is null ? 0 : 1),
    };
}
