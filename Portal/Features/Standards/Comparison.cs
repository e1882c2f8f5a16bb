using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>What became of a limit, in the order of the page: changes first.</summary>
public enum LimitChange
{
    /// <summary>Every value that is within now was within before, and not the other way round.</summary>
    Stricter,

    Looser,

    /// <summary>A range moved: stricter at one end, looser at the other.</summary>
    Moved,

    /// <summary>Both have a limit, but of another mean, with other coefficients, or in words: the figures do not compare.</summary>
    OtherBasis,

    New,

    Gone,

    Same,
}

/// <summary>A parameter in two versions; one side is null where that version has no such limit.</summary>
public sealed record ComparedLimit(Limit? Old, Limit? New, LimitChange Change)
{
    public Parameter Parameter => (New ?? Old)!.Parameter;

    public string Fraction => (New ?? Old)!.Fraction;

    public bool UnitDiffers => Old is not null && New is not null && Old.Value.Unit != New.Value.Unit;

    public bool AveragingDiffers => Old is not null && New is not null && Old.Averaging != New.Averaging;

    public bool CoefficientsDiffer => Old is not null && New is not null && !Old.Coefficients.SequenceEqual(New.Coefficients);
}

/// <summary>Two versions of a standard, parameter by parameter.</summary>
public static class Comparison
{
    /// <summary>Compares the rows of two columns, each of one day. Figures compare in the canonical unit of the parameter.</summary>
    public static IReadOnlyList<ComparedLimit> Of(IEnumerable<Limit> old, IEnumerable<Limit> now)
    {
        var left = old.ToList();
        var right = now.ToList();
        var pairs = new List<ComparedLimit>();
        Pair(limit => (limit.Parameter.Code, limit.Fraction, limit.Averaging));
        // Left over: the same parameter with another mean.
        Pair(limit => (limit.Parameter.Code, limit.Fraction));
        pairs.AddRange(left.Select(limit => new ComparedLimit(limit, null, LimitChange.Gone)));
        pairs.AddRange(right.Select(limit => new ComparedLimit(null, limit, LimitChange.New)));
        return pairs.OrderBy(pair => pair.Change).ThenBy(pair => pair.Parameter.Sort).ThenBy(pair => pair.Parameter.Code, StringComparer.Ordinal)
            .ThenBy(pair => pair.Fraction, StringComparer.Ordinal).ToList();

        void Pair(Func<Limit, object> key)
        {
            foreach (var limit in right.ToList())
            {
                if (left.Find(other => key(other).Equals(key(limit))) is not { } before)
                    continue;
                left.Remove(before);
                right.Remove(limit);
                pairs.Add(new(before, limit, Change(before, limit)));
            }
        }
    }

    private static LimitChange Change(Limit old, Limit now)
    {
        if (old.Averaging != now.Averaging || !old.Coefficients.SequenceEqual(now.Coefficients))
            return LimitChange.OtherBasis;
        if (old.Value.Kind == LimitKind.ClassText || now.Value.Kind == LimitKind.ClassText)
            return old.Value.Kind == now.Value.Kind && old.Origin.Note == now.Origin.Note ? LimitChange.Same : LimitChange.OtherBasis;
        // A maximum has no lower end, a minimum no upper one: what is within lies between the two.
        var (below, above) = (decimal.MinValue, decimal.MaxValue);
        var lower = (now.Canonical.Lower ?? below).CompareTo(old.Canonical.Lower ?? below);
        var upper = (old.Canonical.Upper ?? above).CompareTo(now.Canonical.Upper ?? above);
        return (lower, upper) switch
        {
            (0, 0) => LimitChange.Same,
            ( >= 0, >= 0) => LimitChange.Stricter,
            ( <= 0, <= 0) => LimitChange.Looser,
            _ => LimitChange.Moved,
        };
    }
}
