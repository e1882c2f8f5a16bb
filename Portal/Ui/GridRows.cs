namespace QuanTrac.Portal.Ui;

/// <summary>What a grid asks its page for.</summary>
/// <param name="Order">Key of the column to sort by; null for the order that the page thinks best.</param>
/// <param name="Descending">Whether the greatest comes first.</param>
/// <param name="Start">How many rows are left out.</param>
/// <param name="Count">How many are wanted.</param>
public sealed record GridAsk(string? Order, bool Descending, int Start, int Count);

/// <summary>What the page answers.</summary>
/// <param name="Rows">Those asked for.</param>
/// <param name="Total">How many there are in all.</param>
public sealed record GridRows<T>(IReadOnlyList<T> Rows, int Total);

/// <summary>Short ways to answer.</summary>
public static class GridRows
{
    /// <summary>Of a list that is read whole, such as one of a few hundred rows: sorted and cut here.</summary>
    /// <param name="all">In the order that the page thinks best.</param>
    /// <param name="by">What a column sorts by.</param>
    public static GridRows<T> Of<T>(IReadOnlyList<T> all, GridAsk ask, Func<string, Func<T, object?>> by)
    {
        IEnumerable<T> sorted = all;
        if (ask.Order is not null)
        {
            var key = by(ask.Order);
            sorted = ask.Descending ? all.OrderByDescending(key, Comparison) : all.OrderBy(key, Comparison);
        }
        return new([.. sorted.Skip(ask.Start).Take(ask.Count)], all.Count);
    }

    // Words as the reader's language sorts them; nothing comes last of what rises.
    private static readonly Comparer<object?> Comparison = Comparer<object?>.Create((one, other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => 1,
        (_, null) => -1,
        (string a, string b) => StringComparer.CurrentCulture.Compare(a, b),
        _ => System.Collections.Comparer.Default.Compare(one, other),
    });
}
