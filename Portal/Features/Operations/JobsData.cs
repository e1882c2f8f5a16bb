using Quartz;
using Quartz.Extensibility;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Jobs;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>How a run ended.</summary>
public enum JobResult
{
    Done,
    Failed,
    Interrupted,

    /// <summary>The portal was closed for a restore.</summary>
    Skipped,
}

/// <summary>One run of a job.</summary>
/// <param name="Facts">Of the sentence "Done.…".</param>
/// <param name="Log">What it said, and why it failed; for the IT Centre.</param>
public sealed record JobRun(DateTimeOffset At, TimeSpan Took, JobResult Result, IReadOnlyList<string> Facts, string Log, string Node, bool ByHand);

/// <summary>A job as the page shows it.</summary>
/// <param name="Next">Null while it is paused.</param>
public sealed record JobLine(string Name, string Cron, JobRun? Last, DateTimeOffset? Next, bool Running, bool Paused);

/// <summary>The jobs, their runs, and what an administrator does with them.</summary>
public sealed class JobsData(IServiceProvider services, PortalDatabase database)
{
    private const int Runs = 30;

    /// <summary>In the order of the list; null where this node keeps no scheduler (a copy under proof).</summary>
    public async Task<IReadOnlyList<JobLine>?> ListAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        if (services.GetService<ISchedulerFactory>() is not { } schedulers)
            return null;
        var scheduler = await schedulers.GetScheduler(cancel);
        var triggers = (await scheduler.QueryTriggers(new TriggerQuery(), cancel)).Items.ToLookup(trigger => trigger.JobKey.Name);
        var running = (await scheduler.QueryFireInstances(new FireInstanceQuery(), cancel)).Items
            .Where(instance => instance.State == FireInstanceState.Executing).Select(instance => instance.JobKey?.Name).ToHashSet();
        List<JobLine> lines = [];
        foreach (var job in JobList.All)
        {
            var own = triggers[job.Name].FirstOrDefault(trigger => trigger.Key.Name == JobsSetup.TriggerName(job));
            var paused = own?.State == TriggerState.Paused;
            lines.Add(new(job.Name, job.Cron, await RunsAsync(access, job.Name, 1, cancel) is [var last, ..] ? last : null, paused ? null : own?.NextFireTimeUtc, running.Contains(job.Name), paused));
        }
        return lines;
    }

    /// <summary>The newest runs of a job.</summary>
    public Task<IReadOnlyList<JobRun>> RunsAsync(Domain.Access.Access access, string name, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        return RunsAsync(access, name, Runs, cancel);
    }

    /// <summary>Runs a job at once, on whichever node takes it.</summary>
    public async Task RunNowAsync(Domain.Access.Access access, string name, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await AuditAsync(access, "job-run", name, cancel);
        await (await SchedulerAsync(cancel)).TriggerJob(new JobKey(name), cancellationToken: cancel);
    }

    /// <summary>Stops a job from running by itself, or lets it again.</summary>
    public async Task PauseAsync(Domain.Access.Access access, string name, bool paused, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await AuditAsync(access, paused ? "job-paused" : "job-resumed", name, cancel);
        var scheduler = await SchedulerAsync(cancel);
        if (paused)
            await scheduler.PauseJob(new JobKey(name), cancel);
        else
            await scheduler.ResumeJob(new JobKey(name), cancel);
    }

    private async Task<IReadOnlyList<JobRun>> RunsAsync(Domain.Access.Access access, string name, int count, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        var history = services.GetRequiredService<IExecutionHistoryStore>();
        var runs = await history.QueryExecutions(new ExecutionHistoryQuery { SchedulerName = "QuanTrac", Job = new JobKey(name), Take = count }, cancel);
        return [.. runs.Items.Select(run => new JobRun(
            run.FiredAtUtc, run.Duration,
            run.EffectiveResult switch { JobRunResult.Failed => JobResult.Failed, JobRunResult.Cancelled => JobResult.Interrupted, JobRunResult.Skipped => JobResult.Skipped, _ => JobResult.Done },
            run.Summary?.Split('|') ?? [], string.Join('\n', new[] { run.Log, run.ExceptionMessage }.Where(text => !string.IsNullOrWhiteSpace(text))),
            run.SchedulerInstanceId, run.Manual == true))];
    }

    private async Task<IScheduler> SchedulerAsync(CancellationToken cancel) => await services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancel);

    private async Task AuditAsync(Domain.Access.Access access, string act, string name, CancellationToken cancel)
    {
        if (JobList.All.All(job => job.Name != name))
            throw new ArgumentException($"No job {name}.");
        await using var db = await database.OpenAsync(access, cancel);
        await WriteAudit.AsAsync(db.Connection, access, act, name);
    }
}
