using Npgsql;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>One migrated database for one test class: <c>class XTests(TestDatabase database) : IClassFixture&lt;TestDatabase&gt;</c>.</summary>
public sealed class TestDatabase(TestCluster cluster) : IAsyncLifetime
{
    /// <summary>How each login connects to this database.</summary>
    public DatabaseLogins Logins { get; private set; } = null!;

    /// <summary>An open connection of one login; the caller disposes it.</summary>
    public async Task<NpgsqlConnection> OpenAsync(DatabaseRole role)
    {
        var connection = new NpgsqlConnection(Logins.ConnectionString(role));
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Runs statements as the owner, whom no row-level policy holds back.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync(DatabaseRole.Owner);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first value of a query as one login.</summary>
    public async Task<object?> ReadAsync(DatabaseRole role, string sql)
    {
        await using var connection = await OpenAsync(role);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => Logins = await cluster.CreateDatabaseAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await cluster.DropAsync(Logins);
    }
}
