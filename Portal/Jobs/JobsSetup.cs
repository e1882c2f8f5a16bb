using Quartz;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Jobs;

/// <summary>Registers the scheduler: its store in PostgreSQL, shared by all nodes; what fell due while none was up runs once on return.</summary>
public static class JobsSetup
{
    public static void AddJobs(this IServiceCollection services, DatabaseLogins logins)
    {
        services.Configure<QuartzSchedulerOptions>(options =>
        {
            (options.InstanceName, options.GenerateInstanceId) = ("QuanTrac", true);
            // A job hears that the portal stops, and ends in order: a backup that breaks off says so.
            options.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        // A trigger that is there already keeps its next time, so that what was missed is seen to be missed.
        services.Configure<QuartzOptions>(options => options.Scheduling.IgnoreDuplicates = true);
        services.AddQuartz(quartz =>
        {
            quartz.UsePersistentStore(store =>
            {
                store.UsePostgres(logins.ConnectionString(DatabaseRole.System));
                store.UseClustering(cluster => cluster.CheckinInterval = TimeSpan.FromSeconds(10));
                store.UseExecutionHistory();
                store.ConfigureStore(options => (options.TablePrefix, options.StoreJobDataAsStrings) = ("quartz.qrtz_", true));
            });
            quartz.UseExecutionLogCapture(_ => { });
            foreach (var job in JobList.All)
            {
                quartz.AddJob<RunJob>(builder => builder.WithIdentity(job.Name).StoreDurably());
                quartz.AddTrigger<RunJob>(builder => builder.ForJob(job.Name).WithIdentity(TriggerName(job)).WithCronSchedule(
                    job.Cron, cron => cron.InTimeZone(PortalDay.Zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)));
            }
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<TidyJobs>();
    }

    /// <summary>With its time in it, so that a new time is a new trigger.</summary>
    public static string TriggerName(PortalJob job) => $"{job.Name} {job.Cron}";
}
