using System.Globalization;
using System.Resources;
using QuanTrac.Portal.Domain.Duties;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>Names the texts of duties for <c>IStringLocalizer</c>.</summary>
public sealed class DutiesTexts;

/// <summary>Words of duties in a language, also where nobody's page is open.</summary>
public static class DutyWords
{
    private static readonly ResourceManager Resources = new(typeof(DutiesTexts));

    /// <summary>"năm 2026", "6 tháng đầu năm 2026", "quý 2/2026", "tháng 5/2026".</summary>
    public static string Period(string period, string language)
    {
        var (key, part) = period.Split('-') switch
        {
            [_, ['Q', var quarter]] => ("Period.Quarter", quarter.ToString()),
            [_, ['H', var half]] => ("Period.Half" + half, ""),
            [_, var month] => ("Period.Month", month.TrimStart('0')),
            _ => ("Period.Year", ""),
        };
        return Text(language, key, period[..4], part);
    }

    /// <summary>"hằng năm, đến hết ngày 29/6".</summary>
    public static string Rule(Recurrence rule, string language) => rule.EveryMonths switch
    {
        12 => Text(language, "Rule.Yearly", rule.Day, rule.Month),
        3 when rule is { Month: 3, Day: 31 } => Text(language, "Rule.QuarterEnd"),
        3 => Text(language, "Rule.Quarterly", rule.Day, rule.Month),
        1 => Text(language, "Rule.Monthly", rule.Day),
        _ => Text(language, "Rule.Months", rule.EveryMonths, rule.Day, rule.Month),
    };

    public static string Text(string language, string key, params object[] facts)
    {
        var culture = CultureInfo.GetCultureInfo(language == "en" ? "en" : "vi-VN");
        return string.Format(culture, Resources.GetString(key, culture) ?? key, facts);
    }
}
