using System.Globalization;
using System.Text;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>One all-day event.</summary>
/// <param name="Uid">The same for the same event for ever.</param>
/// <param name="Stamp">When it was last changed.</param>
public sealed record CalendarEvent(string Uid, DateOnly Day, string Summary, string Description, string Address, DateTimeOffset Stamp);

/// <summary>Writes a calendar as RFC 5545 wants it: CRLF, lines of at most 75 octets, texts escaped.</summary>
public static class CalendarText
{
    private const int MostOctets = 75;

    public static string Write(string name, IEnumerable<CalendarEvent> events)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//QuanTrac//Portal//VI");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "X-WR-CALNAME:" + Escaped(name));
        Line(text, "X-WR-TIMEZONE:Asia/Ho_Chi_Minh");
        foreach (var item in events)
        {
            Line(text, "BEGIN:VEVENT");
            Line(text, "UID:" + item.Uid);
            Line(text, string.Create(CultureInfo.InvariantCulture, $"DTSTAMP:{item.Stamp.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"));
            // The end of an all-day event is the day after (RFC 5545, 3.6.1).
            Line(text, string.Create(CultureInfo.InvariantCulture, $"DTSTART;VALUE=DATE:{item.Day:yyyyMMdd}"));
            Line(text, string.Create(CultureInfo.InvariantCulture, $"DTEND;VALUE=DATE:{item.Day.AddDays(1):yyyyMMdd}"));
            Line(text, "SUMMARY:" + Escaped(item.Summary));
            Line(text, "DESCRIPTION:" + Escaped(item.Description));
            Line(text, "URL:" + item.Address);
            Line(text, "TRANSP:TRANSPARENT");
            Line(text, "STATUS:CONFIRMED");
            Line(text, "END:VEVENT");
        }
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    private static string Escaped(string words) => words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).ReplaceLineEndings("\\n");

    // Octets are counted, not letters: a Vietnamese letter has up to three, and none may be cut in its middle.
    private static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                text.Append("\r\n ");
                // The space that begins a continued line counts.
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
