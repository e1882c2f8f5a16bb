using System.Globalization;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>Puts the steps of an explanation into words, in the language and with the marks of the current culture.</summary>
public static class ExplanationSentence
{
    /// <summary>The step with its numbers, without clause and confidence.</summary>
    public static string Of(ExplanationStep step)
    {
        var sentence = string.Format(CultureInfo.InvariantCulture, ExplanationTexts.Find($"Step.{step.Code}") ?? Text(step.Code), [.. step.Facts.Select(InWords)]);
        // "nhóm IV" stands at the beginning of some sentences and inside others; "pH" is written so everywhere.
        return step.Facts is [Term { Code: not "Group.pH" }, ..] ? char.ToUpper(sentence[0], CultureInfo.CurrentCulture) + sentence[1..] : sentence;
    }

    /// <summary>Where the rule stands; null where the step has none.</summary>
    public static string? Clause(ExplanationStep step) => step.Clause is { Length: 0 } ? Text("ClauseUnknown") : step.Clause is { } clause ? Cited.Shown(clause) : null;

    /// <summary>A remark where the figures are not sure; null where they are.</summary>
    public static string? Doubt(ExplanationStep step) => step switch
    {
        { Confidence: Confidence.High } => null,
        // What follows no rule and is not sure is ours.
        { Confidence: Confidence.Low, Clause: null } => Text("OwnChoice"),
        _ => Text($"Confidence.{step.Confidence}"),
    };

    /// <summary>What is explained, in words.</summary>
    public static string Title(Explanation explanation) => ExplanationTexts.Find($"Title.{explanation.Subject}") ?? explanation.Subject;

    /// <summary>By which version of the rules.</summary>
    public static string Engine(Explanation explanation) => Text("Engine").Replace("{0}", explanation.Engine, StringComparison.Ordinal);

    private static string Text(string key) => ExplanationTexts.Find(key) ?? key;

    private static string InWords(object fact) => fact switch
    {
        decimal number => Figures.Computed(number),
        int count => Figures.Count(count),
        ReportedValue value => Figures.Value(value),
        Quantity quantity => Of(quantity),
        Wording wording => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "vi" ? wording.Vi : wording.En,
        Term term => Text($"Term.{term.Code}"),
        Times times => Figures.Ratio(times.Ratio),
        Names names => string.Join(", ", names.All.Select(InWords)),
        Operands operands => Of(operands),
        IndexSegment segment => Of(segment),
        Bounds bounds => Of(bounds),
        DateOnly day => Figures.Day(day),
        DateTime hour => hour.ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture),
        _ => fact.ToString() ?? "",
    };

    private static string Of(Bounds bounds) => bounds switch
    {
        { Lower: { } lower, Upper: { } upper } => $"{Figures.Number(lower)} – {Figures.Number(upper)}",
        { Upper: { } upper } => $"≤ {Figures.Number(upper)}",
        { Lower: { } lower } => $"≥ {Figures.Number(lower)}",
        _ => Text("Term.LimitInWords"),
    };

    // A computed number may have twenty-eight decimals; one that was reported keeps its own.
    private static string Of(Quantity quantity)
    {
        var number = quantity.Value.Number.Scale > MostDecimals ? quantity.Value.Sign + Figures.Computed(quantity.Value.Number) : Figures.Value(quantity.Value);
        return quantity.Unit is "" or "-" ? number : $"{number} {quantity.Unit}";
    }

    private const int MostDecimals = 6;

    // "14.65 − 10.26 + 4.99": a negative term takes the place of its sign.
    private static string Of(Operands operands) => operands.Numbers.Select((number, i) =>
        i == 0 ? Figures.Computed(number)
        : operands.Sign == '+' && number < 0 ? $" − {Figures.Computed(-number)}"
        : $" {operands.Sign} {Figures.Computed(number)}").Aggregate("", string.Concat);

    private static string Of(IndexSegment step)
    {
        var from = step.From is { } lower ? $"{(step.FromIncluded ? '≥' : '>')} {Figures.Computed(lower)}" : null;
        var to = step.To is { } upper ? $"{(step.ToIncluded ? '≤' : '<')} {Figures.Computed(upper)}" : null;
        return from is null || to is null ? $"{from}{to}" : $"{from} {Text("And")} {to}";
    }
}
