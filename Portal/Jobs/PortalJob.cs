namespace QuanTrac.Portal.Jobs;

/// <summary>A piece of work that the portal does by itself, on one node at a time; harmless when done twice.</summary>
/// <param name="Name">Its key: in the scheduler, in the texts ("Job.backup-weekly"), in the history.</param>
/// <param name="Cron">When, as Quartz writes it (second minute hour day month weekday), by the clocks of Quảng Ninh.</param>
/// <param name="Work">Calls the use-case that a page calls; answers with the facts of the sentence "Done.backup-weekly".</param>
public sealed record PortalJob(string Name, string Cron, Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<string>>> Work);
