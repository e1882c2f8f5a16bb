using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>Rings when anybody was told of anything, on whatever node; who hears it asks for one's own.</summary>
public sealed class NoticeSignal
{
    /// <summary>Raised on a thread of the pool.</summary>
    public event Action? Rang;

    internal void Ring() => Rang?.Invoke();
}

/// <summary>Hears the bell of the database, one connection for each node, opened again where it was lost.</summary>
public sealed class NoticeListener(PortalDatabase database, NoticeSignal signal, Maintenance maintenance, ILogger<NoticeListener> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenSystemAsync(stoppingToken);
                connection.Notification += (_, _) => signal.Ring();
                await connection.ExecuteAsync("LISTEN quantrac_notice", stoppingToken);
                // What was told while nobody listened.
                signal.Ring();
                while (true)
                    await connection.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException) when (maintenance.IsOn)
            {
                await maintenance.WhenOpen.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (NpgsqlException fault)
            {
                log.LogWarning(fault, "The bell cannot be heard; listening again.");
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
