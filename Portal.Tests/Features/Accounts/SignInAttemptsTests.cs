using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Accounts;

/// <summary>Five wrong in fifteen minutes shut one network out for fifteen (checklist S06), and nobody else.</summary>
public sealed class SignInAttemptsTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncDisposable
{
    private readonly PortalDatabase portal = new(database.Logins.ConnectionString);
    private readonly TestClock clock = new(TestClock.At(2026, 6, 15, 9));

    private SignInAttempts Attempts => new(portal, clock);

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Theory]
    [InlineData("account:1")]
    [InlineData("name:0000000000000000000000000000000000000000000000000000000000000001")]
    public async Task Take_FiveWrong_ShutTheNetworkForFifteenMinutes(string subject)
    {
        var here = new SignInTrial(subject, "203.0.113.5");
        Assert.Equal([true, true, true, true, true, false], await TakenAsync(here, 6));
        foreach (var other in new[] { "203.0.113.6", "device:0123", "within" })
            Assert.Equal(TimeSpan.Zero, await Attempts.TakeAsync(here with { Lane = other }));
        clock.Now += TimeSpan.FromMinutes(14.9);
        Assert.Null(await Attempts.TakeAsync(here));
        clock.Now += TimeSpan.FromMinutes(0.1);
        Assert.Equal([true, true, true, true, true, false], await TakenAsync(here, 6));
    }

    [Fact]
    public async Task Take_FailuresFromLongAgo_CountNoMore()
    {
        var here = new SignInTrial("account:2", "203.0.113.5");
        await TakenAsync(here, 4);
        clock.Now += TimeSpan.FromMinutes(15);
        Assert.Equal([true, true, true, true, true, false], await TakenAsync(here, 6));
    }

    [Fact]
    public async Task Take_ManyAtOnce_LooksAtFive()
    {
        var here = new SignInTrial("account:3", "203.0.113.5");
        var taken = await Task.WhenAll(Enumerable.Range(0, 15).Select(_ => Attempts.TakeAsync(here)));
        Assert.Equal(5, taken.Count(wait => wait is not null));
    }

    [Fact]
    public async Task Take_RightInBetween_ForgivesWhatItProves()
    {
        var here = new SignInTrial("account:4", "203.0.113.5");
        await TakenAsync(here, 4);
        // The password was right, the code is still to come: the four stay.
        await Attempts.TakeAsync(here);
        await Attempts.GiveBackAsync(here);
        Assert.Equal([true, false], await TakenAsync(here, 2));
        await Attempts.ForgetAsync(here);
        Assert.Equal([true, true, true, true, true, false], await TakenAsync(here, 6));
    }

    /// <summary>Twenty-five wrong ones from five networks: a sixth waits for its answer, but gets it; whoever is known does not wait.</summary>
    [Fact]
    public async Task Take_WrongOnesFromManyNetworks_SlowsStrangersAndShutsNobodyElse()
    {
        for (var network = 0; network < 5; network++)
            await TakenAsync(new("account:5", $"203.0.113.{network}"), 5);
        Assert.Equal(TimeSpan.FromSeconds(4), await Attempts.TakeAsync(new("account:5", "198.51.100.1")));
        Assert.Equal(TimeSpan.Zero, await Attempts.TakeAsync(new("account:5", "device:0123")));
        Assert.Equal(TimeSpan.Zero, await Attempts.TakeAsync(new("account:5", "within")));
        Assert.Equal(TimeSpan.Zero, await Attempts.TakeAsync(new("account:6", "198.51.100.1")));
        clock.Now += TimeSpan.FromMinutes(16);
        Assert.Equal(TimeSpan.Zero, await Attempts.TakeAsync(new("account:5", "198.51.100.2")));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.25)]
    [InlineData(2, 0.5)]
    [InlineData(3, 1)]
    [InlineData(6, 8)]
    [InlineData(7, 8)]
    [InlineData(100000, 8)]
    public void Wait_MoreFailures_GrowsToTheSlowest(int over, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), SignInAttempts.Wait(over, TimeSpan.FromSeconds(8)));

    [Fact]
    public async Task Take_AfterADay_LeavesNoOldTrials()
    {
        await Attempts.TakeAsync(new("account:7", "203.0.113.5"));
        clock.Now += TimeSpan.FromHours(25);
        await Attempts.TakeAsync(new("account:8", "203.0.113.5"));
        Assert.Equal(0L, await database.ReadAsync(QuanTrac.Portal.Data.Cluster.DatabaseRole.Owner, "SELECT count(*) FROM sign_in_trial WHERE subject = 'account:7'"));
    }

    private async Task<List<bool>> TakenAsync(SignInTrial trial, int times)
    {
        var taken = new List<bool>();
        for (var time = 0; time < times; time++)
            taken.Add(await Attempts.TakeAsync(trial) is not null);
        return taken;
    }
}
