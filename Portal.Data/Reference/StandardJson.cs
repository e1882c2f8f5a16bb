using System.Text.Json;
using System.Text.Json.Serialization;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>standard.json as it is written; the last day in force is inclusive.</summary>
internal sealed record StandardJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public required string Code { get; init; }
    /// <summary>Of an index: which formulas its tables belong to.</summary>
    public string? Index { get; init; }
    public required string TitleVi { get; init; }
    public required string TitleEn { get; init; }
    public required string Issuer { get; init; }
    public required string Instrument { get; init; }
    public required DateOnly EffectiveFrom { get; init; }
    public required DateOnly? EffectiveTo { get; init; }
    public required string DatesConfidence { get; init; }
    public required string? Supersedes { get; init; }
    public required string? SupersededBy { get; init; }
    public required IReadOnlyList<string> Media { get; init; }
    public required Wording? Transition { get; init; }
    public required LegacyJson? Legacy { get; init; }
    public required string Source { get; init; }
    public required string TranscribedBy { get; init; }
    public required string? CheckedBy { get; init; }
    public required IReadOnlyList<Wording> OpenQuestions { get; init; }

    /// <summary>The papers, or null where the file is faulty.</summary>
    public static StandardPapers? Read(string root, string file, FaultList faults)
    {
        var path = Path.Combine(root, file);
        if (!File.Exists(path))
        {
            faults.Add(file, 0, ReferenceRule.FileMissing, "The file is not there.");
            return null;
        }
        try
        {
            return JsonSerializer.Deserialize<StandardJson>(File.ReadAllText(path), Options)!.ToPapers(file, faults);
        }
        catch (JsonException exception)
        {
            faults.Add(file, (int)(exception.LineNumber ?? -1) + 1, ReferenceRule.FileUnreadable, exception.Message);
            return null;
        }
    }

    private StandardPapers? ToPapers(string file, FaultList faults)
    {
        var before = faults.All.Count;
        var confidence = StandardCodes.FindConfidence(DatesConfidence);
        if (confidence is null)
            faults.Add(file, 0, ReferenceRule.ValueUnreadable, $"dates_confidence \"{DatesConfidence}\" is none of low, medium, high.");
        if (EffectiveFrom > EffectiveTo)
            faults.Add(file, 0, ReferenceRule.WrongDates, $"effective_to {EffectiveTo:yyyy-MM-dd} lies before effective_from {EffectiveFrom:yyyy-MM-dd}.");
        if (Code.Length == 0)
            faults.Add(file, 0, ReferenceRule.ValueMissing, "code is empty.");
        if (Media.Count == 0)
            faults.Add(file, 0, ReferenceRule.ValueMissing, "media is empty.");
        if (Legacy is not null && LegacyFault() is { } fault)
            faults.Add(file, 0, ReferenceRule.WrongDates, fault);
        return faults.All.Count > before
            ? null
            : new(Code, TitleVi, TitleEn, Issuer, Instrument, new(EffectiveFrom, EffectiveTo), confidence!.Value,
                Supersedes, SupersededBy, Transition, Source, TranscribedBy, CheckedBy, OpenQuestions)
            {
                Index = Index,
                Media = Media,
                Legacy = Legacy is null ? null : new(Legacy.Until, Legacy.FacilitiesBefore, SupersededBy!),
            };
    }

    private string? LegacyFault() =>
        EffectiveTo is null || SupersededBy is null ? "legacy: only a standard that has ended and been superseded can be kept by older facilities."
        : Legacy!.Until <= EffectiveTo ? $"legacy: until {Legacy.Until:yyyy-MM-dd} does not lie after effective_to {EffectiveTo:yyyy-MM-dd}."
        : Legacy.FacilitiesBefore <= EffectiveFrom ? $"legacy: facilities_before {Legacy.FacilitiesBefore:yyyy-MM-dd} does not lie after effective_from {EffectiveFrom:yyyy-MM-dd}."
        : Legacy.FacilitiesBefore > Legacy.Until ? $"legacy: facilities_before {Legacy.FacilitiesBefore:yyyy-MM-dd} lies after until {Legacy.Until:yyyy-MM-dd}."
        : null;
}

/// <summary>Who may keep the standard after its last day.</summary>
internal sealed record LegacyJson(DateOnly Until, DateOnly FacilitiesBefore);
