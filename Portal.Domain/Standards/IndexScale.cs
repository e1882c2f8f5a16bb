using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Standards;

/// <summary>One step of a scale: from one breakpoint to the next the index runs in a straight line.
/// An open end has no breakpoint; there the index stays the same.</summary>
/// <param name="From">Lower breakpoint, in the unit of the scale.</param>
/// <param name="FromIncluded">The breakpoint itself belongs to this step: ≥, not &gt;.</param>
/// <param name="To">Upper breakpoint.</param>
/// <param name="ToIncluded">≤, not &lt;.</param>
/// <param name="IndexFrom">The index at the lower breakpoint.</param>
/// <param name="IndexTo">The index at the upper breakpoint.</param>
public sealed record IndexSegment(decimal? From, bool FromIncluded, decimal? To, bool ToIncluded, decimal IndexFrom, decimal IndexTo)
{
    /// <summary>Where the row stands; null: as its scale.</summary>
    public LimitOrigin? Origin { get; init; }

    public bool IsFlat => IndexFrom == IndexTo;

    public bool Contains(decimal value) =>
        (From is not { } from || value > from || (FromIncluded && value == from))
        && (To is not { } to || value < to || (ToIncluded && value == to));

    /// <summary>Values just below this one lie in the step.</summary>
    public bool ContainsBelow(decimal value) => !(value <= From) && !(value > To);

    /// <summary>Values just above this one lie in the step.</summary>
    public bool ContainsAbove(decimal value) => !(value < From) && !(value >= To);

    /// <summary>The index of a value of the step or of its breakpoints.</summary>
    public decimal IndexAt(decimal value) =>
        // Multiplied before divided: 25 ÷ 0.3 has no end, 25 × 0.3 ÷ 0.3 is 25.
        IsFlat ? IndexFrom
        : IndexTo < IndexFrom ? (IndexFrom - IndexTo) * (To!.Value - value) / (To.Value - From!.Value) + IndexTo
        : (IndexTo - IndexFrom) * (value - From!.Value) / (To!.Value - From.Value) + IndexFrom;
}

/// <summary>How an index scores one parameter: steps without gap or overlap.</summary>
public sealed class IndexScale
{
    private readonly IndexSegment[] segments;

    /// <param name="code">Once in its table: "BOD5", "O3_8h".</param>
    /// <param name="group">The group of the index that the score goes into; may be empty.</param>
    /// <param name="segments">From the lowest values up.</param>
    /// <exception cref="ArgumentException">See <see cref="Fault"/>.</exception>
    public IndexScale(string code, string group, Unit unit, IReadOnlyList<IndexSegment> segments, LimitOrigin origin)
    {
        if (Fault(segments) is { } fault)
            throw new ArgumentException($"{code}: {fault}");
        (Code, Group, Unit, Origin) = (code, group, unit, origin);
        this.segments = [.. segments];
    }

    public string Code { get; }

    public string Group { get; }

    public Unit Unit { get; }

    public IReadOnlyList<IndexSegment> Segments => segments;

    public LimitOrigin Origin { get; }

    /// <summary>The step that a value lies in; null outside the scale.</summary>
    public IndexSegment? Find(decimal value)
    {
        // Plain loops: a score is looked up for every value of every sample, and a delegate would be made for each.
        foreach (var segment in segments)
        {
            if (segment.Contains(value))
                return segment;
        }
        return null;
    }

    /// <summary>The step of values just below this one.</summary>
    public IndexSegment? FindBelow(decimal value)
    {
        foreach (var segment in segments)
        {
            if (segment.ContainsBelow(value))
                return segment;
        }
        return null;
    }

    /// <summary>The step of values just above this one.</summary>
    public IndexSegment? FindAbove(decimal value)
    {
        foreach (var segment in segments)
        {
            if (segment.ContainsAbove(value))
                return segment;
        }
        return null;
    }

    /// <summary>What is wrong with the steps, or null: they must follow each other, each breakpoint belong to one of two.</summary>
    public static string? Fault(IReadOnlyList<IndexSegment> segments)
    {
        if (segments.Count == 0)
            return "A scale has at least one step.";
        for (var i = 0; i < segments.Count; i++)
        {
            var (step, next) = (segments[i], i + 1 < segments.Count ? segments[i + 1] : null);
            if (step.From >= step.To)
                return $"The step from {step.From} does not end above it.";
            if (!step.IsFlat && (step.From is null || step.To is null))
                return "An open step keeps its index.";
            if (next is null)
                continue;
            if (step.To is null || step.To != next.From)
                return $"The step that ends at {step.To} is not followed by one from there.";
            // Where the index runs on without a jump, both may name the breakpoint.
            var jumps = step.IndexTo != next.IndexFrom;
            if (step.ToIncluded == next.FromIncluded && (jumps || !step.ToIncluded))
                return $"The breakpoint {step.To} belongs to {(step.ToIncluded ? "two steps" : "no step")}.";
        }
        return null;
    }
}
