using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Intake;

public sealed class IntakeWorkerTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    [Fact]
    public async Task Take_FileOfAKilledWorker_IsCheckedByTheNext()
    {
        var submission = await HandInAsync("Quý 1 2022");
        await using var killed = await portal.Database.OpenAsync(DatabaseRole.System);
        await killed.ExecuteAsync("BEGIN; SELECT FROM intake_queue FOR UPDATE", default);
        Assert.False(await TakeAsync());
        Assert.Equal(("queued", 1L), await StateAsync(submission));

        var process = await killed.ScalarAsync<int>("SELECT pg_backend_pid()", default);
        await portal.Database.ReadAsync(DatabaseRole.System, $"SELECT pg_terminate_backend({process}, 5000)");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => killed.ExecuteAsync("SELECT 1", default));

        Assert.True(await TakeAsync());
        Assert.Equal(("done", 0L), await StateAsync(submission));
        Assert.False(await TakeAsync());
    }

    [Fact]
    public async Task Take_FileThatFailsThreeTimes_IsGivenUpAndSaidToHaveFailed()
    {
        var submission = await HandInAsync("Quý 2 2022");
        var sha256 = (string)(await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT file_sha256 FROM submission WHERE id = {submission}"))!;
        await portal.WithAsync<FileStore, bool>(files =>
        {
            File.Delete(files.PathOf(sha256));
            return Task.FromResult(true);
        });

        Assert.True(await TakeAsync());
        Assert.Equal(("queued", 1L), await StateAsync(submission));
        Assert.True(await TakeAsync());
        Assert.True(await TakeAsync());
        Assert.Equal(("failed", 0L), await StateAsync(submission));
        Assert.False(await TakeAsync());
    }

    /// <summary>The four files of the Department came first; the board and the islands wait for one of them each, not for four.</summary>
    [Fact]
    public async Task Take_ManyFilesOfOneOrganisation_LetsTheOthersHaveTheirTurn()
    {
        var board = await portal.AccountAsync("board-turns", Role.Manager, "BQLVHL");
        var islands = await portal.AccountAsync("islands-turns", Role.Manager, "BQLKKT");
        List<int> department = [];
        for (var quarter = 1; quarter <= 4; quarter++)
            department.Add(await HandInAsync($"Quý {quarter} 2019"));
        var first = await HandInAsync("Quý 1 2019", board);
        Assert.True(await TakeAsync());
        Assert.True(await TakeAsync());
        // Whoever comes later waits for nobody's backlog either.
        var (second, last) = (await HandInAsync("Quý 1 2019", islands), await HandInAsync("Quý 2 2019", islands));
        var order = new List<int>();
        for (var before = await QueueAsync(); before.Count > 0; before = await QueueAsync())
        {
            Assert.True(await TakeAsync());
            order.Add(Assert.Single(before.Except(await QueueAsync())));
        }
        Assert.Equal(("done", "done"), ((await StateAsync(department[0])).Checking, (await StateAsync(first)).Checking));
        Assert.Equal([department[1], second, department[2], last, department[3]], order);
    }

    /// <summary>Cut while it works, refused with its reason, nothing half kept; the next file is checked.</summary>
    [Theory]
    [InlineData(true, nameof(ProblemCode.CheckTooLong))]
    [InlineData(false, nameof(ProblemCode.CheckTooLarge))]
    public async Task Check_BeyondItsLimit_IsCutAndRefusedWithASentence(bool time, string code)
    {
        var submission = await HandInAsync(time ? "Quý 1 2018" : "Quý 2 2018");
        var outcome = await portal.WithAsync<PortalDatabase, CheckOutcome?>(database => portal.WithAsync<FileStore, CheckOutcome?>(files =>
            new CheckSubmission(database, files, new IntakeSignal(), new(TimeSpan.FromMinutes(5), long.MinValue / 2), new AtOnce(time), NullLogger<CheckSubmission>.Instance).RunAsync(portal.Manager, submission, default)));
        Assert.True(outcome!.Blocked);
        Assert.Equal((code, 0L), (
            (string)(await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT string_agg(code, ' ') FROM submission_problem WHERE submission_id = {submission}"))!,
            (long)(await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT count(*) FROM submission_row WHERE submission_id = {submission}"))!));
        await portal.Database.ExecuteAsync($"DELETE FROM intake_queue WHERE submission_id = {submission}");
    }

    // Its timers of one kind are over when they are made, those of the other kind never.
    private sealed class AtOnce(bool once) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period == Timeout.InfiniteTimeSpan == once)
                callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task<int> HandInAsync(string quarter, QuanTrac.Portal.Domain.Access.Access? by = null)
    {
        using var folder = new TempFolder();
        var path = AgencySheet.WithRows([null, "NB1", quarter, 22.0]).Write(Path.Combine(folder.Path, "sheet.xlsx"));
        await using var content = File.OpenRead(path);
        return await portal.WithAsync<HandInFile, int>(handIn => handIn.RunAsync(by ?? portal.Manager, content, "sheet.xlsx", "", queue: true, default));
    }

    private async Task<List<int>> QueueAsync()
    {
        await using var owner = await portal.Database.OpenAsync(DatabaseRole.Owner);
        return await owner.ListAsync("SELECT submission_id FROM intake_queue", row => row.GetInt32(0), default);
    }

    private async Task<bool> TakeAsync() => await portal.WithAsync<PortalDatabase, bool>(database =>
        portal.WithAsync<IServiceScopeFactory, bool>(async scopes =>
        {
            using var worker = new IntakeWorker(database, scopes, new IntakeSignal(), new Maintenance(), new DatabaseAbsence(TimeProvider.System, NullLogger<DatabaseAbsence>.Instance), NullLogger<IntakeWorker>.Instance);
            return await worker.TakeOneAsync(default);
        }));

    private async Task<(string Checking, long Queued)> StateAsync(int submission) => (
        (string)(await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT checking FROM submission WHERE id = {submission}"))!,
        (long)(await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT count(*) FROM intake_queue WHERE submission_id = {submission}"))!);
}
