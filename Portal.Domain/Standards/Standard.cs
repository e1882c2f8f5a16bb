using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Domain.Standards;

/// <summary>A sentence in both languages.</summary>
public sealed record Wording(string Vi, string En);

/// <summary>What a site is assigned to: a zone, a use, a class.</summary>
/// <param name="Code">"0-6", "bathing", "A1"; once in its standard.</param>
/// <param name="Medium">Code of the medium that it judges.</param>
/// <param name="Samplings">How many samplings a year its annual means need at least; null where the standard's number is not known.</param>
public sealed record StandardColumn(string Code, string NameVi, string NameEn, string Medium, Confidence Confidence, int? Samplings = null);

/// <summary>After a standard has ended, older facilities may keep it for a time.</summary>
/// <param name="Until">Last day.</param>
/// <param name="FacilitiesBefore">For facilities whose legal date (operation, or file of the EIA) lies before this day.</param>
/// <param name="InsteadOf">The standard that it then stands in for.</param>
public sealed record Legacy(DateOnly Until, DateOnly FacilitiesBefore, string InsteadOf);

/// <summary>The papers of a standard.</summary>
/// <param name="Code">"QCVN 10:2023/BTNMT".</param>
/// <param name="Valid">In force; the last day belongs to it.</param>
/// <param name="DatesConfidence">How sure <paramref name="Valid"/> is.</param>
/// <param name="CheckedBy">Who compared it with the gazetted text; null: nobody yet (chưa đối chiếu).</param>
public sealed record StandardPapers(
    string Code, string TitleVi, string TitleEn, string Issuer, string Instrument, DateInterval Valid, Confidence DatesConfidence,
    string? Supersedes, string? SupersededBy, Wording? Transition, string Source, string TranscribedBy, string? CheckedBy,
    IReadOnlyList<Wording> OpenQuestions)
{
    /// <summary>Of an index: vn-wqi, wqi-2011, vn-aqi or ccme-wqi; null for limits.</summary>
    public string? Index { get; init; }

    /// <summary>Codes of the media that it judges, even where its values are not known.</summary>
    public IReadOnlyList<string> Media { get; init; } = [];

    /// <summary>Who may keep it after its last day; null: nobody.</summary>
    public Legacy? Legacy { get; init; }
}

/// <summary>A standard with its columns and limits.</summary>
public sealed class Standard
{
    private readonly Dictionary<string, StandardColumn> columns;

    /// <exception cref="ArgumentException">A column stands twice, or a limit names another standard, no column or no coefficient.</exception>
    public Standard(
        StandardPapers papers, IEnumerable<StandardColumn> columns, IEnumerable<Limit> limits, IEnumerable<CoefficientStep>? coefficients = null)
    {
        Papers = papers;
        this.columns = columns.ToDictionary(column => column.Code);
        Limits = limits.ToList();
        if (Limits.FirstOrDefault(limit => limit.Place.Standard != Code || Column(limit.Place.Column) is null) is { } stray)
            throw new ArgumentException($"{Code} has no column for {stray.Place}.");
        Coefficients = coefficients?.ToList() ?? [];
        var names = Coefficients.Select(step => step.Coefficient).ToHashSet();
        if (Limits.SelectMany(limit => limit.Coefficients).FirstOrDefault(name => !names.Contains(name)) is { } unknown)
            throw new ArgumentException($"{Code} has no coefficient {unknown}.");
    }

    public StandardPapers Papers { get; }

    public string Code => Papers.Code;

    public IReadOnlyCollection<StandardColumn> Columns => columns.Values;

    public IReadOnlyList<Limit> Limits { get; }

    /// <summary>The tables of the coefficients that its limits are multiplied by.</summary>
    public IReadOnlyList<CoefficientStep> Coefficients { get; }

    /// <summary>The column with this code, or null.</summary>
    public StandardColumn? Column(string code) => columns.GetValueOrDefault(code);
}
