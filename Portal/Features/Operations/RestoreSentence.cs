using System.Globalization;
using System.Resources;
using QuanTrac.Portal.Features.Audit;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What was written since a backup and what became of it, in words: the same on the page and at the console.</summary>
public static class RestoreSentence
{
    private static readonly ResourceManager Texts = new(typeof(RestoreTexts));
    private static readonly ResourceManager Acts = new(typeof(AuditTexts));

    /// <summary>The kinds in the order in which they are shown: what opens doors first.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["rights", "account", "submission", "decision", "release", "duty", "desk", "organisations", "act"];

    /// <summary>One thing.</summary>
    public static string Of(string kind, IReadOnlyList<string> facts, CultureInfo language)
    {
        if (kind is "rights" or "act")
            return Acts.GetString($"Act.{facts[0]}", language) is { } act ? string.Format(language, act, facts[1]).TrimEnd() : $"{facts[0]} {facts[1]}";
        // The state of a submission stands in the same place of both its kinds.
        var words = kind is "submission" or "decision" ? [facts[0], facts[1], State(facts[2], language), .. facts.Skip(3)] : facts;
        return string.Format(language, Texts.GetString($"Item.{kind}", language)!, [.. words.Select(Day)]).TrimEnd();
    }

    // Days are kept as the database writes them.
    private static string Day(string fact) =>
        DateOnly.TryParseExact(fact, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Figures.Day(day) : fact;

    /// <summary>How taking over ended.</summary>
    public static string Of(TakeOverResult result, IReadOnlyList<string> facts, CultureInfo language) => string.Format(
        language, Texts.GetString($"TakeOverResult.{result}", language)!, [.. result == TakeOverResult.Decision ? [facts[0], State(facts[1], language)] : facts.Select(fact => Texts.GetString($"Why.{fact}", language) ?? fact)]);

    /// <summary>The same from what the table keeps: a result with its facts, or a person's words.</summary>
    public static string Outcome(IReadOnlyList<string> outcome, CultureInfo language) =>
        outcome.Count == 0 ? "" : Enum.TryParse<TakeOverResult>(outcome[0], out var result) ? Of(result, [.. outcome.Skip(1)], language) : string.Join(' ', outcome);

    private static string State(string state, CultureInfo language) => Texts.GetString($"State.{state}", language) ?? state;
}
