using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Who is at work on a database: a node that serves, or a verb of the console.</summary>
public enum AtGate
{
    Node,
    Verb,
}

/// <summary>The sign by which all nodes and verbs know that a restore has closed the portal: locks in the server's own database, which no restore
/// replaces and which every node reaches, whatever folders they share. Who dies lets go.</summary>
public sealed class PortalGate : IAsyncDisposable
{
    private const int Closing = 262022905;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);
    private readonly NpgsqlConnection connection;
    private readonly string database;

    private PortalGate(NpgsqlConnection connection, string database) => (this.connection, this.database) = (connection, database);

    /// <summary>Comes to the gate, without passing it.</summary>
    /// <param name="name">What others call it: "import", a machine's name.</param>
    public static async Task<PortalGate> ComeAsync(DatabaseLogins logins, DatabaseRole login, string name, CancellationToken cancel)
    {
        var address = new NpgsqlConnectionStringBuilder(logins.On("postgres").ConnectionString(login)) { Pooling = false, ApplicationName = name };
        var connection = new NpgsqlConnection(address.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return new(connection, logins.Database);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Passes: a restore waits until it has left. Afterwards <see cref="LookAsync"/> says whether a restore was there first.</summary>
    public Task EnterAsync(AtGate kind, CancellationToken cancel) => connection.ExecuteAsync("SELECT pg_advisory_lock_shared($1, hashtext($2))", cancel, Key(kind), database);

    /// <summary>Leaves: the restore need not wait any more.</summary>
    public Task LeaveAsync(AtGate kind, CancellationToken cancel) => connection.ExecuteAsync("SELECT pg_advisory_unlock_shared($1, hashtext($2))", cancel, Key(kind), database);

    /// <summary>Whether a restore has closed the portal of a database.</summary>
    /// <param name="server">A connection to the database "postgres".</param>
    public static Task<bool> IsClosedAsync(NpgsqlConnection server, string database, CancellationToken cancel) => server.ScalarAsync<bool>(
        """
        SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid::bigint = $2 AND objid = hashtext($1)::oid
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
        """, cancel, database, (long)Closing);

    /// <summary>Whether the portal is closed, whether its logins are shut out, and which database bears its name (0: none), which a restore changes.</summary>
    public async Task<(bool Closed, bool Barred, long Database)> LookAsync(CancellationToken cancel)
    {
        // In this order: what stands after the sign was seen to be gone is what the restore made of it.
        var closed = await IsClosedAsync(connection, database, cancel);
        var (barred, here) = (await connection.ListAsync("SELECT NOT has_database_privilege('quantrac_system', oid, 'CONNECT'), oid::bigint FROM pg_database WHERE datname = $1",
            row => (row.GetBoolean(0), row.GetInt64(1)), cancel, database)).FirstOrDefault();
        return (closed, barred, here);
    }

    /// <summary>Closes the portal and waits until everybody has left, for so long at most. It stays closed until this is disposed.</summary>
    /// <returns>Who has not left.</returns>
    public async Task<IReadOnlyList<(AtGate Kind, string Name)>> CloseAsync(TimeSpan patience, CancellationToken cancel)
    {
        await connection.ExecuteAsync("SELECT pg_advisory_lock($1, hashtext($2))", cancel, Closing, database);
        var begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var left = await PresentAsync(cancel);
            if (left.Count == 0 || TimeProvider.System.GetElapsedTime(begun) > patience)
                return left;
            await Task.Delay(Turn, cancel);
        }
    }

    /// <summary>Who is at work now.</summary>
    public Task<List<(AtGate Kind, string Name)>> PresentAsync(CancellationToken cancel) => connection.ListAsync(
        """
        SELECT l.classid::bigint = $2, coalesce(a.application_name, '') FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid::bigint IN ($2, $3) AND l.objid = hashtext($1)::oid
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND l.pid <> pg_backend_pid() ORDER BY 1, 2
        """, row => (row.GetBoolean(0) ? AtGate.Node : AtGate.Verb, row.GetString(1)), cancel, database, (long)Key(AtGate.Node), (long)Key(AtGate.Verb));

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static int Key(AtGate kind) => kind == AtGate.Node ? 262022906 : 262022907;
}
