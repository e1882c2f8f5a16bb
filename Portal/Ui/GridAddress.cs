using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace QuanTrac.Portal.Ui;

/// <summary>Order and columns of a grid as the address says them: <c>?order=-seen&amp;columns=person,state</c>. A minus puts the greatest first.</summary>
/// <param name="Columns">Those shown; empty for those that the page shows by itself.</param>
public sealed record GridAddress(string? Order, bool Descending, IReadOnlyList<string> Columns)
{
    /// <summary>Reads an address; what is no name of a column is left out by whoever asks.</summary>
    /// <param name="prefix">Before both names, where a page has two grids.</param>
    public static GridAddress Read(string uri, string prefix = "")
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var order = query.GetValueOrDefault(prefix + "order").ToString();
        var columns = query.GetValueOrDefault(prefix + "columns").ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var descending = order.StartsWith('-');
        var key = order.TrimStart('-');
        return new(key.Length == 0 ? null : key, descending && key.Length > 0, columns);
    }

    /// <summary>The address with this order and these columns, all else as it is.</summary>
    public string In(NavigationManager navigation, string prefix = "") => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        [prefix + "order"] = Order is null ? null : (Descending ? "-" : "") + Order,
        [prefix + "columns"] = Columns.Count == 0 ? null : string.Join(',', Columns),
    });

    public bool Equals(GridAddress? other) => other is not null && Order == other.Order && Descending == other.Descending && Columns.SequenceEqual(other.Columns);

    public override int GetHashCode() => HashCode.Combine(Order, Descending, Columns.Count);
}
