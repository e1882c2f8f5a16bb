using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Home;

/// <summary>An organisation of the tree under the account's, or the account's own.</summary>
/// <param name="Under">Name of its own parent; null for the account's own organisation.</param>
/// <param name="Depth">0 for the account's own, 1 for its subsidiaries, more below them.</param>
/// <param name="Worst">Highest ratio among the newest results that exceed; null without any.</param>
/// <param name="ExceededBefore">Sites that exceeded in the event before the newest of each.</param>
/// <param name="Samples">Of the last twelve months.</param>
/// <param name="Campaign">The newest that sampled a site of it, with the last day of that sample.</param>
/// <param name="Done">Of the duties that came due last, at most eight, those that are fulfilled.</param>
/// <param name="Late">Duties past their last day; the board of duties lists the same.</param>
/// <param name="Expiring">Permits that end within ninety days.</param>
public sealed record UnitLine(
    string Code, string Name, string? Under, int Depth, int Sites, int Exceeding, int Undecided, int Within, decimal? Worst, int ExceededBefore, int Unreviewed,
    int Samples, string? Campaign, DateOnly? LastDay, int Done, int Owed, int Late, int Expiring)
{
    /// <summary>The last eight quarters, oldest first; the last one is under way.</summary>
    public IReadOnlyList<QuarterCell> Quarters { get; init; } = [];

    /// <summary>Quarters with results, of those that have ended; the one under way counts once something is there.</summary>
    public (int With, int Of) Delivered => (Quarters.Count(cell => cell.Verdict is not null),
        Quarters.Count - (Quarters is [.., { Verdict: null }] ? 1 : 0));
}

/// <summary>The results of one quarter.</summary>
/// <param name="Verdict">The worst; null where nothing was handed in.</param>
/// <param name="Ratio">The worst ratio; null where only non-detects, ranges or values without a limit are there.</param>
/// <param name="Class">The worst class of a worst ratio among its sites.</param>
public sealed record QuarterCell(DateOnly Start, string? Verdict, decimal? Ratio, int Sites, int Exceeding, bool Reviewed, string Class = RatioClass.None)
{
    public Period Period => new(Start, Start.AddMonths(3).AddDays(-1), "quarter");

    /// <summary>What fills it: of several sites, one that cannot be judged leaves the whole quarter without a good class.</summary>
    public string Band => Verdict is "exceeds" or "within" ? Class : RatioClass.None;
}

/// <summary>The last quarters by the calendar.</summary>
public static class Quarters
{
    public const int Shown = 8;

    /// <summary>First days, oldest first; the last is that of the quarter under way.</summary>
    public static IReadOnlyList<DateOnly> Until(DateOnly today)
    {
        var current = new DateOnly(today.Year, (((today.Month - 1) / 3) * 3) + 1, 1);
        return [.. Enumerable.Range(0, Shown).Select(step => current.AddMonths(3 * (step - Shown + 1)))];
    }
}

/// <summary>An organisation and those below it.</summary>
/// <param name="Units">In the order of the tree, the account's own first.</param>
/// <param name="Alone">Of a facility without subsidiaries, whose page is about itself.</param>
public sealed record UnitTree(IReadOnlyList<UnitLine> Units, UnitDetail? Alone)
{
    /// <summary>The subsidiaries, and the organisation itself where it has sites of its own.</summary>
    public IReadOnlyList<UnitLine> Rows => [.. Units.Where(unit => unit.Depth > 0 || unit.Sites > 0)];
}

/// <summary>One organisation with its facilities and sites.</summary>
public sealed record UnitDetail(UnitLine Unit, IReadOnlyList<FacilityGroup> Facilities);

/// <summary>A facility with its sites, the worst first.</summary>
/// <param name="Code">Null for sites that belong to no facility.</param>
public sealed record FacilityGroup(string? Code, string? Name, string? Area, IReadOnlyList<PermitEnd> Permits, IReadOnlyList<UnitSite> Sites);

/// <summary>A permit that ends within ninety days.</summary>
public sealed record PermitEnd(string Number, DateOnly LastDay);

/// <summary>A site as it stands in the worst of its newest events.</summary>
/// <param name="Owner">Code of the organisation that the map filters by.</param>
/// <param name="Verdict">Null where nothing was sampled.</param>
/// <param name="Band">The class of its worst ratio, as in the strip of quarters.</param>
/// <param name="Deciding">The result that decides; null without results.</param>
public sealed record UnitSite(
    string Code, string Name, string Kind, string Owner, string? Medium, string? Verdict, string Band, DateOnly? LastDay, string? Campaign, bool Reviewed, DecidingResult? Deciding)
{
    public IReadOnlyList<QuarterCell> Quarters { get; init; } = [];

    public string MapAddress => new MapFilter { Organisation = Owner, Site = Code }.ToAddress();
}

/// <summary>The result that decides the verdict of an event.</summary>
/// <param name="Reason">Why it cannot be judged, as a code; empty otherwise.</param>
public sealed record DecidingResult(string Parameter, ReportedValue Value, string? Unit, SiteLimit? Limit, decimal? Ratio, string Reason);
