using System.Globalization;
using System.Text.RegularExpressions;

namespace QuanTrac.Portal.Features.Territories;

/// <summary>Corners typed or pasted, one a line: east (or longitude) before north (or latitude).</summary>
public static partial class CornerText
{
    public const int MostCorners = 1_000;

    /// <summary>The corners without the closing one, or the number of the first line that cannot be read.</summary>
    public static (IReadOnlyList<(double X, double Y)> Corners, int? WrongLine) Read(string text)
    {
        var corners = new List<(double, double)>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var line = 0; line < lines.Length; line++)
        {
            if (string.IsNullOrWhiteSpace(lines[line]))
                continue;
            if (corners.Count > MostCorners || Numbers(lines[line]) is not { } corner)
                return ([], line + 1);
            corners.Add(corner);
        }
        if (corners.Count > 1 && corners[0] == corners[^1])
            corners.RemoveAt(corners.Count - 1);
        return (corners, null);
    }

    // "107,12 20,95", "107.12, 20.95", "107.12;20.95": a comma is a decimal mark only where something else parts the two.
    private static (double, double)? Numbers(string line)
    {
        var match = PartedByPoint().Match(line) is { Success: true } point ? point : PartedByComma().Match(line);
        return match.Success && Number(match.Groups[1].Value) is { } x && Number(match.Groups[2].Value) is { } y ? (x, y) : null;
    }

    private static double? Number(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$")]
    private static partial Regex PartedByPoint();

    [GeneratedRegex(@"^\s*(-?\d+(?:,\d+)?)\s*(?:;|\s)\s*(-?\d+(?:,\d+)?)\s*$")]
    private static partial Regex PartedByComma();
}
