using System.Text;
using QuanTrac.Portal.Features.Duties;

namespace QuanTrac.Portal.Tests.Features.Duties;

/// <summary>The feed as RFC 5545 wants it: 3.1 (lines), 3.3.11 (text), 3.6.1 (events).</summary>
public sealed class CalendarTextTests
{
    private static readonly CalendarEvent Event = new(
        "own-account-list-2026-0@quantrac", new(2026, 6, 29), "Danh sách tài khoản; kế hoạch, năm 2026", "Chưa nộp\nĐiều 10.4 \\ Quyết định", "http://localhost/duties",
        new(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(7)));

    private static readonly string Text = CalendarText.Write("Nghĩa vụ", [Event]);

    [Fact]
    public void Write_EachLine_EndsWithCrLfAndHasAtMost75Octets()
    {
        Assert.EndsWith("END:VCALENDAR\r\n", Text, StringComparison.Ordinal);
        Assert.Equal(Text.Count(letter => letter == '\n'), Text.Split("\r\n").Length - 1);
        Assert.All(Text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
    }

    [Fact]
    public void Write_LongVietnameseText_UnfoldsToItself()
    {
        var summary = string.Concat(Enumerable.Repeat("Báo cáo kết quả thực hiện Quy chế 🌊 ", 9)).Trim();
        var folded = CalendarText.Write("x", [Event with { Summary = summary }]);
        Assert.Contains("\r\n ", folded, StringComparison.Ordinal);
        Assert.Contains($"SUMMARY:{summary}\r\n", folded.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Event_HasWhatTheStandardAsks()
    {
        var lines = Text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
        Assert.Equal(["BEGIN:VCALENDAR", "VERSION:2.0"], lines.Take(2));
        Assert.Contains("UID:own-account-list-2026-0@quantrac", lines);
        Assert.Contains("DTSTAMP:20260101T200405Z", lines);
        Assert.Contains("DTSTART;VALUE=DATE:20260629", lines);
        // All day: the end is the day after and does not belong to it.
        Assert.Contains("DTEND;VALUE=DATE:20260630", lines);
        Assert.Contains(@"SUMMARY:Danh sách tài khoản\; kế hoạch\, năm 2026", lines);
        Assert.Contains(@"DESCRIPTION:Chưa nộp\nĐiều 10.4 \\ Quyết định", lines);
    }
}
