using System.Collections;

namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>Days from <see cref="From"/> to <see cref="To"/>, both belonging to it; no <see cref="To"/> means until further notice,
/// no <see cref="From"/> means since before the records begin.</summary>
public sealed record DateInterval : IStructuralComparable
{
    /// <exception cref="ArgumentException"><paramref name="to"/> lies before <paramref name="from"/>.</exception>
    public DateInterval(DateOnly? from, DateOnly? to)
    {
        if (from > to)
            throw new ArgumentException($"The interval ends ({to:yyyy-MM-dd}) before it begins ({from:yyyy-MM-dd}).");
        From = from;
        To = to;
    }

    public DateOnly? From { get; }

    public DateOnly? To { get; }

    public static DateInterval Always { get; } = new(null, null);

    // By the first day, then by the last: an open beginning comes first, an open end last. Keys of dated rows are put in order by it.
    int IStructuralComparable.CompareTo(object? other, IComparer comparer) => other is DateInterval interval
        ? (From ?? DateOnly.MinValue, To ?? DateOnly.MaxValue).CompareTo((interval.From ?? DateOnly.MinValue, interval.To ?? DateOnly.MaxValue))
        : 1;

    public bool Contains(DateOnly day) => !(day < From) && !(day > To);

    public bool Overlaps(DateInterval other) => !(other.From > To) && !(From > other.To);
}
