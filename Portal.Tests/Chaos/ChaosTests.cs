using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;
using Quartz;

namespace QuanTrac.Portal.Tests.Chaos;

/// <summary>Faults at each step of the work, one after another on one installation: how long until work goes on, and whether anything that was acknowledged is lost or half done.
/// The table is printed and kept under <c>TestResults/chaos.md</c>.</summary>
public sealed partial class ChaosTests(ITestOutputHelper output) : IAsyncLifetime
{
    // What is possible again works again after half a minute, and who is told to stop is gone after ten seconds.
    private const double Back = 30;
    private const double Gone = 10;

    private readonly List<(string Fault, string Step, double Seconds, double Most, long Lost, long HalfDone)> rows = [];
    private readonly LogLines log = new();
    private ChaosGround ground = null!;
    private ChaosSteps steps = null!;
    private QuanTrac.Portal.Domain.Access.Access manager = null!;
    private QuanTrac.Portal.Domain.Access.Access reviewer = null!;
    private WebApplication node = null!;
    private HttpClient client = null!;
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        ground = await ChaosGround.MakeAsync();
        (steps, manager, reviewer) = (new(ground), await ground.AccessAsync("manager"), await ground.AccessAsync("reviewer"));
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        steps?.Dispose();
        await ground.DisposeAsync();
        log.Dispose();
    }

    [Fact]
    public async Task Faults_AtEachStep_LoseNothingAndLeaveNothingHalfDone()
    {
        try
        {
            await PortalIsKilledAsync();
            await DatabaseIsKilledInARestoreAsync();
            node = await ground.StartNodeAsync(log);
            client = await ChaosGround.ClientAsync(new Uri(node.Urls.Single()));
            token = await ChaosSteps.TokenAsync(client);
            await DatabaseIsKilledAsync();
            await WireIsCutAsync();
            await AnswerOfTheCommitIsLostAsync();
            if (ground.IsSmall)
                await DiskIsFullAsync();
            await NodeStopsAsync();
        }
        finally
        {
            await TellAsync();
        }
        Assert.All(rows, row => Assert.Equal((row.Fault, row.Step, 0, 0), (row.Fault, row.Step, row.Lost, row.HalfDone)));
        Assert.All(rows, row => Assert.InRange(row.Seconds, 0, row.Most));
    }

    // Of a process of its own, by the kernel's own means.
    private async Task PortalIsKilledAsync()
    {
        var (process, address) = await ground.StartProcessAsync();
        client = await ChaosGround.ClientAsync(address);
        token = await ChaosSteps.TokenAsync(client);

        var (file, mark) = (steps.NewFile(), Guid.NewGuid());
        var hold = await steps.HoldAsync("intake_queue");
        var sending = steps.TryHandInAsync(client, token, file, mark);
        await steps.CaughtAsync("INSERT INTO intake_queue");
        process.Kill();
        Assert.Null(await sending);
        await ChaosSteps.ReleaseAsync(hold);
        var watch = Stopwatch.StartNew();
        (process, address) = await ground.StartProcessAsync();
        client = await ChaosGround.ClientAsync(address);
        token = await ChaosSteps.TokenAsync(client);
        var first = await steps.HandInAsync(client, token, file, mark);
        await RowAsync("portal killed (-9)", "hand in", watch);
        await steps.CheckedAsync(first);

        hold = await steps.HoldAsync("submission_problem");
        var second = await steps.HandInAsync(client, token, steps.NewFile(), Guid.NewGuid());
        await steps.CaughtAsync("submission_problem");
        process.Kill();
        await ChaosSteps.ReleaseAsync(hold);
        watch.Restart();
        (process, address) = await ground.StartProcessAsync();
        await steps.CheckedAsync(second);
        await RowAsync("portal killed (-9)", "check", watch);

        await ProcessStopsAsync(process, address);
        await VerbIsKilledAsync();
    }

    private async Task ProcessStopsAsync(Process process, Uri address)
    {
        client = await ChaosGround.ClientAsync(address);
        token = await ChaosSteps.TokenAsync(client);
        var hold = await steps.HoldAsync("submission_problem");
        var submission = await steps.HandInAsync(client, token, steps.NewFile(), Guid.NewGuid());
        await steps.CaughtAsync("submission_problem");
        await RowAsync("told to stop (SIGTERM)", "check", await ChaosGround.StopAsync(process), Gone);
        await ChaosSteps.ReleaseAsync(hold);

        (process, address) = await ground.StartProcessAsync();
        await steps.CheckedAsync(submission);
        client = await ChaosGround.ClientAsync(address);
        await ground.HangDatabaseAsync(true);
        await AwayAsync(client);
        var seconds = await ChaosGround.StopAsync(process);
        await ground.HangDatabaseAsync(false);
        await RowAsync("told to stop (SIGTERM)", "database hangs", seconds, Gone);
    }

    // Who asks before it is known to hang may wait; who asks then is answered at once.
    private static async Task AwayAsync(HttpClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                using var answer = await client.GetAsync("/map/sites", patience.Token);
                if (answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
                    return;
            }
            catch (OperationCanceledException)
            {
                await Task.Delay(100, limit.Token);
            }
        }
    }

    // The verb does what the page does: hands in, checks, submits, accepts.
    private async Task VerbIsKilledAsync()
    {
        var hold = await steps.HoldAsync("finding");
        var import = ground.Start("import", steps.NewFile(), "--as", "manager", "--accept", "--reviewer", "reviewer");
        await steps.CaughtAsync("finding");
        import.Kill();
        await ChaosSteps.ReleaseAsync(hold);
        var watch = Stopwatch.StartNew();
        await steps.UntilAsync("SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE query ILIKE '%INSERT INTO finding%' AND state = 'active' AND pid <> pg_backend_pid())");
        var submission = await ground.ReadAsync<int>("SELECT max(id) FROM submission WHERE state = 'submitted'");
        await using var portal = CommandContext.Portal(ground.Host);
        Assert.Null((await AcceptAsync(portal, submission)).Problem);
        await RowAsync("portal killed (-9)", "accept", watch);

        hold = await steps.HoldAsync("duty", "ACCESS EXCLUSIVE");
        var backup = ground.Start("backup", "now");
        await steps.CaughtAsync("duty");
        backup.Kill();
        await ChaosSteps.ReleaseAsync(hold);
        watch.Restart();
        await ground.Start("backup", "now").WaitForExitAsync();
        await steps.UntilAsync("SELECT count(*) = 1 FROM backup_run WHERE state = 'proven'");
        await RowAsync("portal killed (-9)", "backup", watch);
    }

    // In the middle of a restore: the next start finds what was there before, and nothing of what was half restored.
    private async Task DatabaseIsKilledInARestoreAsync()
    {
        var backup = await ground.ReadAsync<string>("SELECT folder FROM backup_run WHERE state = 'proven'");
        var restore = ground.Start("restore", backup!, "--yes");
        await steps.UntilAsync("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname LIKE '%\\_restored\\_%')");
        await ground.KillDatabaseAsync();
        var watch = Stopwatch.StartNew();
        await restore.WaitForExitAsync();
        Assert.NotEqual(0, restore.ExitCode);
        var (process, _) = await ground.StartProcessAsync();
        Assert.Equal(0, await ground.ReadAsync<long>("SELECT count(*) FROM pg_database WHERE datname LIKE '%\\_restored\\_%' OR datname LIKE '%\\_before\\_%'"));
        await RowAsync("database killed (-9)", "restore", watch);
        await ChaosGround.StopAsync(process);
    }

    private async Task DatabaseIsKilledAsync()
    {
        await AtEachStepAsync("database killed (-9)", async hold =>
        {
            await ground.KillDatabaseAsync();
            await ChaosSteps.ReleaseAsync(hold);
        });
        // Nothing but the beginning and the end of each of the four.
        Assert.All(log.All, line => Assert.StartsWith("QuanTrac.Portal.Shell.DatabaseAbsence: ", line, StringComparison.Ordinal));
        Assert.InRange(log.All.Count, 0, 8);
    }

    private Task WireIsCutAsync() => AtEachStepAsync("network cut", async hold =>
    {
        ground.Wire.Break();
        await ChaosSteps.ReleaseAsync(hold);
        await Task.Delay(500);
        ground.Wire.Mend();
    });

    private async Task AtEachStepAsync(string fault, Func<NpgsqlConnection, Task> strike)
    {
        var (file, mark) = (steps.NewFile(), Guid.NewGuid());
        var hold = await steps.HoldAsync("intake_queue");
        var sending = steps.TryHandInAsync(client, token, file, mark);
        await steps.CaughtAsync("INSERT INTO intake_queue");
        await strike(hold);
        var watch = Stopwatch.StartNew();
        Assert.Null(await sending);
        var submission = await steps.HandInAsync(client, token, file, mark);
        await RowAsync(fault, "hand in", watch);
        await steps.CheckedAsync(submission);

        hold = await steps.HoldAsync("submission_problem");
        submission = await steps.HandInAsync(client, token, steps.NewFile(), Guid.NewGuid());
        await steps.CaughtAsync("submission_problem");
        await strike(hold);
        watch.Restart();
        await steps.CheckedAsync(submission);
        await RowAsync(fault, "check", watch);

        await SubmitAsync(submission);
        hold = await steps.HoldAsync("finding");
        var accepting = AcceptAsync(node.Services, submission);
        await steps.CaughtAsync("finding");
        await strike(hold);
        watch.Restart();
        Assert.NotNull(DatabaseFault.Of(await Assert.ThrowsAnyAsync<Exception>(() => accepting)));
        Assert.Null((await AcceptAgainAsync(submission)).Problem);
        await RowAsync(fault, "accept", watch);

        var proven = await ProvenAsync();
        hold = await steps.HoldAsync("duty", "ACCESS EXCLUSIVE");
        await (await node.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).TriggerJob(new JobKey("backup-weekly"));
        await steps.CaughtAsync("duty");
        await strike(hold);
        watch.Restart();
        await steps.UntilAsync($"SELECT count(*) > {proven} FROM backup_run WHERE state = 'proven'");
        await RowAsync(fault, "backup", watch);
    }

    // The server has done it; only nobody hears so.
    private async Task AnswerOfTheCommitIsLostAsync()
    {
        await using var hold = await ground.OpenAsync();
        await hold.ExecuteAsync(
            """
            CREATE FUNCTION wait_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(77); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER wait_at_commit AFTER INSERT OR UPDATE OF state ON submission DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION wait_at_commit()
            """, default);
        var (file, mark) = (steps.NewFile(), Guid.NewGuid());
        await hold.ExecuteAsync("SELECT pg_advisory_lock(77)", default);
        var sending = steps.TryHandInAsync(client, token, file, mark);
        await steps.CaughtAsync("COMMIT");
        await LoseAsync(hold);
        var watch = Stopwatch.StartNew();
        Assert.Null(await sending);
        var submission = await steps.HandInAsync(client, token, file, mark);
        Assert.Equal(1, await ground.ReadAsync<long>($"SELECT count(*) FROM submission WHERE sending = '{mark}'"));
        await RowAsync("answer of COMMIT lost", "hand in", watch);
        await steps.CheckedAsync(submission);

        await SubmitAsync(submission);
        await hold.ExecuteAsync("SELECT pg_advisory_lock(77)", default);
        var accepting = AcceptAsync(node.Services, submission);
        await steps.CaughtAsync("COMMIT");
        await LoseAsync(hold);
        watch.Restart();
        await Assert.ThrowsAnyAsync<Exception>(() => accepting);
        // It had been accepted, and whoever looks sees so; a second try does nothing twice.
        Assert.Equal(SubmissionProblemCode.WrongState, (await AcceptAgainAsync(submission)).Problem);
        Assert.Equal("accepted", await ground.ReadAsync<string>($"SELECT state FROM submission WHERE id = {submission}"));
        await RowAsync("answer of COMMIT lost", "accept", watch);
        await hold.ExecuteAsync("DROP FUNCTION wait_at_commit CASCADE", default);
    }

    private async Task LoseAsync(NpgsqlConnection hold)
    {
        ground.Wire.Break();
        await hold.ExecuteAsync("SELECT pg_advisory_unlock(77)", default);
        ground.Wire.Mend();
    }

    private Task<long> ProvenAsync() => ground.ReadAsync<long>("SELECT count(*) FROM backup_run WHERE state = 'proven'");

    private async Task NodeStopsAsync()
    {
        await WholeAsync();
        var submission = await steps.HandInAsync(client, token, steps.NewFile(), Guid.NewGuid());
        await steps.CheckedAsync(submission);
        await SubmitAsync(submission);
        var hold = await steps.HoldAsync("finding");
        var backup = await steps.HoldAsync("duty", "ACCESS EXCLUSIVE");
        await (await node.Services.GetRequiredService<ISchedulerFactory>().GetScheduler()).TriggerJob(new JobKey("backup-weekly"));
        await steps.CaughtAsync("duty");
        var accepting = AcceptAsync(node.Services, submission);
        await steps.CaughtAsync("finding");
        var watch = Stopwatch.StartNew();
        await node.StopAsync();
        var seconds = watch.Elapsed.TotalSeconds;
        // The process would be gone now.
        ground.Wire.Break();
        await ChaosSteps.ReleaseAsync(hold);
        await ChaosSteps.ReleaseAsync(backup);
        await Assert.ThrowsAnyAsync<Exception>(() => accepting);
        await node.DisposeAsync();
        Assert.Equal("submitted", await ground.ReadAsync<string>($"SELECT state FROM submission WHERE id = {submission}"));
        await RowAsync("told to stop", "accept and backup", seconds, Gone);
    }

    // What the nightly check of the portal itself finds.
    private async Task WholeAsync()
    {
        await using var scope = node.Services.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<CheckIntegrity>().RunAsync(CommandContext.Console, default);
        Assert.Equal("", string.Join(' ', report.Checks.Where(check => check.Faults > 0).Select(check => $"{check.Code}: {string.Join(", ", check.Examples)}")));
    }

    private async Task SubmitAsync(int submission)
    {
        await using var scope = node.Services.CreateAsyncScope();
        Assert.Null(await scope.ServiceProvider.GetRequiredService<SubmitSubmission>().RunAsync(manager, submission, new Dictionary<int, string> { [0] = "Kiểm thử" }, default));
    }

    private async Task<(int Added, SubmissionProblemCode? Problem)> AcceptAsync(IServiceProvider portal, int submission)
    {
        await using var scope = portal.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AcceptSubmission>().RunAsync(reviewer, submission, default);
    }

    private async Task<(int Added, SubmissionProblemCode? Problem)> AcceptAgainAsync(int submission)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                return await AcceptAsync(node.Services, submission);
            }
            catch (Exception fault) when (DatabaseFault.Of(fault) is not null && !limit.IsCancellationRequested)
            {
                await Task.Delay(100, limit.Token);
            }
        }
    }

    private Task RowAsync(string fault, string step, Stopwatch watch) => RowAsync(fault, step, watch.Elapsed.TotalSeconds, Back);

    private async Task RowAsync(string fault, string step, double seconds, double most) =>
        rows.Add((fault, step, seconds, most, await steps.LostAsync(), await steps.HalfDoneAsync()));

    private async Task TellAsync()
    {
        List<string> table = ["| fault | step | seconds until work goes on | at most | acknowledged writes lost | half done |", "|---|---|---|---|---|---|"];
        table.AddRange(rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"| {row.Fault} | {row.Step} | {row.Seconds:0.0} | {row.Most:0} | {row.Lost} | {row.HalfDone} |")));
        foreach (var line in table)
            output.WriteLine(line);
        var file = Path.Combine(PortalHome.Folder, "TestResults", "chaos.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllLinesAsync(file, table);
    }
}
