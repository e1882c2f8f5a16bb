using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Desk;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Desk;

/// <summary>What is overdue, told once a day. Each test has its own database.</summary>
public sealed class RemindDeskTests(TestCluster cluster)
{
    // Asked on Thursday 11 June 2026, due at the end of Tuesday the 16th.
    [Fact]
    public async Task Remind_OwnedAndUnowned_TellsTheOwnerOrAllOnceADay()
    {
        await using var province = new DeskProvince(cluster);
        await province.InitializeAsync();
        var (owned, nobodys) = (await province.AskAsync(province.Facility), await province.AskAsync(province.Guest));
        Assert.Null(await province.AnswerAsync(province.Admin, owned, DeskState.Working, "", province.Admin2.AccountId));
        province.At("2026-06-16 23:59");
        Assert.Equal((0, 0), await province.RemindAsync());
        province.At("2026-06-17 08:05");
        // One notice to the owner of one, two to the administrators for the other.
        Assert.Equal((2, 3), await province.RemindAsync());
        Assert.Equal((2, 0), await province.RemindAsync());
        var rounds = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(province.RemindAsync)));
        Assert.All(rounds, round => Assert.Equal((2, 0), round));
        Assert.Equal(["Desk.New.Support"], await province.ToldAsync(province.Admin, owned));
        Assert.Equal(["Desk.New.Support", "Desk.Overdue"], await province.ToldAsync(province.Admin2, owned));
        Assert.Equal(["Desk.New.Support", "Desk.Overdue"], await province.ToldAsync(province.Admin, nobodys));
        // Down on the 18th and 19th: one notice on return, with the day on which it was due.
        province.At("2026-06-20 09:00");
        Assert.Equal((2, 3), await province.RemindAsync());
        Assert.Equal(["2026-06-16 23:59"], await province.ListAsync("SELECT DISTINCT facts[3] FROM notice WHERE kind = 'Desk.Overdue'"));
        // Answered: nothing more of it.
        Assert.Null(await province.AnswerAsync(province.Admin, nobodys, DeskState.Answered));
        province.At("2026-06-21 08:05");
        Assert.Equal((1, 1), await province.RemindAsync());
    }

    [Fact]
    public async Task Remind_OwnerNoLongerAdministrator_TellsAllOfThem()
    {
        await using var province = new DeskProvince(cluster);
        await province.InitializeAsync();
        var id = await province.AskAsync(province.Facility, DeskKind.Incident, "serious");
        Assert.Null(await province.AnswerAsync(province.Admin, id, DeskState.Working, "", province.Admin2.AccountId));
        await province.Portal.Database.ExecuteAsync("UPDATE account SET role = 'manager' WHERE user_name = 'admin2'");
        province.At("2026-06-12 10:01");
        Assert.Equal((1, 1), await province.RemindAsync());
        Assert.Contains("Desk.Overdue", await province.ToldAsync(province.Admin, id));
        await Assert.ThrowsAsync<NotAllowedException>(() => province.Portal.WithAsync<RemindDesk, (int, int)>(remind => remind.RunAsync(province.Facility, default)));
    }
}
