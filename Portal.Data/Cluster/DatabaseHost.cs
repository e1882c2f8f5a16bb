using Npgsql;
using QuanTrac.Portal.Data.Backup;

namespace QuanTrac.Portal.Data.Cluster;

/// <summary>The database that the portal works on: the private cluster, kept up while this is held, or a server given.</summary>
public sealed class DatabaseHost : IAsyncDisposable
{
    /// <summary>The database's name unless a connection string says otherwise.</summary>
    public const string DefaultDatabase = "quantrac";

    private readonly ClusterUse? _use;
    private PortalGate? _gate;

    private DatabaseHost(DataFolder data, DatabaseLogins logins, ClusterUse? use) =>
        (Data, Logins, _use) = (data, logins, use);

    /// <summary>Where files and passwords are kept.</summary>
    public DataFolder Data { get; }

    /// <summary>How each login connects.</summary>
    public DatabaseLogins Logins { get; }

    /// <summary>The SQL that closes what stands beside the portal's database, where the login given may not do it.</summary>
    public IReadOnlyList<string> OpenBeside { get; private init; } = [];

    /// <summary>Opens the database with logins, rights and extensions in place; the schema is the migrator's.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="connectionString">A server that is not ours, or null for the private cluster.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <param name="replacing">A restore is about to bring the database: where it is gone while kept ones are there, none is made.</param>
    /// <exception cref="SetupException">With what is wrong and what to do.</exception>
    public static async Task<DatabaseHost> OpenAsync(DataFolder data, string? connectionString, CancellationToken cancel, bool replacing = false)
    {
        var cluster = new PrivateCluster(data);
        var use = connectionString is null ? await ClusterUse.BeginAsync(data, cluster, cancel) : null;
        try
        {
            var given = connectionString is null
                ? await cluster.SuperuserAsync(DefaultDatabase, cancel)
                : Read(connectionString);
            var file = Environment.GetEnvironmentVariable("QUANTRAC_LOGINS_FILE") ?? data.Logins;
            var logins = await DatabaseLogins.LoadAsync(given, file, cancel);
            if (given.Username is null)
            {
                given.Username = DatabaseRole.Owner.RoleName();
                given.Password = logins.Password(DatabaseRole.Owner);
            }

            var bootstrap = new Bootstrap(given, logins);
            await bootstrap.MendAsync(replacing, cancel);
            await bootstrap.RunAsync(cancel, replacing);
            await bootstrap.EnsureTemplateAsync(cancel);
            var open = await bootstrap.CloseBesideAsync(cancel);
            if (use is not null)
            {
                await BackupKey.EnsureAsync(data, cancel);
            }

            return new DatabaseHost(data, logins, use) { OpenBeside = open };
        }
        catch when (use is not null)
        {
            await use.DisposeAsync();
            throw;
        }
    }

    /// <summary>The hold on the private cluster; null where the server is not ours to start.</summary>
    public ClusterUse? Cluster => _use;

    /// <summary>Passes the gate: a restore waits for this work to end, or is told of it.</summary>
    /// <param name="work">What it is called.</param>
    /// <exception cref="SetupException"><see cref="SetupFault.PortalClosed"/></exception>
    public async Task EnterAsync(string work, CancellationToken cancel)
    {
        _gate = await PortalGate.ComeAsync(Logins, DatabaseRole.Owner, work, cancel);
        await _gate.EnterAsync(AtGate.Verb, cancel);
        if (!(await _gate.LookAsync(cancel)).Closed)
            return;
        await LeaveAsync();
        throw new SetupException(SetupFault.PortalClosed);
    }

    /// <summary>The nodes that serve this database now.</summary>
    public async Task<IReadOnlyList<string>> NodesAsync(CancellationToken cancel)
    {
        await using var gate = await PortalGate.ComeAsync(Logins, DatabaseRole.Owner, "quantrac", cancel);
        return [.. (await gate.PresentAsync(cancel)).Where(one => one.Kind == AtGate.Node).Select(one => one.Name)];
    }

    /// <summary>The work that a restore would wait for is done.</summary>
    public async Task LeaveAsync()
    {
        if (_gate is not null)
            await _gate.DisposeAsync();
        _gate = null;
    }

    /// <summary>Lets the private cluster go; the last to go stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        NpgsqlConnection.ClearAllPools();
        if (_use is not null)
        {
            await _use.DisposeAsync();
        }
    }

    private static NpgsqlConnectionStringBuilder Read(string connectionString)
    {
        try
        {
            var given = new NpgsqlConnectionStringBuilder(connectionString);
            given.Database ??= DefaultDatabase;
            if (Environment.GetEnvironmentVariable("QUANTRAC_DATABASE_PASSWORD_FILE") is { } file)
            {
                given.Password = File.ReadAllText(file).Trim();
            }

            return given.Host is null
                ? throw new SetupException(SetupFault.ConnectionStringInvalid, "Host=…;Database=…;Username=…;Password=…")
                : given;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new SetupException(SetupFault.ConnectionStringInvalid, e.Message);
        }
    }
}
