using System.Globalization;
using Quartz;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Jobs;

/// <summary>Runs the job that it is the key of, keeps what it says, and tells the administrators where it fails.</summary>
[DisallowConcurrentExecution]
public sealed class RunJob(IServiceScopeFactory scopes, RaiseNotice notices, Maintenance maintenance, TimeProvider clock, ILogger<RunJob> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var job = JobList.All.Single(job => job.Name == context.JobDetail.Key.Name);
        // What it wrote now would stay behind in the database that is being replaced.
        using var work = maintenance.TryWork();
        if (work is null)
        {
            context.Result = JobRunReport.Skipped("");
            return;
        }
        var closing = maintenance.Closing;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, closing);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            context.Result = JobRunReport.Succeeded(string.Join('|', await job.Work(scope.ServiceProvider, stop.Token)));
        }
        catch (Exception) when (closing.IsCancellationRequested)
        {
            // It is harmless when done twice, and its next time comes.
            context.Result = JobRunReport.Skipped("");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The job {Job} failed.", job.Name);
            var at = PortalDay.Local(clock.GetUtcNow()).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            // Told once an hour at most: a job of every minute that fails all night is one story.
            await notices.ToAdministratorsAsync(
                new("Job.Failed", [job.Name, at], "/operations", $"job-failed:{job.Name}:{at[..13]}"), CancellationToken.None);
            throw new JobExecutionException(fault);
        }
    }
}
