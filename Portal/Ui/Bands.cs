namespace QuanTrac.Portal.Ui;

/// <summary>Colours of the classes of the worst ratio. They share none with the legal colours of VN_WQI and VN_AQI.</summary>
public static class Bands
{
    /// <summary>Codes from the worst down, no verdict last: the order of the legend.</summary>
    public static IReadOnlyList<string> All { get; } = ["gt5", "le5", "le2", "le1", "le0.5", "none"];

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
}
