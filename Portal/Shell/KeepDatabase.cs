using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Shell;

/// <summary>Sees to it that the database is there: starts the private cluster again where it died, waits for a server that is not ours, and says when it answers.
/// It never gives up.</summary>
public sealed class KeepDatabase(PortalSettings settings, DatabaseAbsence absence, PortalDatabase database, Maintenance maintenance, TimeProvider clock) : BackgroundService
{
    private const int SecondsToAnswer = 4;

    // Between looks at what is well, and the longest between two trials.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    // A server that hangs lets everybody wait and nobody report.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    // Eight megabytes: what is there may end again at once, but who writes one line gets it written.
    private const string Room = "CREATE TEMP TABLE room ON COMMIT DROP AS SELECT repeat('x', 1000) AS filling, n FROM generate_series(1, 8000) AS n";

    private readonly string connectionString = new NpgsqlConnectionStringBuilder(settings.Logins.ConnectionString(DatabaseRole.System))
    {
        Pooling = false, Timeout = SecondsToAnswer, CommandTimeout = SecondsToAnswer,
    }.ConnectionString;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (pause, asked) = (Look, clock.GetTimestamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await absence.ReportedAsync(pause, stoppingToken);
                if (settings.Cluster is { IsRunning: false } dead)
                {
                    absence.Gone(new NpgsqlException("The private cluster has ended", new IOException()));
                    await dead.ReviveAsync(stoppingToken);
                }
                // A restore keeps the portal's logins out: that is no absence.
                if (!maintenance.IsOn && (absence.IsDoubted || absence.IsFault || clock.GetElapsedTime(asked) >= Silence))
                {
                    await AskAsync(stoppingToken);
                    asked = clock.GetTimestamp();
                }
                pause = absence.HasNoRoom ? Longest : Look;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Whatever it is, without an answer there is no database.
                absence.Gone(fault);
                pause = pause == Look ? Shortest : Next(pause);
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // The first trials follow at once, since most faults are short; then they become rarer.
    private static TimeSpan Next(TimeSpan pause) => pause * 2 < Longest ? pause * 2 : Longest;

    private async Task AskAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using (var ask = new NpgsqlCommand("SELECT current_setting('transaction_read_only') = 'off'", connection))
        {
            if (await ask.ExecuteScalarAsync(cancel) is not true)
                throw new NpgsqlException("The database takes no writes", new IOException());
        }
        var room = !absence.HasNoRoom || await HasRoomAsync(connection, cancel);
        // Connections from before would fail one by one.
        if (absence.IsDoubted)
            Forget();
        absence.Answered(room);
    }

    private static async Task<bool> HasRoomAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await using var fill = new NpgsqlCommand(Room, connection);
            await fill.ExecuteNonQueryAsync(cancel);
            return true;
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.DiskFull)
        {
            return false;
        }
    }

    private void Forget()
    {
        database.ClearPools();
        NpgsqlConnection.ClearAllPools();
    }
}
