using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Trend;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary>The chosen site at its newest event, or at the campaign of the filter.</summary>
/// <param name="Kind">station or discharge_point.</param>
/// <param name="Index">The legal index of the medium.</param>
/// <param name="Zone">Where the standard applies, such as "0–6 hải lý"; null where not assigned.</param>
/// <param name="Event">Name of the campaign or inspection.</param>
/// <param name="Results">All values of the event, the worst first.</param>
/// <param name="Reviewed">False: chưa rà soát.</param>
/// <param name="StandardChanges">The standard changes inside the period; the one in force on its first day decides.</param>
/// <param name="LocalStandardsLoaded">False: a good verdict reads "đạt theo QCVN; chưa xét QCĐP".</param>
/// <param name="Key">Null where nothing was sampled.</param>
/// <param name="PositionNote">What is said about the position where it is not exact; null otherwise.</param>
/// <param name="Band">Class of the worst ratio.</param>
/// <param name="Supplementary">CCME WQI beside it; null where the medium has none.</param>
public sealed record SitePanelModel(
    string Code, string Name, string Kind, string Medium, string Group, string? Zone, string? Owner, SiteArea Area,
    string? Event, Period? Period, string Verdict, SiteIndex Index, IReadOnlyList<SiteResult> Results,
    bool Reviewed, bool LocalStandardsLoaded, bool StandardChanges, string? PositionNote, EventKey? Key = null, string Band = RatioClass.None, SiteIndex? Supplementary = null)
{
    /// <summary>The result that decides the verdict: the first that has it.</summary>
    public SiteResult? Deciding => Results.FirstOrDefault(result => result.Verdict == Verdict);
}

/// <summary>In which commune or district a site lies; null where in none.</summary>
/// <param name="OnDay">On the day of its record, by the name of that day.</param>
/// <param name="Near">The commune that the register gives it, which may have another outline.</param>
/// <param name="Company">That its owner stood under on the day of its record; null where under none, or where the viewer is not told.</param>
public sealed record SiteArea(string? OnDay, string? Today, string? Near, string? Company = null);

/// <summary>The event that is shown, as the database knows it.</summary>
public sealed record EventKey(int Site, string Medium, string Group, int Campaign);

/// <summary>The index of the site's event.</summary>
/// <param name="Instrument">The paper of the index; null for the classes of the worst ratio.</param>
/// <param name="Meaning">What its class means; null for the classes of the worst ratio.</param>
/// <param name="Reason">Why the medium's own index could not be computed, as a code; empty where it was.</param>
public sealed record SiteIndex(Fill Fill, string? Instrument, string? Meaning, string Reason)
{
    public static SiteIndex None { get; } = new(new(Fill.WorstRatio, null, RatioClass.None, null, Bands.Colour(RatioClass.None)), null, null, "");
}

/// <summary>A value against its limit.</summary>
/// <param name="Id">Key of the finding, for "Vì sao?".</param>
/// <param name="Parameter">Code of the parameter.</param>
/// <param name="Reason">Why it cannot be judged or has no limit, as a code: lod_above_limit, above_range, too_few_samples, no_limit, column_not_assigned.</param>
/// <param name="Standard">Code and table, such as "QCVN 10:2023/BTNMT, Bảng 2".</param>
/// <param name="Confidence">How sure the limit is at this site.</param>
public sealed record SiteResult(
    long Id, string Parameter, string Name, ReportedValue Value, string? Unit, SiteLimit? Limit,
    string Verdict, string Band, decimal? Ratio, string? Reason, string? Standard, Confidence Confidence);

/// <summary>A limit as it is shown.</summary>
/// <param name="Kind">max, min, range or class_text.</param>
public sealed record SiteLimit(string Kind, decimal? Lower, decimal? Upper, string? Text)
{
    /// <summary>"0,1", "≥ 5", "6,5 – 8,5" or the words of the standard.</summary>
    public override string ToString() => Kind switch
    {
        "max" when Upper is { } upper => Figures.Number(upper),
        "min" when Lower is { } lower => "≥ " + Figures.Number(lower),
        "range" when (Lower, Upper) is ({ } lower, { } upper) => $"{Figures.Number(lower)} – {Figures.Number(upper)}",
        _ => Text ?? "",
    };
}

/// <summary>One parameter of one site through time.</summary>
/// <param name="Trend">Of the reviewed values.</param>
/// <param name="Choices">Parameters with values at this site, the one that decides first.</param>
public sealed record ChartSeries(
    string Parameter, string Name, string? Unit, IReadOnlyList<Choice> Choices, IReadOnlyList<ChartPoint> Points, IReadOnlyList<ChartLimit> Limits,
    TrendResult Trend);

/// <summary>A value of the series; of a non-detect the number is its limit of detection.</summary>
public sealed record ChartPoint(Period Period, ReportedValue Value, string Verdict, string Band);

/// <summary>A limit and the days it holds for in this view; open ends reach to the edge of the chart.</summary>
public sealed record ChartLimit(DateOnly? From, DateOnly? To, SiteLimit Limit);

/// <summary>The chain from a verdict down to the row it came from.</summary>
/// <param name="OtherView">The verdict under the other view (or the other standard, where the period straddles two); null where it is the same.</param>
/// <param name="Mean">Where the limit asks for a mean.</param>
public sealed record WhyChain(SiteResult Result, WhyLimit? Limit, WhySample Sample, WhyOrigin? Origin, WhyOther? OtherView, WhyMean? Mean = null);

/// <summary>The annual mean so far.</summary>
/// <param name="Class">Name of the class that it falls in; null where there are none, or non-detects decide.</param>
/// <param name="Required">How many samplings the standard asks for; null where that is not known.</param>
public sealed record WhyMean(YearMean Mean, string? Class, int? Required);

/// <summary>Where the limit comes from.</summary>
/// <param name="Source">Where the figure was read.</param>
public sealed record WhyLimit(
    string Standard, string? Title, string? Table, string? Clause, string? Column, DateOnly? From, DateOnly? To, Confidence Confidence, string? Source);

public sealed record WhySample(Period Period, string? Campaign, string? Laboratory, string? ReportNumber, string? Depth);

/// <summary>File and cell as read.</summary>
/// <param name="Raw">The text of the cell.</param>
public sealed record WhyOrigin(string Submission, string File, string Sha256, string? Sheet, int? Row, string? Column, string? Raw);

public sealed record WhyOther(string View, string Standard, string Verdict, decimal? Ratio);
