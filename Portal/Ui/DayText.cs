using System.Globalization;

namespace QuanTrac.Portal.Ui;

/// <summary>Days as people type them.</summary>
public static class DayText
{
    private static readonly string[] Forms = ["d/M/yyyy", "d-M-yyyy", "d.M.yyyy", "ddMMyyyy", "yyyy-M-d"];

    /// <summary>Null where it is no day. The day stands before the month, as in Việt Nam; with the year in front after ISO 8601.</summary>
    public static DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>What MudBlazor's picker reads and writes days with.</summary>
/// <param name="wrong">What is said of what is no day.</param>
internal sealed class DayConverter(string wrong) : MudBlazor.IReversibleConverter<DateTime?, string?>
{
    public string? Convert(DateTime? input) => input is { } day ? Figures.Day(DateOnly.FromDateTime(day)) : null;

    /// <exception cref="FormatException">What was typed is no day; the field says so.</exception>
    public DateTime? ConvertBack(string? input) => string.IsNullOrWhiteSpace(input) ? null : (DayText.Read(input) ?? throw new FormatException(wrong)).ToDateTime(default);
}
