using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Jobs;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Jobs;

/// <summary>The scheduler itself: real nodes on one database.</summary>
public sealed class JobsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Job_RunByHandWithTwoNodes_RunsOnceAndIsKept()
    {
        await using var first = await Node.StartAsync(database);
        await using var second = await Node.StartAsync(database);
        var before = (await first.RunsAsync("reassess")).Count;

        await first.WithAsync(data => data.RunNowAsync(CommandContext.Console, "reassess", default));

        var run = (await second.RunsAsync("reassess", before + 1))[0];
        Assert.Equal((JobResult.Done, "0", true), (run.Result, Assert.Single(run.Facts), run.ByHand));
        await Task.Delay(1500);
        Assert.Equal(before + 1, (await first.RunsAsync("reassess")).Count);
        Assert.Equal("job-run", await database.ReadAsync(DatabaseRole.Owner, "SELECT act FROM audit WHERE subject = 'reassess' ORDER BY id DESC LIMIT 1"));
    }

    [Fact]
    public async Task Job_DueWhileNoNodeWasUp_RunsOnceOnReturn()
    {
        await using (var node = await Node.StartAsync(database))
            Assert.NotNull((await node.LineAsync("daily-digest")).Next);
        // The server was down for three mornings.
        await database.ExecuteAsync(
            "UPDATE quartz.qrtz_triggers SET next_fire_time = next_fire_time - 3 * 864000000000, prev_fire_time = -1 WHERE job_name = 'daily-digest'");

        await using var first = await Node.StartAsync(database);
        await using var second = await Node.StartAsync(database);

        Assert.Equal(JobResult.Done, (await first.RunsAsync("daily-digest", 1))[0].Result);
        await Task.Delay(1500);
        Assert.Single(await first.RunsAsync("daily-digest"));
        Assert.True((await second.LineAsync("daily-digest")).Next > TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Job_ThatFails_IsKeptWithItsLogAndToldToTheAdministrators()
    {
        await database.ExecuteAsync(
            """
            INSERT INTO account (user_name, normalized_user_name, role, organisation_code) VALUES ('boss', 'BOSS', 'admin', 'TTCNTT');
            ALTER TABLE integrity_report RENAME TO integrity_report_gone;
            """);
        await using var node = await Node.StartAsync(database);

        await node.WithAsync(data => data.RunNowAsync(CommandContext.Console, "integrity", default));

        var run = (await node.RunsAsync("integrity", 1))[0];
        await database.ExecuteAsync("ALTER TABLE integrity_report_gone RENAME TO integrity_report");
        Assert.Equal(JobResult.Failed, run.Result);
        Assert.Contains("integrity_report", run.Log, StringComparison.Ordinal);
        Assert.Equal(1L, await database.ReadAsync(DatabaseRole.System, "SELECT count(*) FROM notice WHERE kind = 'Job.Failed' AND facts[1] = 'integrity'"));
    }

    [Fact]
    public async Task Job_Paused_StaysSoAfterARestartUntilItIsResumed()
    {
        await using (var node = await Node.StartAsync(database))
            await node.WithAsync(data => data.PauseAsync(CommandContext.Console, "send-mail", true, default));
        await using var again = await Node.StartAsync(database);
        Assert.True((await again.LineAsync("send-mail")).Paused);

        await again.WithAsync(data => data.PauseAsync(CommandContext.Console, "send-mail", false, default));

        var line = await again.LineAsync("send-mail");
        Assert.False(line.Paused);
        Assert.NotNull(line.Next);
    }

    [Fact]
    public async Task Trigger_OfAnOlderTime_IsTakenOut()
    {
        await using (await Node.StartAsync(database)) { }
        await database.ExecuteAsync(
            """
            INSERT INTO quartz.qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, trigger_state, trigger_type, start_time, next_fire_time, misfire_instr, priority)
            SELECT sched_name, 'reassess 0 0 5 * * ?', trigger_group, job_name, job_group, 'WAITING', 'CRON', start_time, next_fire_time, misfire_instr, priority
            FROM quartz.qrtz_triggers WHERE job_name = 'reassess' AND trigger_type = 'CRON';
            INSERT INTO quartz.qrtz_cron_triggers (sched_name, trigger_name, trigger_group, cron_expression, time_zone_id)
            SELECT sched_name, trigger_name, trigger_group, '0 0 5 * * ?', 'Asia/Ho_Chi_Minh' FROM quartz.qrtz_triggers WHERE trigger_name = 'reassess 0 0 5 * * ?';
            """);

        await using var node = await Node.StartAsync(database);

        for (var wait = 0; wait < 100 && await CountAsync() > 0; wait++)
            await Task.Delay(50);
        Assert.Equal(0L, await CountAsync());

        async Task<long> CountAsync() => (long)(await database.ReadAsync(DatabaseRole.System, "SELECT count(*) FROM quartz.qrtz_triggers WHERE trigger_name = 'reassess 0 0 5 * * ?'"))!;
    }

    [Theory]
    [InlineData(DatabaseRole.Province), InlineData(DatabaseRole.Scoped), InlineData(DatabaseRole.Guest)]
    public async Task Store_OtherLogins_CannotEnter(DatabaseRole login) => Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(
        () => database.ReadAsync(login, "SELECT count(*) FROM quartz.qrtz_job_details"))).SqlState);

    [Fact]
    public async Task Store_EachTable_HasRowSecurityAndNoOtherGrant()
    {
        Assert.Equal(0L, await database.ReadAsync(DatabaseRole.Owner,
            "SELECT count(*) FROM pg_class WHERE relnamespace = 'quartz'::regnamespace AND relkind = 'r' AND NOT relrowsecurity"));
        Assert.Equal(0L, await database.ReadAsync(DatabaseRole.Owner,
            """
            SELECT count(*) FROM pg_class c, aclexplode(c.relacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
            WHERE c.relnamespace = 'quartz'::regnamespace AND coalesce(r.rolname, 'public') NOT IN ('quantrac_owner', 'quantrac_system')
            """));
    }

    /// <summary>One running portal.</summary>
    private sealed class Node(WebApplication host, TempFolder folder) : IAsyncDisposable
    {
        public static async Task<Node> StartAsync(TestDatabase database)
        {
            var folder = new TempFolder();
            Environment.SetEnvironmentVariable("Logging__Console__LogLevel__Default", "None");
            var data = await DataFolder.OpenAsync(folder.Path, PortalHome.Folder, CancellationToken.None);
            var host = WebPortal.Build(new PortalSettings(database.Logins, data, "http://127.0.0.1:0", Demo: false));
            await host.StartAsync();
            return new(host, folder);
        }

        public async Task WithAsync(Func<JobsData, Task> step)
        {
            await using var scope = host.Services.CreateAsyncScope();
            await step(scope.ServiceProvider.GetRequiredService<JobsData>());
        }

        public async Task<JobLine> LineAsync(string name)
        {
            await using var scope = host.Services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<JobsData>().ListAsync(CommandContext.Console, default))!.Single(line => line.Name == name);
        }

        /// <summary>The runs of a job, once there are as many.</summary>
        public async Task<IReadOnlyList<JobRun>> RunsAsync(string name, int count = 0)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var data = scope.ServiceProvider.GetRequiredService<JobsData>();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            while (true)
            {
                var runs = await data.RunsAsync(CommandContext.Console, name, limit.Token);
                if (runs.Count >= count)
                    return runs;
                await Task.Delay(100, limit.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await host.StopAsync();
            await host.DisposeAsync();
            folder.Dispose();
        }
    }
}
