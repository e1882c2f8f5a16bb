using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Cluster;

/// <summary>
/// What only a superuser can give: the logins, the database, its extensions. Done here when the login given is a
/// superuser; said as SQL for the server's administrator when it is not.
/// </summary>
/// <param name="given">The login given, on the portal's database.</param>
/// <param name="logins">The logins that the portal works with.</param>
public sealed class Bootstrap(NpgsqlConnectionStringBuilder given, DatabaseLogins logins)
{
    private readonly BootstrapSql _sql = new(logins);

    /// <summary>Mends what a killed restore left, before an empty database could be made beside it.</summary>
    /// <exception cref="SetupException"><see cref="SetupFault.DatabaseGone"/></exception>
    public async Task MendAsync(bool replacing, CancellationToken cancel)
    {
        try
        {
            await using var server = await OpenAsync("postgres", cancel);
            await HalfRestore.MendAsync(server, logins.Database, replacing, cancel);
        }
        catch (SetupException e) when (e.Fault == SetupFault.LoginRefused)
        {
            // Such a login makes no database either: what is missing is said next.
        }
    }

    /// <summary>Does what is missing; harmless when nothing is.</summary>
    /// <param name="cancel">Stops it.</param>
    /// <param name="withoutDatabase">Where the database itself is missing, none is made.</param>
    /// <exception cref="NotReadyException">Something is missing and the login given is no superuser.</exception>
    /// <exception cref="SetupException">The server cannot be reached, is too old, or lacks an extension's files.</exception>
    public async Task RunAsync(CancellationToken cancel, bool withoutDatabase = false)
    {
        var (onServer, inDatabase) = await MissingOrRefusedAsync(cancel);
        if (withoutDatabase && onServer.Remove(_sql.CreateDatabase))
        {
            onServer.RemoveAll(statement => statement == _sql.CloseDatabase || DatabaseRoles.All.Any(role => statement == _sql.LetIn(role)));
            inDatabase = [];
        }
        if (onServer.Count + inDatabase.Count == 0)
        {
            return;
        }

        await using (var server = await OpenServerAsync(cancel))
        {
            if (await ReadAsync<string>(server, "SHOW is_superuser", cancel) != "on")
            {
                throw new NotReadyException(given.Username ?? "", _sql.Script(onServer, inDatabase));
            }

            await ExecuteAsync(server, onServer, cancel);
        }

        if (inDatabase.Count > 0)
        {
            await using var database = await OpenAsync(logins.Database, cancel);
            await ExecuteAsync(database, inDatabase, cancel);
        }
    }

    /// <summary>Makes the template that copies are restored into, where the login given is a superuser. Where it is not, the portal runs without, and
    /// whoever wants to prove a backup is told the SQL.</summary>
    /// <returns>Whether the template is there.</returns>
    public async Task<bool> EnsureTemplateAsync(CancellationToken cancel)
    {
        await using (var server = await OpenServerAsync(cancel))
        {
            if (await ReadAsync<bool>(server, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", cancel, BootstrapSql.Template))
                return true;
            if (await ReadAsync<string>(server, "SHOW is_superuser", cancel) != "on")
                return false;
            // Takes its name when it is whole: a killed start leaves no half template.
            await ExecuteAsync(server, [BootstrapSql.DropDraft, BootstrapSql.CreateDraft, BootstrapSql.CloseDraft], cancel);
        }

        await using (var draft = await OpenAsync(BootstrapSql.Draft, cancel))
            await ExecuteAsync(draft, BootstrapSql.WholeDatabase(), cancel);
        await using var again = await OpenServerAsync(cancel);
        await ExecuteAsync(again, [BootstrapSql.NameDraft], cancel);
        return true;
    }

    /// <summary>Closes what stands beside the portal's database and is open to every login, which PostgreSQL's own templates are by default. The database
    /// "postgres" stays: from there databases are made and renamed.</summary>
    /// <returns>The SQL for what the login given may not close.</returns>
    public async Task<IReadOnlyList<string>> CloseBesideAsync(CancellationToken cancel)
    {
        await using var server = await OpenServerAsync(cancel);
        var mine = await OpenBesideAsync(server, mine: true, cancel);
        await ExecuteAsync(server, mine, cancel);
        return mine.Count == 0 ? await OpenBesideAsync(server, mine: false, cancel) : [.. (await OpenBesideAsync(server, mine: false, cancel)).Except(mine)];
    }

    private async Task<List<string>> OpenBesideAsync(NpgsqlConnection server, bool mine, CancellationToken cancel) => await server.ListAsync(
        """
        SELECT d.datname::text FROM pg_database d JOIN pg_roles r ON r.rolname = current_user
        WHERE (d.datname IN ('template1', $1) OR starts_with(d.datname, $2)) AND (NOT $3 OR r.rolsuper OR d.datdba = r.oid)
          AND EXISTS (SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
            WHERE a.grantee = 0 OR a.grantee IN (SELECT oid FROM pg_roles WHERE rolname IN ('quantrac_province', 'quantrac_scoped', 'quantrac_guest', 'quantrac_system')))
        ORDER BY d.datname
        """,
        row => new BootstrapSql(logins.On(row.GetString(0))).CloseBeside, cancel, BootstrapSql.Template, logins.Database + BootstrapSql.KeptMark, mine);

    // Only the owner's own login to go by, and the server does not know it: everything is still to be made.
    private async Task<(List<string> OnServer, List<string> InDatabase)> MissingOrRefusedAsync(CancellationToken cancel)
    {
        try
        {
            return await MissingAsync(cancel);
        }
        catch (SetupException e) when (e.Fault == SetupFault.LoginRefused
            && given.Username == DatabaseRole.Owner.RoleName() && given.Password == logins.Password(DatabaseRole.Owner))
        {
            throw new NotReadyException(given.Username, _sql.Script(_sql.WholeServer(), BootstrapSql.WholeDatabase()));
        }
    }

    private async Task<(List<string> OnServer, List<string> InDatabase)> MissingAsync(CancellationToken cancel)
    {
        await using var server = await OpenServerAsync(cancel);
        if (server.PostgreSqlVersion.Major < PostgresPrograms.Oldest)
        {
            var needed = PostgresPrograms.Oldest.ToString(CultureInfo.InvariantCulture);
            throw new SetupException(SetupFault.ServerTooOld, server.PostgreSqlVersion.ToString(), needed);
        }

        List<string> onServer = [];
        foreach (var login in DatabaseRoles.All)
        {
            onServer.AddRange(await MissingOfLoginAsync(server, login, cancel));
        }

        onServer.AddRange(await MissingOfDatabaseAsync(server, cancel));
        return (onServer, await MissingInDatabaseAsync(server, cancel));
    }

    private async Task<List<string>> MissingOfLoginAsync(NpgsqlConnection server, DatabaseRole login, CancellationToken cancel)
    {
        var role = login.RoleName();
        var found = await ReadAsync<string?>(
            server,
            """
            SELECT concat_ws(' ', CASE WHEN rolcanlogin THEN 'LOGIN' END, CASE WHEN rolsuper THEN 'SUPERUSER' ELSE 'NOSUPERUSER' END,
                   CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
                   CASE WHEN rolreplication THEN 'REPLICATION' ELSE 'NOREPLICATION' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' ELSE 'NOBYPASSRLS' END,
                   CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END)
            FROM pg_roles WHERE rolname = $1
            """,
            cancel, role);
        List<string> missing = [];
        if (found is null)
        {
            missing.Add(_sql.CreateRole(login));
        }
        else
        {
            if (found != login.Attributes())
            {
                missing.Add(BootstrapSql.AlterRole(login));
            }

            if (!await LetsInAsync(login, cancel))
            {
                missing.Add(_sql.SetPassword(login));
            }
        }

        missing.AddRange(await WrongMembershipsAsync(server, login, cancel));
        return missing;
    }

    private static async Task<List<string>> WrongMembershipsAsync(
        NpgsqlConnection server, DatabaseRole login, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles r ON r.oid = m.member
            WHERE r.rolname = $1
            """,
            server) { Parameters = { new() { Value = login.RoleName() } } };
        HashSet<string> groups = [];
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
            {
                groups.Add(reader.GetString(0));
            }
        }

        string[] wanted = login == DatabaseRole.Backup ? [BootstrapSql.ReadAll] : [];
        return
        [
            .. wanted.Except(groups).Select(_ => BootstrapSql.GrantReadAll),
            .. groups.Except(wanted).Select(group => BootstrapSql.Leave(group, login)),
        ];
    }

    private async Task<List<string>> MissingOfDatabaseAsync(NpgsqlConnection server, CancellationToken cancel)
    {
        List<string> missing = [];
        var owner = await ReadAsync<string?>(
            server, "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = $1", cancel, logins.Database);
        if (owner is null)
        {
            missing.Add(_sql.CreateDatabase);
        }
        else if (owner != DatabaseRole.Owner.RoleName())
        {
            missing.Add(_sql.OwnDatabase);
        }

        if (owner is null || await ReadAsync<bool>(
            server, "SELECT has_database_privilege('public', $1, 'CONNECT, TEMPORARY')", cancel, logins.Database))
        {
            missing.Add(_sql.CloseDatabase);
        }

        foreach (var login in DatabaseRoles.All.Where(l => l != DatabaseRole.Owner))
        {
            if (owner is null || await LacksAsync(server, login, BootstrapSql.Rights(login), cancel))
            {
                missing.Add(_sql.LetIn(login));
            }
        }

        return missing;
    }

    // Asked of the list of rights itself: what a login has through PUBLIC goes with the REVOKE above.
    private async Task<bool> LacksAsync(NpgsqlConnection server, DatabaseRole login, string rights, CancellationToken cancel) =>
        await ReadAsync<long>(
            server,
            """
            SELECT count(*) FROM pg_database d, aclexplode(d.datacl) a JOIN pg_roles r ON r.oid = a.grantee
            WHERE d.datname = $1 AND r.rolname = $2 AND a.privilege_type = ANY (string_to_array($3, ', '))
            """,
            cancel, logins.Database, login.RoleName(), rights) < rights.Split(", ").Length;

    private async Task<List<string>> MissingInDatabaseAsync(NpgsqlConnection server, CancellationToken cancel)
    {
        foreach (var extension in BootstrapSql.Extensions)
        {
            if (!await ReadAsync<bool>(
                server, "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = $1)", cancel, extension))
            {
                var package = extension == "postgis" ? "postgresql-*-postgis-3" : "postgresql-contrib";
                throw new SetupException(SetupFault.ExtensionNotInstalled, extension, package);
            }
        }

        if (!await ReadAsync<bool>(
            server, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", cancel, logins.Database))
        {
            return BootstrapSql.WholeDatabase();
        }

        List<string> missing = [];
        await using var database = await OpenAsync(logins.Database, cancel);
        foreach (var extension in BootstrapSql.Extensions)
        {
            if (!await ReadAsync<bool>(database, "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = $1)", cancel, extension))
            {
                missing.Add(BootstrapSql.CreateExtension(extension));
            }
        }

        if (await ReadAsync<string>(
            database, "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public'", cancel) != DatabaseRole.Owner.RoleName())
        {
            missing.Add(BootstrapSql.OwnSchema);
        }

        if (await ReadAsync<bool>(database, "SELECT has_schema_privilege('public', 'public', 'CREATE')", cancel))
        {
            missing.Add(BootstrapSql.CloseSchema);
        }

        return missing;
    }

    // The password is checked before the database and the right to connect are: any later refusal means it is good.
    private async Task<bool> LetsInAsync(DatabaseRole login, CancellationToken cancel)
    {
        var builder = new NpgsqlConnectionStringBuilder(logins.ConnectionString(login)) { Pooling = false };
        try
        {
            await using var connection = new NpgsqlConnection(builder.ConnectionString);
            await connection.OpenAsync(cancel);
            return true;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidPassword)
        {
            return false;
        }
        catch (PostgresException e) when (e.SqlState
            is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege)
        {
            return true;
        }
        catch (PostgresException e)
        {
            throw new SetupException(SetupFault.LoginRefused, login.RoleName(), logins.Server, e.MessageText);
        }
    }

    // The portal's own database, or the one every server has while ours is still to be made.
    private async Task<NpgsqlConnection> OpenServerAsync(CancellationToken cancel)
    {
        try
        {
            return await OpenAsync(logins.Database, cancel);
        }
        catch (SetupException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName })
        {
            return await OpenAsync("postgres", cancel);
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string database, CancellationToken cancel)
    {
        var builder = new NpgsqlConnectionStringBuilder(given.ConnectionString) { Database = database, Pooling = false };
        var connection = new NpgsqlConnection(builder.ConnectionString);
        try
        {
            await connection.OpenAsync(cancel);
            return connection;
        }
        catch (PostgresException e)
        {
            await connection.DisposeAsync();
            throw new SetupException(e, SetupFault.LoginRefused, given.Username ?? "", logins.Server, e.MessageText);
        }
        catch (NpgsqlException e)
        {
            await connection.DisposeAsync();
            throw new SetupException(e, SetupFault.ServerUnreachable, logins.Server, e.InnerException?.Message ?? e.Message);
        }
    }

    private static async Task<T?> ReadAsync<T>(
        NpgsqlConnection connection, string sql, CancellationToken cancel, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteScalarAsync(cancel) is T found ? found : default;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, IEnumerable<string> statements, CancellationToken cancel)
    {
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync(cancel);
        }
    }
}
