using System.Globalization;
using Microsoft.Extensions.Localization;

namespace QuanTrac.Portal.Ui;

/// <summary>The days that a sample or campaign stands for, both ends included, and how exactly they are known.</summary>
/// <param name="Precision">instant, day, quarter or year.</param>
public sealed record Period(DateOnly From, DateOnly To, string Precision)
{
    /// <summary>"Quý 3/2023", "2023", "12/09/2023" or "12/09/2023 – 14/09/2023".</summary>
    public string Long(IStringLocalizer<UiTexts> texts) => Precision switch
    {
        "quarter" => texts["Period.Quarter", Quarter, From.Year],
        "year" => From.Year.ToString(CultureInfo.InvariantCulture),
        _ => From == To ? Figures.Day(From) : $"{Figures.Day(From)} – {Figures.Day(To)}",
    };

    /// <summary>For axes and small bars: "Q3/23", "2023", "12/09/23".</summary>
    public string Short => Precision switch
    {
        "quarter" => string.Create(CultureInfo.InvariantCulture, $"Q{Quarter}/{From:yy}"),
        "year" => From.Year.ToString(CultureInfo.InvariantCulture),
        _ => From.ToString("dd/MM/yy", CultureInfo.InvariantCulture),
    };

    private int Quarter => ((From.Month - 1) / 3) + 1;
}
