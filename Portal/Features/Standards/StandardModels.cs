using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>What a standard is on a day, in the order of the list.</summary>
public enum StandardState
{
    InForce,

    /// <summary>It has ended, but older facilities may keep it for a time.</summary>
    Legacy,

    /// <summary>It has not begun.</summary>
    Future,

    Ended,
}

/// <summary>A standard in the list.</summary>
/// <param name="Limits">Rows of its tables; 0 with no scales: its values are not known.</param>
/// <param name="Doubtful">How many of the limits are of low confidence.</param>
/// <param name="Scales">Of an index: how many parameters it scores.</param>
/// <param name="OpenQuestions">How many.</param>
/// <param name="Hits">The limits of the parameters that were searched for.</param>
public sealed record StandardLine(
    StandardPapers Papers, StandardState State, int Limits, int Doubtful, int Scales, int OpenQuestions, IReadOnlyList<LimitHit> Hits)
{
    public bool HasValues => Limits > 0 || Scales > 0 || Papers.Index is not null;
}

/// <summary>A limit that answers a search.</summary>
/// <param name="Name">Of the parameter, in the reader's language.</param>
/// <param name="Column">Name of the column, in the reader's language.</param>
/// <param name="Words">The words of a class without numbers.</param>
public sealed record LimitHit(string Parameter, string Name, string ColumnCode, string Column, Averaging Averaging, LimitValue Value, string Words);

/// <summary>The list under a filter.</summary>
/// <param name="Total">How many standards there are without the filter.</param>
/// <param name="Media">Media that any standard judges.</param>
public sealed record StandardList(IReadOnlyList<StandardLine> Lines, int Total, IReadOnlyList<string> Media);

/// <summary>One standard with all that is known of it.</summary>
/// <param name="Predecessors">Codes of the loaded standards that it supersedes.</param>
/// <param name="Loaded">Codes of all standards with a page.</param>
/// <param name="Scales">Empty where it is no index, and for an index without scales.</param>
public sealed record StandardSheet(
    Standard Standard, IReadOnlyList<string> Predecessors, IReadOnlySet<string> Loaded,
    IReadOnlyList<ScaleShown> Scales, IReadOnlyList<IndexBand> Bands, IReadOnlyList<IndexConstant> Constants);

/// <summary>How an index scores one parameter.</summary>
/// <param name="Name">In the reader's language; null where the scale is no parameter.</param>
public sealed record ScaleShown(string Code, string? Name, string Group, Unit Unit, IReadOnlyList<ScaleStep> Steps);

/// <summary>A step of a scale and where it was read.</summary>
public sealed record ScaleStep(IndexSegment Segment, LimitOrigin Origin);

/// <summary>States of standards and the day whose rows are shown.</summary>
internal static class StandardDays
{
    public static StandardState StateOn(this StandardPapers papers, DateOnly day) =>
        papers.Valid.Contains(day) ? StandardState.InForce
        : day < papers.Valid.From ? StandardState.Future
        : papers.Legacy?.Until >= day ? StandardState.Legacy : StandardState.Ended;

    /// <summary>The day itself, or the nearest on which the standard was in force: an ended one shows its last rows.</summary>
    public static DateOnly ShownOn(this StandardPapers papers, DateOnly day) =>
        day > papers.Valid.To ? papers.Valid.To.Value : day < papers.Valid.From ? papers.Valid.From.Value : day;
}
