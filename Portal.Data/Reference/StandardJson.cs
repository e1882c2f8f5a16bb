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
    public required Wording? Transition { get; init; }
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
        var confidence = StandardCodes.FindConfidence(DatesConfidence);
        if (confidence is null)
            faults.Add(file, 0, ReferenceRule.ValueUnreadable, $"dates_confidence \"{DatesConfidence}\" is none of low, medium, high.");
        if (EffectiveFrom > EffectiveTo)
            faults.Add(file, 0, ReferenceRule.WrongDates, $"effective_to {EffectiveTo:yyyy-MM-dd} lies before effective_from {EffectiveFrom:yyyy-MM-dd}.");
        if (Code.Length == 0)
            faults.Add(file, 0, ReferenceRule.ValueMissing, "code is empty.");
        return confidence is null || EffectiveFrom > EffectiveTo || Code.Length == 0
            ? null
            : new(Code, TitleVi, TitleEn, Issuer, Instrument, new(EffectiveFrom, EffectiveTo), confidence.Value,
                Supersedes, SupersededBy, Transition, Source, TranscribedBy, CheckedBy, OpenQuestions) { Index = Index };
    }
}
