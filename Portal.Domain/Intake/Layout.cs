using System.Text.Json.Serialization;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>How a file sets out its results.</summary>
public enum LayoutKind
{
    /// <summary>A row for each sample, a column for each parameter.</summary>
    Wide,

    /// <summary>A row for each value.</summary>
    Long,
}

/// <summary>What the period column of a layout may hold.</summary>
public enum PeriodFormat
{
    /// <summary>A quarter, a day or a year.</summary>
    Any,

    /// <summary>"Quý 1 2023", "Quý I/2023", "Q1/2023".</summary>
    [JsonStringEnumMemberName("quarter-vi")]
    Quarter,

    /// <summary>An ISO day or day/month/year.</summary>
    Day,
}

/// <summary>What a column other than a parameter's tells.</summary>
public enum Field
{
    Site,
    SiteName,
    Period,
    Year,
    Quarter,
    PeriodStart,
    PeriodEnd,
    Precision,
    Parameter,
    Fraction,
    Unit,
    Value,

    /// <summary>"&lt;" beside the value instead of before it.</summary>
    Qualifier,
    Medium,
    Group,
    Campaign,
    Depth,
    Tide,
    Type,
    Replicate,
    Laboratory,
    Report,
}

/// <summary>A column of a wide layout: the sheet has no row of units, so the layout tells them.</summary>
/// <param name="Header">As the sheet writes it; compared without regard to case and spacing.</param>
/// <param name="Parameter">The code of a parameter.</param>
/// <param name="Unit">The code or spelling of a unit.</param>
public sealed record ParameterHeader(string Header, string Parameter, string Unit, string Fraction = "");

/// <summary>How one agency's sheet is to be read. A data file of <c>seed/layouts</c>, so that another agency's sheet needs no code.</summary>
public sealed record Layout
{
    public required string Code { get; init; }

    [JsonPropertyName("name_vi")]
    public required string NameVi { get; init; }

    [JsonPropertyName("name_en")]
    public required string NameEn { get; init; }

    public required LayoutKind Kind { get; init; }

    /// <summary>',' or '.': of text cells; numeric cells have none.</summary>
    public required char DecimalMark { get; init; }

    /// <summary>The medium of all samples, where no column tells it.</summary>
    public string? Medium { get; init; }

    /// <summary>The data group (a-e) of all samples, where no column tells it.</summary>
    public string? DataGroup { get; init; }

    /// <summary>The programme that the campaigns belong to.</summary>
    public string? Programme { get; init; }

    /// <summary>From 1, as the spreadsheet counts.</summary>
    public required int HeaderRow { get; init; }

    /// <summary>The row of limits under the header, where there is one.</summary>
    public int? LimitRow { get; init; }

    public required int FirstDataRow { get; init; }

    public bool SkipHiddenSheets { get; init; } = true;

    /// <summary>What stands in a cell that was not analysed: counted, no problem.</summary>
    public IReadOnlyList<string> NotAnalysed { get; init; } = [];

    public string? SiteColumn { get; init; }

    public string? SiteNameColumn { get; init; }

    public string? PeriodColumn { get; init; }

    public PeriodFormat PeriodFormat { get; init; }

    /// <summary>The letter of the column in which the row of limits names its standard.</summary>
    public string? LimitStandardCell { get; init; }

    /// <summary>The column of the standard that the row of limits repeats.</summary>
    public string? LimitColumn { get; init; }

    /// <summary>Of a wide layout.</summary>
    public IReadOnlyList<ParameterHeader> Parameters { get; init; } = [];

    /// <summary>Of a long layout: field → header. Fields that are not <see cref="IsRequired"/> may be absent from the file.</summary>
    public IReadOnlyDictionary<Field, string> Columns { get; init; } = new Dictionary<Field, string>();

    /// <summary>The columns other than parameters', by field.</summary>
    [JsonIgnore]
    public IEnumerable<KeyValuePair<Field, string>> Fields => Kind == LayoutKind.Long
        ? Columns
        : new (Field Field, string? Header)[] { (Field.Site, SiteColumn), (Field.SiteName, SiteNameColumn), (Field.Period, PeriodColumn) }
            .Where(pair => pair.Header is not null)
            .Select(pair => KeyValuePair.Create(pair.Field, pair.Header!));

    /// <summary>Whether a sheet without this column is of another layout.</summary>
    public bool IsRequired(Field field) => field switch
    {
        Field.Site or Field.Period or Field.Year or Field.Quarter or Field.PeriodStart => true,
        Field.Parameter or Field.Unit or Field.Value => true,
        Field.Medium => Medium is null,
        Field.Group => DataGroup is null,
        _ => false,
    };

    /// <summary>What is wrong with the layout itself, or null.</summary>
    public string? Fault()
    {
        var fields = Fields.Select(field => field.Key).ToHashSet();
        if (DecimalMark is not (',' or '.'))
            return "decimalMark is neither a comma nor a point";
        if (HeaderRow < 1 || FirstDataRow <= HeaderRow || LimitRow <= HeaderRow || LimitRow >= FirstDataRow)
            return "headerRow, limitRow and firstDataRow do not follow each other";
        if (!fields.Contains(Field.Site))
            return "no column tells the site";
        if (!fields.Contains(Field.Period) && !fields.Contains(Field.PeriodStart) && !fields.IsSupersetOf([Field.Year, Field.Quarter]))
            return "no column tells the period";
        if (Medium is null && !fields.Contains(Field.Medium) || DataGroup is null && !fields.Contains(Field.Group))
            return "neither the layout nor a column tells the medium and the data group";
        return Kind switch
        {
            LayoutKind.Wide when Parameters.Count == 0 => "no parameters",
            LayoutKind.Long when !fields.IsSupersetOf([Field.Parameter, Field.Unit, Field.Value]) => "parameter, unit and value need a column each",
            _ => null,
        };
    }
}
