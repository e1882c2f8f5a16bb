using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Makes, renames and drops databases beside the portal's own, with the owner login, which may create databases and nothing more.</summary>
/// <param name="logins">Of the portal's own database.</param>
/// <param name="template">What copies are made of.</param>
public sealed class CopyDatabase(DatabaseLogins logins, string template = BootstrapSql.Template)
{
    private const string ProofMark = "_proof_";

    internal const string LetInSql = "GRANT CONNECT ON DATABASE %I TO quantrac_province, quantrac_scoped, quantrac_system, quantrac_guest";
    private const string BarSql = "REVOKE CONNECT ON DATABASE %I FROM quantrac_province, quantrac_scoped, quantrac_system, quantrac_guest";

    /// <summary>A name for a copy that only a proof looks at.</summary>
    public string ProofName(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{logins.Database}{ProofMark}{at.UtcDateTime:yyyyMMddHHmmssfff}");

    /// <summary>Makes a database out of the template with the extensions; the logins of the portal may enter, nobody else.</summary>
    /// <exception cref="BackupException"><see cref="BackupFault.TemplateMissing"/>, <see cref="BackupFault.NameTaken"/></exception>
    public async Task CreateAsync(string name, CancellationToken cancel)
    {
        await using var server = await OpenAsync("postgres", DatabaseRole.Owner, cancel);
        if (!await server.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND pg_get_userbyid(datdba) = current_user)", cancel, template))
            throw new BackupException(BackupFault.TemplateMissing, BootstrapSql.TemplateScript);
        if (await ExistsAsync(server, name, cancel))
            throw new BackupException(BackupFault.NameTaken, name);
        await NamedAsync(server, "CREATE DATABASE %I TEMPLATE %I", cancel, name, template);
        var sql = new BootstrapSql(logins.On(name));
        foreach (var statement in DatabaseRoles.All.Where(role => role != DatabaseRole.Owner).Select(sql.LetIn).Prepend(sql.CloseDatabase))
            await server.ExecuteAsync(statement, cancel);
    }

    /// <summary>Drops a database; harmless where there is none.</summary>
    public async Task DropAsync(string name, CancellationToken cancel)
    {
        await using var server = await OpenAsync("postgres", DatabaseRole.Owner, cancel);
        if (!await ExistsAsync(server, name, cancel))
            return;
        await EmptyAsync(server, name, cancel);
        await NamedAsync(server, "DROP DATABASE IF EXISTS %I", cancel, name);
    }

    /// <summary>Drops the copies of proofs that were killed. To be called while no other proof can be running.</summary>
    public async Task DropLeftoversAsync(CancellationToken cancel)
    {
        await using var server = await OpenAsync("postgres", DatabaseRole.Owner, cancel);
        foreach (var name in await server.ListAsync("SELECT datname::text FROM pg_database WHERE starts_with(datname, $1)", row => row.GetString(0), cancel, logins.Database + ProofMark))
            await DropAsync(name, cancel);
    }

    /// <summary>Whether the portal's database itself is there.</summary>
    public async Task<bool> IsThereAsync(string name, CancellationToken cancel)
    {
        await using var server = await OpenAsync("postgres", DatabaseRole.Owner, cancel);
        return await ExistsAsync(server, name, cancel);
    }

    /// <summary>Shuts the logins that people, jobs and nodes work with out of a database and ends their sessions: what was not committed by now never will be.
    /// The owner and the backup login may still look.</summary>
    public async Task BarAsync(string name, CancellationToken cancel)
    {
        await using var server = await OpenAsync("postgres", DatabaseRole.Owner, cancel);
        await NamedAsync(server, BarSql, cancel, name);
        await EndSessionsAsync(name, cancel);
    }

    /// <summary>Takes the bar away; harmless where there is none, or no database.</summary>
    public async Task LetInAsync(string name, CancellationToken cancel)
    {
        await using var server = await OpenAsync("postgres", DatabaseRole.Owner, cancel);
        if (await ExistsAsync(server, name, cancel))
            await NamedAsync(server, LetInSql, cancel, name);
    }

    /// <summary>Puts a restored database in the place of the portal's own, which is kept under another name: both at once, or neither. What is kept stays barred.</summary>
    /// <exception cref="BackupException"><see cref="BackupFault.DatabaseInUse"/>: somebody else's session; all is as it was.</exception>
    public async Task SwitchAsync(string restored, string kept, CancellationToken cancel)
    {
        await using var server = await OpenAsync("postgres", DatabaseRole.Owner, cancel);
        foreach (var name in new[] { logins.Database, restored })
            await EndSessionsAsync(name, cancel);
        await using var both = await server.BeginTransactionAsync(cancel);
        try
        {
            if (await ExistsAsync(server, logins.Database, cancel))
                await NamedAsync(server, "ALTER DATABASE %I RENAME TO %I", cancel, logins.Database, kept);
            await NamedAsync(server, "ALTER DATABASE %I RENAME TO %I", cancel, restored, logins.Database);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            throw new BackupException(BackupFault.DatabaseInUse, logins.Database);
        }
        await both.CommitAsync(cancel);
    }

    /// <summary>What restores replaced and nobody has dropped yet.</summary>
    public async Task<IReadOnlyList<string>> KeptAsync(CancellationToken cancel)
    {
        await using var server = await OpenAsync("postgres", DatabaseRole.Owner, cancel);
        return await server.ListAsync(
            "SELECT datname::text FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname", row => row.GetString(0), cancel, logins.Database + BootstrapSql.KeptMark);
    }

    /// <summary>A connection of one login to a database of the same server, without a pool.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string database, DatabaseRole login, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(logins.On(database).ConnectionString(login)) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    // New ones are kept out first.
    private async Task EmptyAsync(NpgsqlConnection server, string database, CancellationToken cancel)
    {
        await NamedAsync(server, "ALTER DATABASE %I WITH ALLOW_CONNECTIONS false", cancel, database);
        await EndSessionsAsync(database, cancel);
    }

    // A login may end its own sessions and no other's: so each ends its own.
    private async Task EndSessionsAsync(string database, CancellationToken cancel)
    {
        foreach (var role in DatabaseRoles.All)
        {
            await using var own = await OpenAsync("postgres", role, cancel);
            await own.ExecuteAsync("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1 AND usename = current_user AND pid <> pg_backend_pid()", cancel, database);
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection server, string name, CancellationToken cancel) =>
        await server.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", cancel, name);

    // The server puts the names in and quotes them.
    private static async Task NamedAsync(NpgsqlConnection server, string template, CancellationToken cancel, params string[] names) =>
        await server.ExecuteAsync((await server.ScalarAsync<string>("SELECT format($1, VARIADIC $2)", cancel, template, names))!, cancel);
}
