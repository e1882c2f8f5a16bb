using Npgsql;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Data.Model;

/// <summary>Opens the database for an access: the login of its kind, and inside the scoped login the scope of its organisation.
/// Each login has a data source and a small pool of its own; the pool resets the settings.</summary>
public sealed class PortalDatabase : IAsyncDisposable
{
    private readonly Dictionary<Login, NpgsqlDataSource> sources;
    private readonly NpgsqlDataSource system;

    /// <param name="connectionString">The connection string of a login: quantrac_province, quantrac_scoped …</param>
    public PortalDatabase(Func<string, string> connectionString)
    {
        sources = Enum.GetValues<Login>().ToDictionary(
            login => login,
            login => Source(connectionString($"quantrac_{login.ToString().ToLowerInvariant()}")));
        system = Source(connectionString("quantrac_system"));
    }

    /// <summary>One context for one operation; dispose it.</summary>
    public async Task<PortalDb> OpenAsync(Domain.Access.Access access, CancellationToken cancel = default)
    {
        var connection = await sources[access.Login].OpenConnectionAsync(cancel);
        try
        {
            await using var scope = new NpgsqlCommand(
                "SELECT set_config('quantrac.account', $1, false), set_config('quantrac.organisation', $2, false)"
                // Jobs and verbs are nobody's to wait for.
                + ", set_config('statement_timeout', CASE $1 WHEN '' THEN '2h' ELSE current_setting('statement_timeout') END, false)", connection);
            scope.Parameters.Add(new() { Value = access.AccountId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "" });
            scope.Parameters.Add(new() { Value = access.OrganisationId.ToString(System.Globalization.CultureInfo.InvariantCulture) });
            await scope.ExecuteNonQueryAsync(cancel);
            return new PortalDb(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The system login: accounts, keys, the queue; nothing of the data.</summary>
    public async Task<NpgsqlConnection> OpenSystemAsync(CancellationToken cancel = default) =>
        await system.OpenConnectionAsync(cancel);

    /// <summary>Lets all idle connections go: what they were connected to has been replaced.</summary>
    public void ClearPools()
    {
        foreach (var source in sources.Values.Append(system))
            source.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in sources.Values)
            await source.DisposeAsync();
        await system.DisposeAsync();
    }

    private static NpgsqlDataSource Source(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.MaxPoolSize = 20;
        builder.ConnectionStringBuilder.ApplicationName = "QuanTrac";
        // The map reads thousands of rows at once: four times fewer turns to the socket.
        builder.ConnectionStringBuilder.ReadBufferSize = 32 * 1024;
        builder.ConnectionStringBuilder.Timezone = "Asia/Ho_Chi_Minh";
        return builder.Build();
    }
}
