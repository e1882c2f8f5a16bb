using System.Globalization;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Data.Areas;

namespace QuanTrac.Portal.Features.Territories;

/// <summary>Why a file is not taken, in the language of the reader.</summary>
internal static class AreaSentence
{
    public static string Of(IStringLocalizer<TerritoriesTexts> texts, AreaProblem problem) =>
        texts[$"Fault.{problem.Fault}", [.. problem.Facts.Select(fact => Words(texts, fact))]];

    private static object Words(IStringLocalizer<TerritoriesTexts> texts, object fact) => fact switch
    {
        AreaCrs crs => texts[$"Crs.{crs}"].Value,
        // Metres without, degrees with decimals.
        double number => number.ToString(Math.Abs(number) >= 1000 ? "#,##0" : "0.#####", CultureInfo.CurrentCulture),
        _ => fact,
    };
}
