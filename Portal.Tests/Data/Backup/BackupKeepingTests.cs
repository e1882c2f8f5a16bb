using QuanTrac.Portal.Data.Backup;

namespace QuanTrac.Portal.Tests.Data.Backup;

public sealed class BackupKeepingTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 18, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("weekly", 7, 8)]
    [InlineData("monthly", 31, 24)]
    [InlineData("daily", 1, 7)]
    [InlineData("yearly", 366, 40)]
    public void ToDrop_FortyProven_KeepsTheNewestOfTheKind(string kind, int days, int kept)
    {
        var all = Enumerable.Range(0, 40).Select(i => new KeptBackup($"{kind}{i:00}", kind, Start.AddDays(i * days), true)).ToList();
        Assert.Equal(all.SkipLast(kept).Select(backup => backup.Name), BackupKeeping.ToDrop(all).Order());
    }

    [Fact]
    public void ToDrop_BadWeeks_PushOutNoGoodOne()
    {
        var all = Enumerable.Range(0, 30).Select(i => new KeptBackup($"w{i:00}", "weekly", Start.AddDays(7 * i), i < 3)).ToList();
        Assert.Empty(BackupKeeping.ToDrop(all));
        Assert.Equal(all.Skip(3).Select(backup => backup.Name),
            BackupKeeping.ToDrop([.. all, new("w30", "weekly", Start.AddDays(210), true)]).Order());
    }

    [Fact]
    public void ToDrop_EachKind_IsCountedByItself() =>
        Assert.Empty(BackupKeeping.ToDrop(Enumerable.Range(0, 14).Select(i => new KeptBackup($"b{i}", i % 2 == 0 ? "weekly" : "monthly", Start.AddDays(i), true))));
}
