using System.Globalization;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>How the limit of a value was found: permit, local standard, national standard, column, row, coefficients.</summary>
public static class LimitExplanation
{
    public const string Subject = "which-limit";

    public static Explanation Of(LimitAnswer answer) =>
        new(Subject, answer.Found.Limits is [{ Standard: { } standard }, ..] ? standard : "", answer.Steps.Select(Of).ToList());

    /// <summary>The step under the code "WhichLimit.…", its facts as numbers, days and words.</summary>
    public static ExplanationStep Of(LimitStep step)
    {
        var facts = step.Facts;
        return new($"WhichLimit.{step.Code}", step.Code switch
        {
            LimitStepCode.PermitGoverns => [int.Parse(facts[0], CultureInfo.InvariantCulture)],
            LimitStepCode.StandardInForce => [facts[0], Day(facts[1]), facts[2].Length == 0 ? new Term("DayNow") : Day(facts[2])],
            LimitStepCode.LegacyApplies => [facts[0], Day(facts[1]), Day(facts[2]), Day(facts[3]), facts[4]],
            LimitStepCode.LegacyNotOpen => [facts[0], Day(facts[1]), Day(facts[2]), Day(facts[3])],
            LimitStepCode.RowFound => [facts[0], facts[1], Averaging(facts[2]), new Bounds(Number(facts[3]), Number(facts[4]))],
            LimitStepCode.RowOfOtherAveraging => [facts[0], facts[1], Averaging(facts[2])],
            LimitStepCode.CoefficientApplied => [facts[0], Number(facts[1])!.Value, facts[2]],
            LimitStepCode.CoefficientNotInTable => [facts[0], Number(facts[1])!.Value],
            LimitStepCode.EffectiveBounds => [new Bounds(Number(facts[0]), Number(facts[1]))],
            _ => [.. facts],
        });
    }

    private static object Day(string text) =>
        text.Length == 0 ? new Term("DayOpen") : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Term Averaging(string code) => new(code.Length == 0 ? "Averaging.single" : $"Averaging.{code}");

    private static decimal? Number(string text) => text.Length == 0 ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
