using Quartz;

namespace QuanTrac.Portal.Jobs;

/// <summary>Takes out of the store what an older version of the portal put there: jobs that are no more, times that have changed.</summary>
public sealed class TidyJobs(ISchedulerFactory schedulers, IHostApplicationLifetime portal, ILogger<TidyJobs> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // After the scheduler has put in what this version has.
            await Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(portal.ApplicationStarted, stoppingToken).Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await TidyAsync(await schedulers.GetScheduler(stoppingToken), stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // What stays in the store does no harm until the next start.
            log.LogError(fault, "The store of jobs is not tidied.");
        }
    }

    private static async Task TidyAsync(IScheduler scheduler, CancellationToken cancel)
    {
        var (jobs, triggers) = (JobList.All.Select(job => job.Name).ToHashSet(), JobList.All.Select(JobsSetup.TriggerName).ToHashSet());
        foreach (var trigger in (await scheduler.QueryTriggers(new TriggerQuery(), cancel)).Items)
        {
            if (!jobs.Contains(trigger.JobKey.Name))
                await scheduler.DeleteJob(trigger.JobKey, cancel);
            else if (trigger.TriggerType == "CRON" && !triggers.Contains(trigger.Key.Name))
                await scheduler.UnscheduleJob(trigger.Key, cancel);
        }
    }
}
