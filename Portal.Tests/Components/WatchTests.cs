using Bunit;
using QuanTrac.Portal.Features.Watch;

namespace QuanTrac.Portal.Tests.Components;

public sealed class WatchTests : KitContext
{
    private static readonly DateTimeOffset At = new(2026, 11, 29, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Alert_NotLookedAt_IsOpen() => Assert.Equal("badge open", Mark(null, "", "").Find("span").ClassName);

    [Fact]
    public void Alert_LookedAt_TellsByWhomAndWhatWasFound() =>
        Assert.Equal("admin đã xem xét lúc 30/11/2026 01:00: Người dùng đi công tác", Words(Mark(At, "admin", "Người dùng đi công tác").Find("small")));

    private IRenderedComponent<AlertState> Mark(DateTimeOffset? closed, string by, string words) =>
        Render<AlertState>(given => given.Add(one => one.Alert, new(1, "refused", 2, "hoa", "203.0.113.9", 12, At, closed, by, words)));
}
