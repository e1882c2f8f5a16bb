using System.Globalization;
using System.Resources;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Audit;

/// <summary>One thing that an entry tells: what it is, and its value or what it was before and became.</summary>
/// <param name="Was">Null where the entry tells of no change.</param>
public sealed record AuditFact(string Label, string? Was, string Value);

/// <summary>The audit in words.</summary>
public static class AuditWords
{
    // How many columns of a deleted row say which one it was.
    private const int ColumnsOfDeleted = 6;

    private static readonly ResourceManager Jobs = new(typeof(JobTexts));

    public static string Sentence(IStringLocalizer<AuditTexts> texts, AuditLine line) =>
        texts[$"Act.{line.Act}", Subject(line)] is { ResourceNotFound: false } sentence ? sentence.Value.TrimEnd() : $"{line.Act} {line.Subject}".TrimEnd();

    // A job is called what its page calls it.
    private static string Subject(AuditLine line) =>
        line.Act is "job-run" or "job-paused" or "job-resumed" && Jobs.GetString($"Job.{line.Subject}", CultureInfo.CurrentUICulture) is { } job ? $"“{job}”" : line.Subject;

    /// <summary>The address that the person came from; empty where it is not known.</summary>
    public static string From(AuditLine line)
    {
        using var details = JsonDocument.Parse(line.Details);
        return details.RootElement.TryGetProperty("from", out var from) && from.ValueKind == JsonValueKind.String ? from.GetString()! : "";
    }

    /// <summary>The details; a value written as an object of <c>was</c> and <c>is</c> is a change.</summary>
    public static IReadOnlyList<AuditFact> Facts(IStringLocalizer<AuditTexts> texts, AuditLine line)
    {
        using var details = JsonDocument.Parse(line.Details);
        List<AuditFact> facts = [];
        foreach (var part in details.RootElement.EnumerateObject().Where(part => part.Value.ValueKind != JsonValueKind.Null))
        {
            var label = Word(texts, "Detail", part.Name);
            facts.Add(part.Value.ValueKind == JsonValueKind.Object && part.Value.TryGetProperty("is", out var now) && part.Value.TryGetProperty("was", out var was)
                ? new(label, Value(texts, part.Name, was), Value(texts, part.Name, now))
                : new(label, null, Value(texts, part.Name, part.Value)));
        }
        return facts;
    }

    /// <summary>The rows that the entry changed: of each only the columns that became something else.</summary>
    public static IReadOnlyList<(string Row, IReadOnlyList<AuditFact> Facts)> Changes(IStringLocalizer<AuditTexts> texts, IEnumerable<AuditChange> changes) =>
        [.. changes.Select(change => (texts[change.Deleted ? "Change.Deleted" : "Change.Changed", Word(texts, "Table", change.Table)].Value, FactsOf(texts, change)))];

    private static IReadOnlyList<AuditFact> FactsOf(IStringLocalizer<AuditTexts> texts, AuditChange change)
    {
        using var before = JsonDocument.Parse(change.Before);
        if (change.Deleted || change.After is null)
        {
            return [.. before.RootElement.EnumerateObject().Where(column => column.Value.ValueKind != JsonValueKind.Null).Take(ColumnsOfDeleted)
                .Select(column => new AuditFact(column.Name, null, Value(texts, column.Name, column.Value)))];
        }
        using var after = JsonDocument.Parse(change.After);
        return [.. before.RootElement.EnumerateObject()
            .Select(column => (column.Name, Was: column.Value, Is: after.RootElement.TryGetProperty(column.Name, out var now) ? now : default))
            .Where(column => column.Is.ValueKind != JsonValueKind.Undefined && column.Was.GetRawText() != column.Is.GetRawText())
            .Select(column => new AuditFact(column.Name, Value(texts, column.Name, column.Was), Value(texts, column.Name, column.Is)))];
    }

    private static string Value(IStringLocalizer<AuditTexts> texts, string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => texts["Nothing"],
        JsonValueKind.True => texts["Yes"],
        JsonValueKind.False => texts["No"],
        JsonValueKind.Number => name.EndsWith("ytes", StringComparison.Ordinal) && value.TryGetInt64(out var bytes) ? texts["Bytes", Figures.Count(bytes)] : value.GetRawText(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => Value(texts, name, item))),
        JsonValueKind.Object => string.Join("; ", value.EnumerateObject().Select(part => $"{Word(texts, "Detail", part.Name)}: {Value(texts, part.Name, part.Value)}")),
        _ => Text(texts, name, value.GetString()!),
    };

    private static string Text(IStringLocalizer<AuditTexts> texts, string name, string text)
    {
        if (text.Length == 0)
            return texts["Nothing"];
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Figures.Day(day);
        if (text.Length > 18 && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return Figures.Moment(moment);
        return texts[$"Value.{name}.{text}"] is { ResourceNotFound: false } word ? word.Value : text;
    }

    // Details are written as their code calls them, small or capital.
    private static string Word(IStringLocalizer<AuditTexts> texts, string kind, string code) => texts[$"{kind}.{char.ToLowerInvariant(code[0])}{code[1..]}"] is { ResourceNotFound: false } word ? word.Value : code;
}
