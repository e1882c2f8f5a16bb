namespace QuanTrac.Portal.Access;

/// <summary>The day in Quảng Ninh.</summary>
public static class PortalDay
{
    /// <summary>The time zone of Quảng Ninh.</summary>
    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh");

    public static DateOnly Of(TimeProvider clock) => DateOnly.FromDateTime(Local(clock.GetUtcNow()));

    /// <summary>An instant as the clocks there show it.</summary>
    public static DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;
}
