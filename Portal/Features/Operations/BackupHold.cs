using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>One backup, proof or restore at a time, over all nodes. Held beside the portal's database, which a restore replaces; a process that dies lets go.</summary>
public sealed class BackupHold : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly string database;

    private BackupHold(NpgsqlConnection connection, string database) => (this.connection, this.database) = (connection, database);

    /// <exception cref="BackupException"><see cref="BackupFault.Busy"/></exception>
    public static async Task<BackupHold> TakeAsync(DatabaseLogins logins, CancellationToken cancel)
    {
        var connection = await new CopyDatabase(logins).OpenAsync("postgres", DatabaseRole.Owner, cancel);
        if (await connection.ScalarAsync<bool>("SELECT pg_try_advisory_lock(262022904, hashtext($1))", cancel, logins.Database))
            return new(connection, logins.Database);
        await connection.DisposeAsync();
        throw new BackupException(BackupFault.Busy);
    }

    // Let go in words: of a connection that is merely closed the server hears a moment later, and the next in line would be told that somebody is at work.
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (connection.State == System.Data.ConnectionState.Open)
                await connection.ExecuteAsync("SELECT pg_advisory_unlock(262022904, hashtext($1))", CancellationToken.None, database);
        }
        catch (Exception fault) when (DatabaseFault.Of(fault) is not null)
        {
            // The server or the wire is gone, and the lock with it.
        }
        await connection.DisposeAsync();
    }
}
