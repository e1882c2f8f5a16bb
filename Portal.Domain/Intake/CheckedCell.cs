using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>A site as intake needs it. <paramref name="MayHandIn"/>: the organisation that hands in may hand in for it.</summary>
public sealed record KnownSite(int Id, string Code, string Name, bool MayHandIn);

/// <summary>The sites that the account sees, found by code without regard to case and spaces ("NB 46" is NB46).</summary>
public sealed class KnownSites(IEnumerable<KnownSite> sites)
{
    private readonly Dictionary<string, KnownSite> byCode = sites.ToDictionary(site => Fold(site.Code));

    public KnownSite? Find(string code) => byCode.GetValueOrDefault(Fold(code));

    private static string Fold(string code) => Words.Fold(code).Replace(" ", "", StringComparison.Ordinal);
}

/// <summary>The reference data that a file is checked against.</summary>
/// <param name="Media">Codes of media: "sea_water" …</param>
public sealed record IntakeBooks(UnitBook Units, ParameterBook Parameters, IReadOnlySet<string> Media)
{
    public PlausibleRanges Plausible { get; init; } = new([]);

    public IntakeWords Words { get; init; } = new([]);
}

/// <summary>What makes a sample one sample: the natural key, as the database guards it.</summary>
/// <param name="Depth">In metres.</param>
/// <param name="Tide">Empty where the file does not tell it; so is <paramref name="Type"/>.</param>
/// <param name="Replicate">1 where the file does not tell it.</param>
public sealed record SampleKey(
    int SiteId, string Medium, string Group, Period Period, decimal? Depth, string Tide, string Type, short Replicate);

/// <summary>What a file tells of a sample besides its key; empty where it does not.</summary>
public sealed record SampleNotes(string Campaign, string Laboratory, string Report);

/// <param name="Index">From 0, in the order of the file; one for each key.</param>
/// <param name="Row">The row that told it first.</param>
public sealed record CheckedSample(int Index, KnownSite Site, SampleKey Key, SampleNotes Notes, string Sheet, int Row);

/// <summary>Where a cell stands. <paramref name="Column"/> from 0, <paramref name="Row"/> from 1.</summary>
public readonly record struct CellPlace(string Sheet, int Row, int Column);

/// <summary>A value that may be stored.</summary>
/// <param name="Fraction">Empty where the file does not tell it.</param>
/// <param name="ReportedText">As the sheet shows it.</param>
/// <param name="Reported">In <paramref name="Unit"/>, for ever as reported.</param>
/// <param name="Canonical">The same in the canonical unit of the parameter.</param>
public readonly record struct CheckedCell(
    CheckedSample Sample, Parameter Parameter, string Fraction, string ReportedText, ReportedValue Reported, Unit Unit, ReportedValue Canonical, CellPlace Place);

/// <summary>The counts of a checked file. Reported = Taken + Refused + Repeated; those of the cells in full are <see cref="RowCheck.Cells"/>.</summary>
/// <param name="Sheets">The sheets that were read; none in a file without sheets.</param>
/// <param name="Rows">Rows with at least one value.</param>
/// <param name="Samples">Samples of which at least one value is taken.</param>
/// <param name="Reported">Cells that report something.</param>
/// <param name="Repeated">Cells that repeat an earlier one with the same value.</param>
/// <param name="NotAnalysed">Cells that say so ("x").</param>
public sealed record CheckSummary(
    IReadOnlyList<string> Sheets, int Rows, int Samples, int Reported, int Taken, int Refused, int Repeated, int NotAnalysed);
