using System.Globalization;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>A number format of a spreadsheet (ECMA-376 Part 1, 18.8.31), as far as it decides whether a cell shows what it holds. Digits that are rounded away are no other number.</summary>
internal sealed class CellFormat
{
    // Shown beside a number they change nothing of it.
    private const string Harmless = " \u00a0\u202f-−+()/:$";

    private readonly List<FormatSection> sections;
    private readonly bool hasConditions;

    private CellFormat(List<FormatSection> sections) =>
        (this.sections, hasConditions) = (sections, sections.Exists(section => section.Condition is not null));

    public static CellFormat Of(string? format) => new(FormatSection.All(format ?? "General"));

    /// <summary>How closely a cell shows a day; null where it shows something else of it: the hour alone, the day of the week, "Quý 3/2025".</summary>
    public PeriodPrecision? Precision => sections[0] switch
    {
        { HasFigures: true } => null,
        { Shows: { Day: true, Month: true, Hour: true } } => PeriodPrecision.Instant,
        { Shows: { Day: true, Month: true } } => PeriodPrecision.Day,
        { Shows: { Day: false, Month: true, Hour: false } } => PeriodPrecision.Month,
        { Shows: { Day: false, Month: true, Year: true } } => PeriodPrecision.Month,
        { Shows: { Day: false, Month: false, Year: true } } => PeriodPrecision.Year,
        { Shows: { Day: false, Month: false, Year: false, Hour: false } } => PeriodPrecision.Instant,
        _ => null,
    };

    /// <summary>What a cell shows that is no date; of the parts of the day only the year stands in its place.</summary>
    public string Shown(DateTime date)
    {
        var (section, year) = (sections[0], date.ToString("yyyy", CultureInfo.InvariantCulture));
        return !section.HasFigures ? date.ToString(section.Shows.Hour ? "HH:mm" : "dd", CultureInfo.InvariantCulture) : (section.Before + section.After).Replace(FormatSection.Year, year, StringComparison.Ordinal).Trim();
    }

    /// <summary>What a cell with this number shows, with a decimal point; null where it shows the number.</summary>
    public string? Shown(double number)
    {
        var section = SectionOf(number);
        var ownSign = !hasConditions && number < 0 && sections.Count > 1;
        var says = section.Before.Concat(section.After).Any(letter => !Harmless.Contains(letter, StringComparison.Ordinal));
        var losesSign = ownSign && !section.Before.Contains('-', StringComparison.Ordinal) && !section.Before.Contains('(', StringComparison.Ordinal);
        var hasDigits = section.HasDigits && (number != 0 || section.ShowsZero);
        if (hasDigits && !says && section is { Percents: 0, Thousands: 0 } && !losesSign)
            return null;
        if (!hasDigits)
            return (section.Before + section.After).Trim();
        var scaled = Math.Abs(number) * Math.Pow(100, section.Percents) / Math.Pow(1000, section.Thousands);
        var digits = scaled.ToString(section.Decimals is { } decimals ? "F" + decimals.ToString(CultureInfo.InvariantCulture) : "G15", CultureInfo.InvariantCulture);
        return ((number < 0 && !ownSign ? "-" : "") + section.Before + digits + section.After).Trim();
    }

    /// <summary>What a cell with this text shows; null where it shows the text.</summary>
    public string? Shown(string text)
    {
        // The fourth section is that of texts, and shows them only by "@".
        if ((sections.FindLast(section => section.HasText) ?? sections.ElementAtOrDefault(3)) is not { } section)
            return null;
        var says = section.Before + section.After;
        return !section.HasText ? says.Trim() : says.Trim().Length > 0 ? section.Before + text.Trim() + section.After : null;
    }

    // Without conditions: above zero, below zero, zero, text.
    private FormatSection SectionOf(double number)
    {
        if (hasConditions)
            return sections.Find(section => section.Condition?.Invoke(number) == true) ?? sections.FindLast(section => section.Condition is null) ?? sections[0];
        var numbers = sections.FindAll(section => !section.HasText || section.HasDigits);
        return numbers.Count switch { 0 => FormatSection.Usual, 1 => numbers[0], _ => number < 0 ? numbers[1] : number == 0 && numbers.Count > 2 ? numbers[2] : numbers[0] };
    }
}
