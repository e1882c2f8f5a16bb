using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary>An entry of a filter: a code and what the reader calls it.</summary>
public sealed record Choice(string Code, string Name);

/// <summary>A row of the list twin and of the layer: the worst visible status of a site under the filter.</summary>
/// <param name="Verdict">within, exceeds, cannot judge or no limit.</param>
/// <param name="Fill">Index, value, class and colour of the mark.</param>
/// <param name="Parameter">Name of the worst parameter in the reader's language.</param>
/// <param name="Ratio">Worst ratio to a limit; null without one.</param>
public sealed record MapSite(
    string Code, string Name, string Medium, string Verdict, Fill Fill, string? Parameter, decimal? Ratio, DateOnly? LastSampled);

/// <summary>What fills a mark.</summary>
/// <param name="Index">vn-wqi, wqi-2011, vn-aqi, ccme-wqi or worst-ratio.</param>
/// <param name="Value">The whole index; null for the classes of the worst ratio.</param>
/// <param name="Band">A class of the index, or le0.5, le1, le2, le5, gt5, none.</param>
/// <param name="Name">Of the index's class, in the reader's language; null for the classes of the worst ratio.</param>
public sealed record Fill(string Index, int? Value, string Band, string? Name, string Colour)
{
    public const string WorstRatio = "worst-ratio";
}

/// <summary>A class of the legend with the number of sites in it.</summary>
/// <param name="Name">Of an index's class; null for the classes of the worst ratio.</param>
public sealed record LegendRow(string Band, string? Name, string Colour, int Count);

/// <summary>The part of the legend that one index has, its best class last.</summary>
/// <param name="Instrument">The paper of the index, or the one standard that the ratios are held against; null where several are.</param>
/// <param name="Media">Whose sites it fills under the filter.</param>
public sealed record LegendSection(string Index, string? Instrument, IReadOnlyList<string> Media, IReadOnlyList<LegendRow> Rows);

/// <summary>A verdict of the legend with the number of sites that have it.</summary>
public sealed record VerdictCount(string Verdict, int Count);

/// <summary>A campaign or inspection on the slider.</summary>
/// <param name="Sites">Sites with a status in it under the filter.</param>
/// <param name="Exceeding">Those of them that exceed.</param>
public sealed record CampaignStep(string Code, string Name, Period Period, int Sites, int Exceeding);

/// <summary>All that stands round the map under one filter: one answer, so that the figures belong together.</summary>
/// <param name="Steps">Campaigns, oldest first; at most a few dozen.</param>
public sealed record MapOverview(
    int Total, int AllVisible, IReadOnlyList<LegendSection> Legend, IReadOnlyList<VerdictCount> Verdicts, IReadOnlyList<CampaignStep> Steps);

/// <summary>What the viewer can filter by: only what occurs among the sites that they see.</summary>
/// <param name="Media">Medium codes, the most frequent first.</param>
/// <param name="Groups">a to e.</param>
public sealed record MapChoices(
    IReadOnlyList<string> Media, IReadOnlyList<string> Groups, IReadOnlyList<Choice> Organisations, IReadOnlyList<Choice> Areas)
{
    public static MapChoices None { get; } = new([], [], [], []);
}
