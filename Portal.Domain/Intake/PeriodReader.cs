using System.Globalization;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>Reads when a sample was taken. What cannot be read is null: nothing is guessed.</summary>
public static partial class PeriodReader
{
    // The time of the day is read and let go: a period has days.
    private static readonly string[] DayFormats =
    [
        "yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "d.M.yyyy", "yyyy-MM-dd H:mm", "yyyy-MM-dd H:mm:ss", "yyyy-MM-dd't'H:mm", "yyyy-MM-dd't'H:mm:ss",
        "d/M/yyyy H:mm", "d/M/yyyy H:mm:ss",
    ];

    // A year outside these is a slip of the hand, and no period of a monitoring record.
    private const int FirstYear = 1980;
    private const int LastYear = 2100;

    /// <summary>"Quý 1 2023", "Quý I/2023", "Q1/2023", "2023-Q1", "07/2025", "tháng 7/2025", a year, an ISO day or day/month/year, as far as <paramref name="format"/> allows.</summary>
    public static Period? Read(string text, PeriodFormat format)
    {
        var folded = Words.Fold(text);
        var period = format == PeriodFormat.Day ? null : ReadQuarter(folded);
        if (period is null && format != PeriodFormat.Quarter)
            period = ReadDay(folded) is { } day ? Period.OfDay(day) : null;
        if (period is null && format == PeriodFormat.Any)
            period = ReadMonth(folded) ?? (ReadYear(folded) is { } year ? Period.OfYear(year) : null);
        return period;
    }

    /// <summary>From two columns: "2023" and "1", "Q1" or "I".</summary>
    public static Period? Read(string year, string quarter) =>
        ReadYear(Words.Fold(year)) is { } y && QuarterAlone().Match(Words.Fold(quarter)) is { Success: true } match
            ? Period.OfQuarter(y, QuarterNumber(match.Groups["quarter"].Value))
            : null;

    /// <summary>From the columns of a long file. Without an end the precision tells it; without a precision the days do.</summary>
    public static Period? Read(string start, string end, string precision)
    {
        if (ReadDay(Words.Fold(start)) is not { } first)
            return end.Length == 0 && (precision.Length == 0 || precision == "month") ? ReadMonth(Words.Fold(start)) : null;
        if (precision.Length == 0)
            return ReadDay(Words.Fold(end)) is { } last ? Guess(first, last) : end.Length == 0 ? Period.OfDay(first) : null;
        if (!Enum.TryParse<PeriodPrecision>(precision, ignoreCase: true, out var known) || char.IsAsciiDigit(precision[0]))
            return null;
        if (end.Length > 0)
            return ReadDay(Words.Fold(end)) is { } told ? Period.From(first, told, known) : null;
        var only = known switch
        {
            PeriodPrecision.Month => first.AddMonths(1).AddDays(-1),
            PeriodPrecision.Quarter => first.AddMonths(3).AddDays(-1),
            PeriodPrecision.Year => first.AddYears(1).AddDays(-1),
            _ => first,
        };
        return Period.From(first, only, known);
    }

    private static Period? Guess(DateOnly first, DateOnly last) =>
        Period.From(first, last, PeriodPrecision.Day) ?? Period.From(first, last, PeriodPrecision.Month)
        ?? Period.From(first, last, PeriodPrecision.Quarter) ?? Period.From(first, last, PeriodPrecision.Year);

    private static Period? ReadQuarter(string folded)
    {
        var match = QuarterAndYear().Match(folded);
        return match.Success && ReadYear(match.Groups["year"].Value) is { } year
            ? Period.OfQuarter(year, QuarterNumber(match.Groups["quarter"].Value))
            : null;
    }

    private static Period? ReadMonth(string folded)
    {
        var match = MonthAndYear().Match(folded);
        return match.Success && ReadYear(match.Groups["year"].Value) is { } year
            ? Period.OfMonth(year, int.Parse(match.Groups["month"].Value, CultureInfo.InvariantCulture))
            : null;
    }

    private static DateOnly? ReadDay(string folded) =>
        DateTime.TryParseExact(folded, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= FirstYear and <= LastYear ? DateOnly.FromDateTime(day) : null;

    private static int? ReadYear(string folded) =>
        int.TryParse(folded.StartsWith("năm ", StringComparison.Ordinal) ? folded[4..] : folded, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
        && year is >= FirstYear and <= LastYear ? year : null;

    private static int QuarterNumber(string text) => text switch { "1" or "i" => 1, "2" or "ii" => 2, "3" or "iii" => 3, _ => 4 };

    [GeneratedRegex(@"^(?:(?:quý|quí|q)\s*(?<quarter>[1-4]|i{1,3}|iv)(?:\s*[/\-,]\s*|\s+)(?:năm\s*)?(?<year>[0-9]{4})|(?<year>[0-9]{4})\s*[/\-]?\s*q(?<quarter>[1-4]))$")]
    private static partial Regex QuarterAndYear();

    [GeneratedRegex(@"^(?:(?:(?:tháng|t)\s*)?(?<month>0?[1-9]|1[0-2])\s*[/\-.]\s*(?<year>[0-9]{4})|tháng\s*(?<month>0?[1-9]|1[0-2])\s+(?:năm\s+)?(?<year>[0-9]{4})|(?<year>[0-9]{4})-(?<month>0[1-9]|1[0-2]))$")]
    private static partial Regex MonthAndYear();

    [GeneratedRegex(@"^(?:(?:quý|quí|q)\s*)?(?<quarter>[1-4]|i{1,3}|iv)$")]
    private static partial Regex QuarterAlone();
}
