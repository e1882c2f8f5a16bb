using System.Globalization;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Ui;

/// <summary>Numbers and days as the reader writes them: in Vietnamese a decimal comma and thousands by point, days as dd/MM/yyyy.</summary>
public static class Figures
{
    /// <summary>A number with the decimals it was given with: 0.10 stays "0,10".</summary>
    public static string Number(decimal value) =>
        value.ToString($"N{value.Scale}", CultureInfo.CurrentCulture);

    /// <summary>A computed number: four decimals, more only where fewer than three figures would be left, no zeros at the end.</summary>
    public static string Computed(decimal value)
    {
        var decimals = 4;
        while (decimals < 12 && Math.Abs(decimal.Round(value, decimals) - value) > Math.Abs(value) / 1000)
            decimals++;
        return decimal.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("#,##0." + new string('#', decimals), CultureInfo.CurrentCulture);
    }

    /// <summary>A reported value, "&lt;0,0005" where it was not detected.</summary>
    public static string Value(ReportedValue value) => value.Sign + Number(value.Number);

    public static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A ratio to a limit with two decimals, one from 10 on, none from 100 on; an excess never shows as 1.</summary>
    public static string Ratio(decimal ratio)
    {
        var decimals = ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2;
        while (ratio != 1 && decimal.Round(ratio, decimals) == 1 && decimals < 6)
            decimals++;
        return ratio.ToString($"N{decimals}", CultureInfo.CurrentCulture);
    }

    public static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    /// <summary>"22/11/2026 17:35", in Quảng Ninh.</summary>
    public static string Moment(DateTimeOffset moment) => moment.ToOffset(TimeSpan.FromHours(7)).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
