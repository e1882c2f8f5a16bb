using System.Globalization;
using System.Text.RegularExpressions;

namespace QuanTrac.Portal.Data.Areas;

/// <summary>The coordinates that an area may come in; the number is the code of EPSG.</summary>
public enum AreaCrs
{
    Wgs84 = 4326,

    /// <summary>VN-2000 in degrees: 224 m from WGS84 in Quảng Ninh.</summary>
    Vn2000Degrees = 4756,

    /// <summary>VN-2000 / TM-3 107°45', in metres.</summary>
    Vn2000 = 5899,
}

/// <summary>What a file says of its coordinates.</summary>
/// <param name="Crs">Null where it is none of ours.</param>
/// <param name="Name">As the file says it; of another zone of VN-2000 its meridian.</param>
/// <param name="OtherZone">VN-2000 in metres, but of another meridian.</param>
internal sealed partial record DeclaredCrs(AreaCrs? Crs, string Name, bool OtherZone = false)
{
    // Scale 0.9999 (zones of 3°) but for the first two (UTM). EPSG dataset v10.076.
    private static readonly Dictionary<int, string> OtherZones = new()
    {
        [3405] = "UTM 48N", [3406] = "UTM 49N", [5896] = "TM-3 102°00'", [5897] = "TM-3 105°00'", [5898] = "TM-3 108°00'", [9205] = "TM-3 103°00'",
        [9206] = "TM-3 104°00'", [9207] = "TM-3 104°30'", [9208] = "TM-3 104°45'", [9209] = "TM-3 105°30'", [9210] = "TM-3 105°45'", [9211] = "TM-3 106°00'",
        [9212] = "TM-3 106°15'", [9213] = "TM-3 106°30'", [9214] = "TM-3 107°00'", [9215] = "TM-3 107°15'", [9216] = "TM-3 107°30'", [9217] = "TM-3 108°15'",
        [9218] = "TM-3 108°30'",
    };

    /// <summary>From the name of a crs member of GeoJSON.</summary>
    public static DeclaredCrs OfName(string name)
    {
        if (name.EndsWith("CRS84", StringComparison.OrdinalIgnoreCase))
            return new(AreaCrs.Wgs84, name);
        return Epsg().Match(name) is { Success: true } match && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? OfCode(code, name)
            : new(null, name);
    }

    /// <summary>From the text of a .prj file.</summary>
    public static DeclaredCrs OfPrj(string text)
    {
        var name = Title().Match(text) is { Success: true } title ? title.Groups[1].Value : text.Trim() is { Length: > 80 } words ? words[..80] : text.Trim();
        if (text.TrimEnd().EndsWith("]]", StringComparison.Ordinal) && LastAuthority().Match(text) is { Success: true } authority)
            return OfCode(int.Parse(authority.Groups[1].Value, CultureInfo.InvariantCulture), name);
        var vn2000 = VnName().IsMatch(text);
        if (!text.Contains("PROJCS", StringComparison.OrdinalIgnoreCase) && !text.Contains("PROJCRS", StringComparison.OrdinalIgnoreCase))
            return new(vn2000 ? AreaCrs.Vn2000Degrees : WgsName().IsMatch(text) ? AreaCrs.Wgs84 : null, name);
        if (!vn2000 || Number(text, "Central_Meridian") is not { } meridian)
            return new(null, name);
        var narrow = Math.Abs((Number(text, "Scale_Factor") ?? 0) - 0.9999) < 1e-7 && Math.Abs((Number(text, "False_Easting") ?? 0) - 500_000) < 1e-3;
        return Math.Abs(meridian - 107.75) < 1e-6 && narrow
            ? new(AreaCrs.Vn2000, name)
            : new(null, FormattableString.Invariant($"{(narrow ? "TM-3" : "UTM")} {Math.Floor(meridian)}°{Math.Round((meridian - Math.Floor(meridian)) * 60):00}'"), OtherZone: true);
    }

    private static DeclaredCrs OfCode(int code, string name) =>
        Enum.IsDefined((AreaCrs)code) ? new((AreaCrs)code, name)
        : OtherZones.TryGetValue(code, out var zone) ? new(null, zone, OtherZone: true)
        : new(null, name);

    private static double? Number(string text, string parameter) =>
        Regex.Match(text, $"""PARAMETER\s*\[\s*"{parameter}"\s*,\s*(-?[0-9.]+)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant) is { Success: true } match
        && double.TryParse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"EPSG:[\d.]*:?(\d{4,5})$", RegexOptions.IgnoreCase)]
    private static partial Regex Epsg();

    [GeneratedRegex("""^\s*\w+\s*\[\s*"([^"]{1,80})""")]
    private static partial Regex Title();

    // The authority of the whole stands last.
    [GeneratedRegex("""AUTHORITY\s*\[\s*"EPSG"\s*,\s*"?(\d{4,5})"?\s*\]\s*\]\s*$""", RegexOptions.IgnoreCase)]
    private static partial Regex LastAuthority();

    [GeneratedRegex(@"VN[-_ ]?2000", RegexOptions.IgnoreCase)]
    private static partial Regex VnName();

    [GeneratedRegex(@"WGS[-_ ]?(19)?84", RegexOptions.IgnoreCase)]
    private static partial Regex WgsName();
}
