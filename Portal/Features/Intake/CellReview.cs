using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>What a reviewer is told of one cell.</summary>
/// <param name="Verdict">By the limit in force in the period of its sample; of a mean only what one value says of it: nothing yet.</param>
/// <param name="Limit">Null where there is none in numbers.</param>
/// <param name="Earlier">What the site measured before; null where nothing was.</param>
public sealed record CellMark(long Number, Verdict Verdict, decimal? Ratio, Bounds? Limit, EarlierRange? Earlier, bool Unusual);

/// <summary>How a reviewer may narrow the cells.</summary>
public enum CellChoice
{
    /// <summary>Unusual ones first, then those that exceed, the worst first.</summary>
    ToLookAt,
    Unusual,
    Exceeding,
    All,
}

/// <summary>A submission judged before anybody accepts it; nothing of it is kept.</summary>
/// <param name="Judge">With the limits of the moment, for the cells that are looked at one by one.</param>
/// <param name="Noted">In the order in which they are looked at, as many as <see cref="Cap"/>.</param>
public sealed record CellReview(Judge Judge, int Unusual, int Exceeding, IReadOnlyList<CellMark> Noted)
{
    /// <summary>So many are listed; the counts are of all.</summary>
    public const int Cap = 2000;

    /// <summary>The numbers of the cells of a choice; null for all.</summary>
    public IReadOnlyList<long>? Numbers(CellChoice choice) => choice switch
    {
        CellChoice.All => null,
        CellChoice.Unusual => [.. Noted.Where(mark => mark.Unusual).Select(mark => mark.Number)],
        CellChoice.Exceeding => [.. Noted.Where(mark => mark.Verdict == Verdict.Exceeds).Select(mark => mark.Number)],
        _ => [.. Noted.Select(mark => mark.Number)],
    };
}
