using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>One state of the database, held open so that the dump and the counts are of the same rows.</summary>
public sealed class BackupSnapshot : IAsyncDisposable
{
    private readonly NpgsqlTransaction transaction;

    private BackupSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, string id, long dataVersion) =>
        (Connection, this.transaction, Id, DataVersion) = (connection, transaction, id, dataVersion);

    public NpgsqlConnection Connection { get; }

    /// <summary>For <c>pg_dump --snapshot</c>.</summary>
    public string Id { get; }

    public long DataVersion { get; }

    /// <summary>Opens one with the backup login.</summary>
    public static async Task<BackupSnapshot> OpenAsync(DatabaseLogins logins, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(logins.ConnectionString(DatabaseRole.Backup)) { Pooling = false }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            await DatabaseCount.PrepareAsync(connection, cancel);
            var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
            var id = await connection.ScalarAsync<string>("SELECT pg_export_snapshot()", cancel);
            return new(connection, transaction, id!, await connection.ScalarAsync<long>("SELECT version FROM public.data_version", cancel));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The site and result by which the portal is tried: the worst of the newest.</summary>
    public async Task<(string? Site, long? Result)> WitnessAsync(CancellationToken cancel) => (await Connection.ListAsync<(string?, long?)>(
        """
        SELECT s.code, f.result_id FROM public.finding f JOIN public.site s ON s.id = f.site_id
        WHERE f.view = 'today' AND f.ordinal = 0 ORDER BY f.verdict = 'exceeds' DESC, f.ratio DESC NULLS LAST, f.period_start DESC, f.result_id DESC LIMIT 1
        """, row => (row.GetString(0), row.GetInt64(1)), cancel)).FirstOrDefault();

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
