using System.Globalization;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Access;

namespace QuanTrac.Portal.Commands;

/// <summary>How a file of an auditor writes times. A zone that is told ("Z", "+0000", "+07:00") is turned into the province's time; without one the
/// time is the province's. A file that does both is not understood: its first time decides, and what differs is refused.</summary>
public sealed partial class AssessTime
{
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy-MM"];
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    private bool? marked;

    /// <summary>How many times stood in another zone than the province's.</summary>
    public int Converted { get; private set; }

    /// <summary>A plain number; null where the text is none.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A day, month or moment after ISO 8601 in the province's time; "24:00" ends the day. Null where the text is none.</summary>
    public static DateTime? Moment(string text) => Read(text)?.Local;

    /// <summary>As <see cref="Moment"/>; null too where it names a zone and the file's first moment does not, or the other way round: then the row says so.</summary>
    public DateTime? Moment(AssessRow row, string column)
    {
        if (Read(row[column]) is not { } read)
            return null;
        if (read.Zone is { } zone && zone.Length > 0 != (marked ??= zone.Length > 0))
        {
            row.Refuse(column, AssessFault.ZonesMixed, row[column]);
            return null;
        }
        Converted += read.Local == read.Written ? 0 : 1;
        return read.Local;
    }

    // The zone is null for a day or month, which have none.
    private static (DateTime Local, DateTime Written, string? Zone)? Read(string text)
    {
        if (DateTime.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (day, day, null);
        if (Parts().Match(text) is not { Success: true } parts || Written(parts) is not { } written)
            return null;
        var zone = parts.Groups["zone"].Value;
        return zone.Length == 0 ? (written, written, zone)
            : Offset(zone) is { } offset ? (PortalDay.Local(new DateTimeOffset(written, offset)), written, zone)
            : null;
    }

    private static DateTime? Written(Match parts)
    {
        var (day, clock) = (parts.Groups["day"].Value, parts.Groups["clock"].Value.Replace(',', '.'));
        var midnight = clock.StartsWith("24:00", StringComparison.Ordinal) && !clock.AsSpan(2).ContainsAnyInRange('1', '9');
        return DateTime.TryParseExact($"{day}T{(midnight ? "00:00" : clock)}", Moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var written)
            && written.Year is > 1 and < 9999
            ? written.AddDays(midnight ? 1 : 0) : null;
    }

    // ±hh, ±hhmm, ±hh:mm; no clock on Earth is further away than fourteen hours.
    private static TimeSpan? Offset(string zone)
    {
        if (zone[0] is not ('+' or '-'))
            return TimeSpan.Zero;
        var digits = zone.Replace(":", "", StringComparison.Ordinal).PadRight(5, '0');
        var offset = new TimeSpan(int.Parse(digits.AsSpan(1, 2), NumberStyles.None, CultureInfo.InvariantCulture), int.Parse(digits.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture), 0);
        return offset > TimeSpan.FromHours(14) ? null : zone[0] == '-' ? -offset : offset;
    }

    [GeneratedRegex(@"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,7})?)?)\s*(?<zone>[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-5][0-9])?)?$")]
    private static partial Regex Parts();
}
