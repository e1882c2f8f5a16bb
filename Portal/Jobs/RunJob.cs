using System.Globalization;
using Quartz;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Jobs;

/// <summary>Runs the job that it is the key of, keeps what it says, and tells the administrators where it fails.</summary>
[DisallowConcurrentExecution]
public sealed class RunJob(IServiceScopeFactory scopes, RaiseNotice notices, Maintenance maintenance, DatabaseAbsence absence, TimeProvider clock, ILogger<RunJob> log) : IJob
{
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

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
            context.Result = JobRunReport.Succeeded(string.Join('|', await WorkAsync(job, stop.Token)));
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

    // A database that goes away is no failure of the job: it is done again when the database is back. A job is harmless when done twice.
    private async Task<IReadOnlyList<string>> WorkAsync(PortalJob job, CancellationToken cancel)
    {
        using var told = new LooseLink(cancel);
        for (var attempt = 1; ; attempt++)
        {
            await absence.WaitAsync(cancel);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                return await job.Work(scope.ServiceProvider, told.Token);
            }
            catch (Exception fault) when (attempt < Attempts && absence.Report(fault))
            {
                await Task.Delay(Pause, clock, cancel);
            }
        }
    }
}
