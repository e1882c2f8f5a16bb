using System.Globalization;
using QuanTrac.Portal.Domain.Assessment.Trend;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>What a trend was looked for in.</summary>
/// <param name="Parameter">Its name in the reader's language.</param>
/// <param name="Unit">As shown beside values; empty where there is none.</param>
public sealed record TrendSubject(string Parameter, string Unit);

/// <summary>Puts a trend into words. It never says that there is none: only that none was shown, or that the data do not suffice.
/// For series whose time is in years.</summary>
public static class TrendSentence
{
    private const double SmallestP = 0.001;

    /// <summary>"Amoni tăng 0,004 mg/L mỗi năm từ 2021 đến 2023 (p = 0,01; …)."</summary>
    public static string Of(CultureInfo language, TrendSubject subject, TrendResult result)
    {
        var (from, to) = Span(result);
        string Rate(double? slope) => slope is { } value ? $"{Significant(value, language)} {subject.Unit}".TrimEnd() : "";
        // A fall is told by its size, so its interval is turned round.
        var falls = result.Outcome == TrendOutcome.Falls;
        var (low, high) = falls ? (-result.SlopeHigh, -result.SlopeLow) : (result.SlopeLow, result.SlopeHigh);
        return Fill(language, Key(result),
            subject.Parameter, from, to, P(result.P, language), Rate(falls ? -result.Slope : result.Slope), Rate(low), Rate(high),
            Percent(TrendChoices.Confidence), Percent(result.Pairs > 0 ? (double)result.CensoredPairs / result.Pairs : 0), result.N,
            result.ChangeTime is { } change ? Month(change) : "", result.Needed,
            result.N - result.Below - result.Above, TrendChoices.MeasuredValues, TrendChoices.DifferentMeasuredValues);
    }

    /// <summary>What must be known besides, a sentence for each warning.</summary>
    public static IEnumerable<string> Warnings(CultureInfo language, TrendSubject subject, TrendResult result)
    {
        string Amount(decimal? number) => number is { } value ? $"{value.ToString($"N{value.Scale}", language)} {subject.Unit}".TrimEnd() : "";
        return result.Warnings.Select(warning => Fill(language, Key(warning, result),
            result.Below + result.Above, result.N, result.CensoredPairs, result.Pairs, Amount(result.Limits?.Lowest), Amount(result.Limits?.Highest),
            Amount(result.Limits?.MeasuredBelow), result.SameTime, result.SeasonsWithoutPairs));
    }

    private static string Key(TrendResult result) => result.Outcome switch
    {
        TrendOutcome.NotEnoughData => $"Trend.{result.Gap}",
        TrendOutcome.NotShown => result.Kind == TrendKind.Pettitt ? "Trend.NotShown.Change" : "Trend.NotShown",
        TrendOutcome.Changes => "Trend.Changes",
        _ => $"Trend.{result.Outcome}{Rated(result)}",
    };

    private static string Rated(TrendResult result) => result switch
    {
        { Gap: TrendGap.TooManyCensoredPairs } => ".Censored",
        // Where many values tie, the median pair does not move although the trend is shown.
        { Slope: null or 0 } => ".Unresolved",
        { SlopeLow: null } or { SlopeHigh: null } => ".Alone",
        _ => "",
    };

    private static string Key(TrendWarning warning, TrendResult result) => $"TrendWarning.{warning}" + warning switch
    {
        TrendWarning.CensoredValues when result.Pairs > 0 => ".Pairs",
        TrendWarning.DetectionLimitChanges when result.Limits!.Lowest == result.Limits.Highest => ".Below",
        _ => "",
    };

    private static string Fill(CultureInfo language, string key, params object[] facts) =>
        string.Format(language, AssessmentTexts.In(language)(key) ?? key, facts);

    // Years, or months where the series lies within one.
    private static (string From, string To) Span(TrendResult result)
    {
        if (result is not { FirstTime: { } first, LastTime: { } last })
            return ("", "");
        return Math.Floor(first) == Math.Floor(last)
            ? (Month(first), Month(last))
            : (TrendPoint.Day(first).ToString("yyyy", CultureInfo.InvariantCulture), TrendPoint.Day(last).ToString("yyyy", CultureInfo.InvariantCulture));
    }

    private static string Month(double years) => TrendPoint.Day(years).ToString("MM/yyyy", CultureInfo.InvariantCulture);

    private static string Percent(double share) => Math.Round(share * 100).ToString(CultureInfo.InvariantCulture);

    // Two digits, and as many more as keep it from showing as the level itself.
    private static string P(double? p, CultureInfo language)
    {
        if (p is not { } value)
            return "";
        if (value < SmallestP)
            return $"p < {SmallestP.ToString(language)}";
        var digits = 2;
        while (value != TrendChoices.Significance && Rounded(value, digits) == (decimal)TrendChoices.Significance && digits < 6)
            digits++;
        return $"p = {Shown(Rounded(value, digits), language)}";
    }

    private static string Significant(double value, CultureInfo language) => Shown(Rounded(value, 2), language);

    private static string Shown(decimal value, CultureInfo language) => value.ToString($"N{value.Scale}", language);

    private static decimal Rounded(double value, int digits)
    {
        if (value == 0)
            return 0;
        var decimals = Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 15);
        // Divided, it loses its trailing zeros: 0.30 reads as 0.3.
        return decimal.Round((decimal)value, decimals, MidpointRounding.AwayFromZero) / 1.000000000000000m;
    }
}
