using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>Rings when anybody was told of anything, on whatever node; who hears it asks for one's own.</summary>
public sealed class NoticeSignal
{
    /// <summary>Raised on a thread of the pool.</summary>
    public event Action? Rang;

    internal void Ring() => Rang?.Invoke();
}

/// <summary>Hears the bell of the database, one connection for each node, opened again where it was lost.</summary>
public sealed class NoticeListener(PortalDatabase database, NoticeSignal signal, Maintenance maintenance, DatabaseAbsence absence, ILogger<NoticeListener> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // A wire that is cut without a word says nothing for ever: it is asked.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => absence.RepeatAsync(HearAsync, Pause, log, stoppingToken);

    private async Task HearAsync(CancellationToken cancel)
    {
        await maintenance.WhenOpen.WaitAsync(cancel);
        try
        {
            await ListenAsync(cancel);
        }
        catch (NpgsqlException) when (maintenance.IsOn)
        {
            // The database is being replaced; the next turn hears the new one.
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        connection.Notification += (_, _) => signal.Ring();
        await connection.ExecuteAsync("LISTEN quantrac_notice", cancel);
        // What was told while nobody listened.
        signal.Ring();
        while (true)
        {
            if (!await connection.WaitAsync(Silence, cancel))
                await connection.ExecuteAsync("SELECT 1", cancel);
        }
    }
}
