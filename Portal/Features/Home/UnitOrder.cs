namespace QuanTrac.Portal.Features.Home;

/// <summary>In which order the units stand: by a column, from its worse or greater end unless turned round.</summary>
/// <param name="Key">One of <see cref="Keys"/>; what is not known is the worst first.</param>
public sealed record UnitOrder(string Key, bool Turned)
{
    public const string Worst = "worst";

    public static IReadOnlyList<string> Keys { get; } = [Worst, "name", "delivered", "samples", "campaign", "sites", "exceeding", "undecided", "unreviewed", "quarters"];

    public static UnitOrder Of(string? key, string? order) => new(key is not null && Keys.Contains(key) ? key : Worst, order == "turned");

    public string Query => Key == Worst && !Turned ? "" : $"?sort={Key}{(Turned ? "&order=turned" : "")}";

    /// <summary>The order after the head of a column was pressed.</summary>
    public UnitOrder Press(string key) => new(key, key == Key && !Turned);

    /// <summary>Ties by the worst, then by name.</summary>
    public IReadOnlyList<UnitLine> Apply(IEnumerable<UnitLine> units)
    {
        var worst = units.OrderByDescending(unit => unit.Exceeding).ThenByDescending(unit => unit.Worst ?? 0)
            .ThenByDescending(unit => unit.Late).ThenByDescending(unit => unit.Undecided).ThenBy(unit => unit.Name, StringComparer.CurrentCulture).ThenBy(unit => unit.Code, StringComparer.Ordinal);
        IEnumerable<UnitLine> sorted = Key switch
        {
            "name" => worst.OrderBy(unit => unit.Name, StringComparer.CurrentCulture),
            // Who delivered least comes first.
            "delivered" => worst.OrderByDescending(unit => unit.Late).ThenBy(unit => unit.Delivered.With),
            "samples" => worst.OrderByDescending(unit => unit.Samples),
            "campaign" => worst.OrderByDescending(unit => unit.LastDay ?? DateOnly.MinValue),
            "sites" => worst.OrderByDescending(unit => unit.Sites),
            "exceeding" => worst.OrderByDescending(unit => unit.Exceeding),
            "undecided" => worst.OrderByDescending(unit => unit.Undecided),
            "unreviewed" => worst.OrderByDescending(unit => unit.Unreviewed),
            "quarters" => worst.OrderByDescending(unit => unit.Quarters.Count(cell => cell.Verdict == "exceeds")),
            _ => worst,
        };
        return [.. Turned ? sorted.Reverse() : sorted];
    }
}
