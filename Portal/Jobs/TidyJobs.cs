using Quartz;

namespace QuanTrac.Portal.Jobs;

/// <summary>Takes out of the store what an older version of the portal put there: jobs that are no more, times that have changed.</summary>
public sealed class TidyJobs(ISchedulerFactory schedulers) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var scheduler = await schedulers.GetScheduler(stoppingToken);
        var (jobs, triggers) = (JobList.All.Select(job => job.Name).ToHashSet(), JobList.All.Select(JobsSetup.TriggerName).ToHashSet());
        foreach (var trigger in (await scheduler.QueryTriggers(new TriggerQuery(), stoppingToken)).Items)
        {
            if (!jobs.Contains(trigger.JobKey.Name))
                await scheduler.DeleteJob(trigger.JobKey, stoppingToken);
            else if (trigger.TriggerType == "CRON" && !triggers.Contains(trigger.Key.Name))
                await scheduler.UnscheduleJob(trigger.Key, stoppingToken);
        }
    }
}
