namespace QuanTrac.Portal.Tests.Support;

/// <summary>A clock that shows what a test sets, by the time of Quảng Ninh; until then the real time.</summary>
public sealed class SetClock : TimeProvider
{
    private DateTimeOffset? now;

    /// <summary>Sets it to a time of Quảng Ninh (UTC+7 the whole year).</summary>
    public void Set(DateTime local) => now = new DateTimeOffset(local, TimeSpan.FromHours(7));

    public override DateTimeOffset GetUtcNow() => now?.ToUniversalTime() ?? base.GetUtcNow();
}
