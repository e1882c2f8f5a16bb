using System.Globalization;
using System.Resources;
using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Ui;

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

    /// <summary>"Chậm 12 ngày", "Còn 3 ngày", "Đúng hạn".</summary>
    public static string State(DutyState state, int daysLate, int daysLeft, string language) => state switch
    {
        DutyState.Late => Text(language, "Days.Late", daysLate),
        DutyState.DoneLate => Text(language, "Days.DoneLate", daysLate),
        DutyState.Near or DutyState.Open => daysLeft == 0 ? Text(language, "Days.Today") : Text(language, "Days.Left", daysLeft),
        _ => Text(language, $"State.{state}"),
    };

    /// <summary>What was wrong, said at the field of that name; null where nothing was.</summary>
    public static FormFault? Fault(DutyProblem? problem, string language) => problem is not { } code ? null : new(Text(language, $"Problem.{code}"), code switch
    {
        DutyProblem.ReasonMissing => "reason",
        DutyProblem.NameMissing => "name",
        DutyProblem.NobodyOwes or DutyProblem.Overlaps => "organisation",
        DutyProblem.RuleWrong => "day",
        DutyProblem.DocumentMissing => "document",
        _ => null,
    });

    /// <summary>Organisations by name, with their code.</summary>
    public static IReadOnlyList<Choice<string>> Choices(IEnumerable<(string Code, string Name)> organisations) => Ui.Choices.Of(organisations.Select(one => (one.Code, $"{one.Name} ({one.Code})")));

    public static string Text(string language, string key, params object[] facts)
    {
        var culture = CultureInfo.GetCultureInfo(language == "en" ? "en" : "vi-VN");
        return string.Format(culture, Resources.GetString(key, culture) ?? key, facts);
    }
}
