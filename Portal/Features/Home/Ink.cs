using System.Globalization;

namespace QuanTrac.Portal.Features.Home;

/// <summary>How a coloured cell is drawn: the shape of its verdict in an ink that can be read on its colour.</summary>
public static class Ink
{
    // Darker than the ink of words, which is too faint on the orange and red classes.
    private const string Dark = "#0a151a";

    /// <summary>The style of a cell of this colour.</summary>
    public static string Style(string colour) => $"background-color:{colour};color:{On(colour)}";

    /// <summary>The class of the shape of a verdict; null is nothing handed in. What is not reviewed has a marked corner.</summary>
    public static string Shape(string? verdict, bool reviewed = true) => reviewed ? Shape(verdict) : Shape(verdict) + " unreviewed";

    private static string Shape(string? verdict) => verdict switch
    {
        null => "verdict-cell nothing",
        "exceeds" => "verdict-cell exceeds",
        "cannot judge" => "verdict-cell undecided",
        "within" => "verdict-cell within",
        _ => "verdict-cell unlimited",
    };

    /// <summary>Dark ink or white, whichever has more contrast on a colour #rrggbb (WCAG 2, relative luminance).</summary>
    public static string On(string colour)
    {
        var (light, dark) = (Luminance(colour), Luminance(Dark));
        return 1.05 / (light + 0.05) > (light + 0.05) / (dark + 0.05) ? "#fff" : Dark;
    }

    private static double Luminance(string colour) =>
        (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));

    private static double Channel(string colour, int at)
    {
        var part = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
    }
}
