using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>One backup, proof or restore at a time, over all nodes. Held beside the portal's database, which a restore replaces; a process that dies lets go.</summary>
public sealed class BackupHold : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;

    private BackupHold(NpgsqlConnection connection) => this.connection = connection;

    /// <exception cref="BackupException"><see cref="BackupFault.Busy"/></exception>
    public static async Task<BackupHold> TakeAsync(DatabaseLogins logins, CancellationToken cancel)
    {
        var connection = await new CopyDatabase(logins).OpenAsync("postgres", DatabaseRole.Owner, cancel);
        if (await connection.ScalarAsync<bool>("SELECT pg_try_advisory_lock(262022904, hashtext($1))", cancel, logins.Database))
            return new(connection);
        await connection.DisposeAsync();
        throw new BackupException(BackupFault.Busy);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
