using Npgsql;
using Quartz;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Every second, on every node: whether a restore closes the portal. The node then stops its jobs, waits for what is being done, and says that it has
/// left by letting go of its lock. Where the database was replaced meanwhile, every circuit is over before anything it held back may run.</summary>
public sealed class MaintenanceWatch(
    BackupSettings settings, Maintenance maintenance, OpenCircuits circuits, PortalDatabase database, IServiceProvider services, DatabaseAbsence absence, TimeProvider clock,
    ILogger<MaintenanceWatch> log)
    : BackgroundService
{
    /// <summary>Why circuits end when the data were restored.</summary>
    public const string Restored = "restored";

    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private PortalGate? gate;
    private long known;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything is served: no restore begins beside a node that it does not know of.
        await GuardedAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Turn, clock, stoppingToken);
                await GuardedAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await LetGoAsync();
        }
    }

    private async Task GuardedAsync(CancellationToken cancel)
    {
        try
        {
            await TurnAsync(cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // Once for a fault: the next turns try again without a word.
            if (!absence.Report(fault) && gate is not null)
                log.LogWarning(fault, "Whether a restore goes on cannot be asked for; asking again.");
            await LetGoAsync();
        }
    }

    private async Task TurnAsync(CancellationToken cancel)
    {
        if (gate is null)
        {
            var come = await PortalGate.ComeAsync(settings.Logins, DatabaseRole.System, Environment.MachineName, cancel);
            gate = come;
            if (!maintenance.IsOn)
                await come.EnterAsync(AtGate.Node, cancel);
        }
        var (closed, barred, here) = await gate.LookAsync(cancel);
        if (closed && !maintenance.IsOn)
            await CloseAsync(gate, cancel);
        else if (!closed && barred)
            await MendAsync(cancel);
        else if (!closed && maintenance.IsOn)
            await OpenAsync(gate, here, cancel);
        else if (!closed && known != 0 && here != 0 && here != known)
        {
            ClearPools();
            EndCircuits();
        }
        if (!closed && here != 0)
            known = here;
    }

    private async Task CloseAsync(PortalGate mine, CancellationToken cancel)
    {
        maintenance.Close();
        if (await SchedulerAsync(cancel) is { } scheduler)
            await scheduler.Standby(cancel);
        await maintenance.DrainAsync(Patience, cancel);
        await mine.LeaveAsync(AtGate.Node, cancel);
    }

    private async Task OpenAsync(PortalGate mine, long here, CancellationToken cancel)
    {
        await mine.EnterAsync(AtGate.Node, cancel);
        // Another restore may have begun between two looks.
        if ((await mine.LookAsync(cancel)).Closed)
        {
            await mine.LeaveAsync(AtGate.Node, cancel);
            return;
        }
        // The bar ended every session, whether or not the data were replaced.
        ClearPools();
        if (here != known)
            EndCircuits();
        maintenance.Open();
        if (await SchedulerAsync(cancel) is { } scheduler)
            await scheduler.Start(cancel);
    }

    private void ClearPools()
    {
        database.ClearPools();
        NpgsqlConnection.ClearAllPools();
    }

    private void EndCircuits()
    {
        foreach (var circuit in circuits.All)
            circuit.End(Restored);
    }

    // Whoever restored died: the logins are let in again, and the half copy goes.
    private async Task MendAsync(CancellationToken cancel)
    {
        await using var server = await settings.Copies.OpenAsync("postgres", DatabaseRole.Owner, cancel);
        if (await HalfRestore.MendAsync(server, settings.Logins.Database, replacing: false, cancel))
            log.LogWarning("A restore broke off; the database is as it was before.");
    }

    // Nodes without jobs have none.
    private async Task<IScheduler?> SchedulerAsync(CancellationToken cancel) =>
        services.GetService<ISchedulerFactory>() is { } schedulers ? await schedulers.GetScheduler(cancel) : null;

    private async Task LetGoAsync()
    {
        if (gate is { } mine)
            await mine.DisposeAsync();
        gate = null;
    }
}
