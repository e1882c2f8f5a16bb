using System.Globalization;
using Microsoft.Extensions.Localization;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>The sentence of a notice in a person's language.</summary>
public sealed class NoticeSentence(IStringLocalizer<NoticesTexts> texts)
{
    /// <summary>In the language of whoever looks.</summary>
    public string Of(string kind, IReadOnlyList<string> facts) => texts[kind, [.. facts.Select(fact => (object)Shown(fact))]];

    /// <summary>In a language of one's own: a letter is not written in that of whoever sends it.</summary>
    public string InLanguage(CultureInfo culture, string kind, IReadOnlyList<string> facts)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = culture;
            return Of(kind, facts);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    // Days are kept as they sort and shown as they are written; the names of jobs and of what takes two persons are texts.
    private string Shown(string fact) =>
        DateTime.TryParseExact(fact, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at.ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture)
        : DateOnly.TryParseExact(fact, "yyyy-MM-dd", out var day) ? day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
        : texts[$"Job.{fact}"] is { ResourceNotFound: false } job ? job.Value
        : texts[$"Word.{fact}"] is { ResourceNotFound: false } word ? word.Value
        : fact;
}
