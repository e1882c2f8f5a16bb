using System.Collections.Frozen;

namespace QuanTrac.Portal.Domain.Standards;

/// <summary>A class of an index, with its legal colour where the law gives one.</summary>
/// <param name="Code">Once among all indices: "wqi-1" is the best of VN_WQI.</param>
/// <param name="From">Lowest whole index of the class.</param>
/// <param name="To">Highest whole index of the class.</param>
/// <param name="Colour">#rrggbb.</param>
/// <param name="Meaning">What the water may be used for, or what the air does to health.</param>
public sealed record IndexBand(string Code, int From, int To, string NameVi, string NameEn, string Colour, Wording Meaning, Confidence Confidence);

/// <summary>A number that the text of the index gives outside its tables.</summary>
public sealed record IndexConstant(string Code, decimal Value, LimitOrigin Origin);

/// <summary>The tables of an index: scales, classes and the other numbers of its text. The formulas are in Assessment.</summary>
public sealed class IndexTable
{
    private readonly FrozenDictionary<string, IndexScale> scales;
    private readonly FrozenDictionary<string, IndexConstant> constants;

    /// <param name="kind">vn-wqi, wqi-2011, vn-aqi or ccme-wqi.</param>
    /// <param name="bands">The best class first.</param>
    /// <exception cref="ArgumentException">A code stands twice, or the classes leave a gap.</exception>
    public IndexTable(
        string kind, StandardPapers papers, IEnumerable<IndexScale> scales, IReadOnlyList<IndexBand> bands, IEnumerable<IndexConstant> constants)
    {
        if (BandFault(bands) is { } fault)
            throw new ArgumentException($"{papers.Code}: {fault}");
        (Kind, Papers, Bands) = (kind, papers, bands);
        Scales = scales.ToList();
        Constants = constants.ToList();
        this.scales = Scales.ToFrozenDictionary(scale => scale.Code);
        this.constants = Constants.ToFrozenDictionary(constant => constant.Code);
    }

    public string Kind { get; }

    public StandardPapers Papers { get; }

    public IReadOnlyList<IndexScale> Scales { get; }

    public IReadOnlyList<IndexBand> Bands { get; }

    public IReadOnlyList<IndexConstant> Constants { get; }

    /// <summary>The scale of a parameter, or null where the index does not score it.</summary>
    public IndexScale? Scale(string code) => scales.GetValueOrDefault(code);

    /// <exception cref="KeyNotFoundException">The table lacks the constant.</exception>
    public decimal Constant(string code) => constants[code].Value;

    /// <exception cref="KeyNotFoundException">The table lacks the constant.</exception>
    public LimitOrigin OriginOf(string constant) => constants[constant].Origin;

    /// <summary>The class of a whole index.</summary>
    /// <exception cref="ArgumentException">The index lies outside all classes.</exception>
    public IndexBand Band(int index)
    {
        foreach (var band in Bands)
        {
            if (index >= band.From && index <= band.To)
                return band;
        }
        throw new ArgumentException($"{index} lies outside the classes of {Papers.Code}.");
    }

    /// <summary>What is wrong with the classes, or null: they must cover the scale without gap.</summary>
    public static string? BandFault(IReadOnlyList<IndexBand> bands)
    {
        if (bands.Count == 0)
            return "An index has classes.";
        IndexBand? before = null;
        foreach (var band in bands.OrderBy(band => band.From))
        {
            if (band.From > band.To)
                return $"The class {band.Code} ends before it begins.";
            if (before is not null && band.From != before.To + 1)
                return $"The class {band.Code} does not begin where {before.Code} ends.";
            before = band;
        }
        return null;
    }
}

/// <summary>All indices that are loaded.</summary>
public sealed class IndexBook(IEnumerable<IndexTable> tables)
{
    public IReadOnlyList<IndexTable> All { get; } = tables.OrderBy(table => table.Papers.Valid.From).ToList();

    /// <summary>The table of one of these kinds that is in force on a day, or null.</summary>
    public IndexTable? InForce(DateOnly day, params ReadOnlySpan<string> kinds)
    {
        foreach (var table in All)
        {
            if (kinds.Contains(table.Kind) && table.Papers.Valid.Contains(day))
                return table;
        }
        return null;
    }

    /// <summary>The newest table of a kind.</summary>
    /// <exception cref="InvalidOperationException">None is loaded.</exception>
    public IndexTable Newest(string kind) => All.Last(table => table.Kind == kind);

    /// <summary>The class with this code, or null.</summary>
    public IndexBand? Band(string code) => All.SelectMany(table => table.Bands).FirstOrDefault(band => band.Code == code);
}
