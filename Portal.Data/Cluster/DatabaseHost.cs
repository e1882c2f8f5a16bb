using Npgsql;
using QuanTrac.Portal.Data.Backup;

namespace QuanTrac.Portal.Data.Cluster;

/// <summary>The database that the portal works on: the private cluster, kept up while this is held, or a server given.</summary>
public sealed class DatabaseHost : IAsyncDisposable
{
    /// <summary>The database's name unless a connection string says otherwise.</summary>
    public const string DefaultDatabase = "quantrac";

    private readonly ClusterUse? _use;

    private DatabaseHost(DataFolder data, DatabaseLogins logins, ClusterUse? use) =>
        (Data, Logins, _use) = (data, logins, use);

    /// <summary>Where files and passwords are kept.</summary>
    public DataFolder Data { get; }

    /// <summary>How each login connects.</summary>
    public DatabaseLogins Logins { get; }

    /// <summary>Opens the database with logins, rights and extensions in place; the schema is the migrator's.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="connectionString">A server that is not ours, or null for the private cluster.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="SetupException">With what is wrong and what to do.</exception>
    public static async Task<DatabaseHost> OpenAsync(DataFolder data, string? connectionString, CancellationToken cancel)
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
            await bootstrap.RunAsync(cancel);
            await bootstrap.EnsureTemplateAsync(cancel);
            if (use is not null)
            {
                await BackupKey.EnsureAsync(data, cancel);
            }

            return new DatabaseHost(data, logins, use);
        }
        catch when (use is not null)
        {
            await use.DisposeAsync();
            throw;
        }
    }

    /// <summary>The hold on the private cluster; null where the server is not ours to start.</summary>
    public ClusterUse? Cluster => _use;

    /// <summary>Lets the private cluster go; the last to go stops it.</summary>
    public async ValueTask DisposeAsync()
    {
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
