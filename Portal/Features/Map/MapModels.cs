using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary>An entry of a filter: a code and what the reader calls it.</summary>
public sealed record Choice(string Code, string Name);

/// <summary>A row of the list twin: the worst visible status of a site under the filter.</summary>
/// <param name="Rank">Its place in the list, the worst 1; a site that exceeds bears it on the map.</param>
/// <param name="Verdict">within, exceeds, cannot judge or no limit.</param>
/// <param name="Band">Class of its worst ratio, whatever fills the map: le0.5, le1, le2, le5, gt5, none.</param>
/// <param name="Parameter">Name of the worst parameter in the reader's language.</param>
/// <param name="Ratio">Worst ratio to a limit; null without one.</param>
public sealed record MapSite(
    int Rank, string Code, string Name, string Medium, string Verdict, string Band, string? Parameter, decimal? Ratio, DateOnly? LastSampled);

/// <summary>An index of an event.</summary>
/// <param name="Index">vn-wqi, wqi-2011, vn-aqi, ccme-wqi or worst-ratio.</param>
/// <param name="Value">The whole index; null for the classes of the worst ratio.</param>
/// <param name="Band">A class of the index, or le0.5, le1, le2, le5, gt5, none.</param>
/// <param name="Name">Of the index's class, in the reader's language; null for the classes of the worst ratio.</param>
public sealed record Fill(string Index, int? Value, string Band, string? Name, string Colour)
{
    public const string WorstRatio = "worst-ratio";
}

/// <summary>What fills the marks under a filter: one scale in one view.</summary>
/// <param name="Index">vn-wqi, wqi-2011, vn-aqi, ccme-wqi or worst-ratio.</param>
/// <param name="Instrument">The paper of the index, or the one standard that the ratios are held against; null where several are.</param>
/// <param name="Bands">Classes of the index, the worst first; none for the worst ratio, whose classes are <see cref="Ui.Bands"/>.</param>
public sealed record MapScale(string Index, string? Instrument, IReadOnlyList<ScaleBand> Bands)
{
    public bool IsWorstRatio => Index == Fill.WorstRatio;
}

/// <summary>A class of an index by its legal name and colour.</summary>
public sealed record ScaleBand(string Code, string Name, string Colour);

/// <summary>A campaign or inspection on the slider.</summary>
/// <param name="Sites">Sites with a status in it under the filter.</param>
/// <param name="Exceeding">Those of them that exceed.</param>
public sealed record CampaignStep(string Code, string Name, Period Period, int Sites, int Exceeding);

/// <summary>All that stands round the map under one filter: one answer, so that the figures belong together.</summary>
/// <param name="Exceeding">Sites that exceed, of <paramref name="Total"/>.</param>
/// <param name="Steps">Campaigns, oldest first; at most a few dozen.</param>
public sealed record MapOverview(int Total, int AllVisible, int Exceeding, MapScale Scale, IReadOnlyList<CampaignStep> Steps);

/// <summary>What the viewer can filter by: only what occurs among the sites that they see.</summary>
/// <param name="Media">Medium codes, the most frequent first.</param>
/// <param name="Groups">a to e.</param>
public sealed record MapChoices(
    IReadOnlyList<string> Media, IReadOnlyList<string> Groups, IReadOnlyList<Choice> Organisations, IReadOnlyList<Choice> Areas)
{
    public static MapChoices None { get; } = new([], [], [], []);
}
