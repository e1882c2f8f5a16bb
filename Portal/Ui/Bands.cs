using QuanTrac.Portal.Domain.Assessment;

namespace QuanTrac.Portal.Ui;

/// <summary>The classes of the worst ratio as every screen shows them: map, list, matrix, first pages and cards. Their colours share none with the
/// legal ones of VN_WQI and VN_AQI.</summary>
public static class Bands
{
    /// <summary>Codes from the worst down, no verdict last: the order of the legend.</summary>
    public static IReadOnlyList<string> All { get; } = ["gt5", "le5", "le2", "le1", "le0.5", RatioClass.None];

    /// <summary>The colour of a band as #rrggbb; an unknown band is grey, which is no verdict.</summary>
    public static string Colour(string? band) => band switch
    {
        "gt5" => "#8c2d4f",
        "le5" => "#d9683c",
        "le2" => "#e8b04a",
        "le1" => "#8fc3c0",
        "le0.5" => "#2f7f8f",
        _ => "#a9b6bc",
    };

    /// <summary>Whether a class lies above the limit.</summary>
    public static bool Exceeds(string band) => band is "le2" or "le5" or "gt5";

    /// <summary>The class of one value or of several together, whose worst ratio is known: what exceeds is in no good class, what is not decided in none.</summary>
    /// <param name="verdict">Null where nothing was handed in.</param>
    /// <param name="ratio">To a maximum, or to a minimum that is not met; null for non-detects and ranges.</param>
    public static string Of(string? verdict, decimal? ratio) => (verdict, ratio) switch
    {
        ("exceeds", { } number) => RatioClass.Worse(RatioClass.Of(number), RatioClass.LowestExceeding),
        ("exceeds", null) => RatioClass.LowestExceeding,
        ("within", { } number) => RatioClass.Of(number),
        ("within", null) => RatioClass.All[0].Code,
        _ => RatioClass.None,
    };
}
