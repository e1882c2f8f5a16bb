using System.Globalization;
using QuanTrac.Portal.Access;

namespace QuanTrac.Portal.Commands;

/// <summary>How a file of an auditor writes times.</summary>
public static class AssessTime
{
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy-MM"];
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] MomentsOfAZone = [.. Moments.Select(format => format + "zzz"), .. Moments.Select(format => format + "'Z'")];

    /// <summary>A plain number; null where the text is none.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A day, month or moment after ISO 8601 in the province's time (a zone that is told is turned into it); null where the text is none.</summary>
    public static DateTime? Moment(string text)
    {
        text = text.Length > 10 && text[10] == ' ' ? $"{text[..10]}T{text[11..]}" : text;
        if (DateTime.TryParseExact(text, [.. Days, .. Moments], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return local;
        return DateTimeOffset.TryParseExact(text, MomentsOfAZone, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? PortalDay.Local(instant)
            : null;
    }
}
