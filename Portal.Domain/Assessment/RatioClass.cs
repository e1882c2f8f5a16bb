namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>The classes of the one index that every medium has: how many times the limit the worst value is.
/// The steps are the portal's own way of drawing, not a law's.</summary>
public static class RatioClass
{
    public const string None = "none";

    /// <summary>The class just above the limit: what exceeds is in no better one.</summary>
    public const string LowestExceeding = "le2";

    /// <summary>The classes from best to worst: code and the highest ratio that belongs to it.</summary>
    public static IReadOnlyList<(string Code, decimal? To)> All { get; } =
        [("le0.5", 0.5m), ("le1", 1m), ("le2", 2m), ("le5", 5m), ("gt5", null)];

    /// <summary>The class of a ratio.</summary>
    public static string Of(decimal ratio) => All.First(step => step.To is null || ratio <= step.To).Code;

    /// <summary>The worse of two classes; None is better than any.</summary>
    public static string Worse(string one, string other) => Rank(one) >= Rank(other) ? one : other;

    private static int Rank(string code)
    {
        for (var rank = 0; rank < All.Count; rank++)
        {
            if (All[rank].Code == code)
                return rank;
        }
        return -1;
    }
}
