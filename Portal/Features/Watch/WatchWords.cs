using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Watch;

/// <summary>The watch in words.</summary>
internal static class WatchWords
{
    private const decimal Megabyte = 1_000_000;

    public static string Sentence(IStringLocalizer<WatchTexts> texts, WatchAlert alert) => texts[$"Alert.{alert.Rule}", alert.AccountName, alert.From, Amount(alert)];

    /// <summary>The legal group of a role (Điều 6.2a).</summary>
    public static string Group(string role) => role switch { "admin" => "administrator", "guest" => "guest", _ => "manager" };

    public static string Ago(IStringLocalizer<WatchTexts> texts, TimeSpan since) =>
        since < TimeSpan.FromMinutes(1) ? texts["Ago.Now"] : since < TimeSpan.FromHours(1) ? texts["Ago.Minutes", Figures.Count((long)since.TotalMinutes)] : texts["Ago.Hours", Figures.Count((long)since.TotalHours)];

    public static string When(IStringLocalizer<WatchTexts> texts, WatchRule rule) => texts[$"When.{rule.Code}", rule.Amount ?? 0,
        rule.Minutes is { } minutes ? minutes >= 1440 ? texts["Days", minutes / 1440] : texts["Minutes", minutes] : "", rule.FromHour ?? 0, rule.ToHour ?? 0];

    private static string Amount(WatchAlert alert) => alert.Amount is not { } amount ? "" : alert.Rule == "exports" ? Figures.Number(decimal.Round(amount / Megabyte, 1)) : Figures.Count(amount);
}
