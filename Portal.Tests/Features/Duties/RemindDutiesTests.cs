using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Duties;

/// <summary>The portal is down, a node dies, two nodes work at once. Each test has its own database.</summary>
public sealed class RemindDutiesTests(TestCluster cluster)
{
    private const string AccountList = "facts[1] = 'Danh sách tài khoản và kế hoạch cập nhật dữ liệu'";

    [Fact]
    public async Task Remind_PortalDownOn29And30June_IsGivenOnReturn()
    {
        await using var province = await BeginAsync("2026-06-26 08:00");
        province.At("2026-07-01 10:00");
        await province.RemindAsync();
        province.At("2026-07-02 08:00");
        await province.RemindAsync();
        // The reminder of the 29th two days late, as what it is by then; the next at its hour.
        Assert.Equal(
            ["2026-06-26 08:00 Duty.Before 0", "2026-07-01 10:00 Duty.Late 0", "2026-07-02 08:00 Duty.Late 0"], await province.ToldAsync(province.HaLong, AccountList));
    }

    [Fact]
    public async Task Remind_PortalDownForTwoWeeks_GivesOneAndSaysHowManyWereMissed()
    {
        await using var province = await BeginAsync("2026-06-19 08:00");
        province.At("2026-07-03 09:00");
        await province.RemindAsync();
        Assert.Equal(["2026-07-03 09:00 Duty.Late.Missed 3"], await province.ToldAsync(province.HaLong, AccountList));
        Assert.Equal((0, 0), await AgainAsync(province));
    }

    [Fact]
    public async Task Remind_FourNodesAtOnce_GivesEachOnce()
    {
        await using var province = await BeginAsync("2026-06-26 08:00");
        var alone = (long)(await province.ReadAsync("SELECT count(*) FROM duty_reminder WHERE given"))!;
        province.At("2026-06-29 08:00");
        var rounds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(province.RemindAsync)));
        // Five bodies and 54 communes: the account list's last day, and the day before the quarter's.
        Assert.Equal(118, rounds.Sum(round => round.Given));
        Assert.Single(rounds, round => round.Given > 0);
        Assert.Equal(alone + 118, await province.ReadAsync("SELECT count(*) FROM duty_reminder WHERE given"));
        Assert.Single(await province.ToldAsync(province.HaLong, AccountList + " AND kind = 'Duty.Today'"));
    }

    [Fact]
    public async Task Remind_NodeDiedBeforeItWroteTheRoundDown_TellsNobodyTwice()
    {
        await using var province = await BeginAsync("2026-06-26 08:00");
        var told = await province.ReadAsync("SELECT count(*) FROM notice");
        await province.Portal.Database.ExecuteAsync("DELETE FROM duty_reminder");
        Assert.True((await province.RemindAsync()).Given > 0);
        Assert.Equal(told, await province.ReadAsync("SELECT count(*) FROM notice"));
    }

    [Fact]
    public async Task Remind_FreshPortalLateInTheYear_FloodsNobody()
    {
        await using var province = new DutyProvince(cluster);
        await province.InitializeAsync();
        province.At("2026-11-24 10:00");
        await province.PlanAsync();
        Assert.Equal(0, (await province.RemindAsync()).Given);
        var late = await province.Portal.WithAsync<DutiesData, IReadOnlyList<DutyLine>>(
            data => data.BoardAsync(province.Portal.Manager, BoardFilter.Of(null, "late", null), "vi", default));
        Assert.Empty(late);
    }

    [Fact]
    public async Task Remind_AccountOfNobodyOrAnotherLanguage_IsCountedAndTranslated()
    {
        await using var province = await BeginAsync("2026-06-22 08:00");
        await province.Portal.Database.ExecuteAsync(
            $"INSERT INTO notice_choice (account_id, language, mail) VALUES ({province.HaLong.AccountId}, 'en', 'none')");
        province.At("2026-06-26 08:00");
        var round = await province.RemindAsync();
        // All communes, and the bodies without an account.
        Assert.True(round.Unreached > 54);
        Assert.Equal("Account list and data plan", await province.ReadAsync(
            $"SELECT facts[1] FROM notice WHERE account_id = {province.HaLong.AccountId} AND at > '2026-06-26' ORDER BY id LIMIT 1"));
    }

    [Fact]
    public async Task Remind_WhoeverDoesNotManage_IsRefused()
    {
        await using var province = await BeginAsync("2026-06-19 08:00");
        await Assert.ThrowsAsync<NotAllowedException>(() => province.Portal.WithAsync<RemindDuties, RemindersGiven>(remind => remind.RunAsync(province.HaLong, default)));
    }

    // Planned in the spring, so that the reminder of −30 is long given.
    private async Task<DutyProvince> BeginAsync(string firstRound)
    {
        var province = new DutyProvince(cluster);
        await province.InitializeAsync();
        province.At("2026-06-10 09:00");
        await province.PlanAsync();
        province.At(firstRound);
        if (!firstRound.StartsWith("2026-06-19", StringComparison.Ordinal))
            await province.Portal.Database.ExecuteAsync("UPDATE duty_occurrence SET planned_at = '2026-06-24'");
        await province.RemindAsync();
        return province;
    }

    private static async Task<(int, int)> AgainAsync(DutyProvince province)
    {
        var round = await province.RemindAsync();
        return (round.Given, round.Replaced);
    }
}
