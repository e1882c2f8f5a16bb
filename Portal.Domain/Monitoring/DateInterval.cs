namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>Days from <see cref="From"/> to <see cref="To"/>, both belonging to it; no <see cref="To"/> means until further notice,
/// no <see cref="From"/> means since before the records begin.</summary>
public sealed record DateInterval
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

    public bool Contains(DateOnly day) => !(day < From) && !(day > To);

    public bool Overlaps(DateInterval other) => !(other.From > To) && !(From > other.To);
}
