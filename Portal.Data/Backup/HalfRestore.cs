using System.Text.RegularExpressions;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Puts right what a restore that was killed left behind, so that the portal comes up as it was before or as it would have been after.</summary>
public static partial class HalfRestore
{
    /// <summary>Looks, and mends what there is to mend; does nothing while a backup or restore is at work.</summary>
    /// <param name="server">A connection to the database "postgres", of a superuser or of the owner.</param>
    /// <param name="replacing">A restore is about to bring the database back: that it is gone is no fault.</param>
    /// <returns>True where something was mended.</returns>
    /// <exception cref="SetupException"><see cref="SetupFault.DatabaseGone"/>: only kept or restored databases are there, and an empty one in their place would hide them;
    /// <see cref="SetupFault.PortalClosed"/>: a restore goes on.</exception>
    public static async Task<bool> MendAsync(NpgsqlConnection server, string database, bool replacing, CancellationToken cancel)
    {
        if (!await server.ScalarAsync<bool>("SELECT pg_try_advisory_lock(262022904, hashtext($1))", cancel, database))
        {
            return await PortalGate.IsClosedAsync(server, database, cancel) ? throw new SetupException(SetupFault.PortalClosed) : false;
        }
        try
        {
            var family = await server.ListAsync(
                "SELECT datname::text FROM pg_database WHERE datname = $1 OR starts_with(datname, $1 || '_restored_') OR starts_with(datname, $1 || '_before_') ORDER BY 1",
                row => row.GetString(0), cancel, database);
            var copies = family.Where(name => Made(name, database, "restored")).ToList();
            var kept = family.Where(name => Made(name, database, "before")).ToList();
            if (family.Contains(database))
                return await OpenAsync(server, database, cancel) | await DropAsync(server, copies, cancel);
            if (kept.Count + copies.Count == 0 || replacing)
                return false;
            // Between the two renames of an older version: the restored copy was still to take the name.
            if (kept.Count > 0 && copies.Count > 0)
            {
                await NamedAsync(server, "ALTER DATABASE %I RENAME TO %I", cancel, kept[^1], database);
                await OpenAsync(server, database, cancel);
                return await DropAsync(server, copies, cancel);
            }
            throw new SetupException(SetupFault.DatabaseGone, database, string.Join(", ", [.. kept, .. copies]), kept.Concat(copies).Last());
        }
        finally
        {
            await server.ExecuteAsync("SELECT pg_advisory_unlock(262022904, hashtext($1))", CancellationToken.None, database);
        }
    }

    // The bar leaves the backup login in; where nobody may enter, the database was never set up.
    private static async Task<bool> OpenAsync(NpgsqlConnection server, string database, CancellationToken cancel)
    {
        var closed = await server.ScalarAsync<bool>("SELECT NOT datallowconn FROM pg_database WHERE datname = $1", cancel, database);
        if (closed)
            await NamedAsync(server, "ALTER DATABASE %I WITH ALLOW_CONNECTIONS true", cancel, database);
        var barred = await server.ScalarAsync<bool>(
            """
            SELECT count(*) FILTER (WHERE rolname = 'quantrac_backup') = 1 AND count(*) FILTER (WHERE rolname <> 'quantrac_backup') = 0
            FROM pg_roles WHERE rolname IN ('quantrac_backup', 'quantrac_province', 'quantrac_scoped', 'quantrac_system', 'quantrac_guest') AND has_database_privilege(oid, $1, 'CONNECT')
            """, cancel, database);
        if (barred)
            await NamedAsync(server, CopyDatabase.LetInSql, cancel, database);
        return closed || barred;
    }

    private static async Task<bool> DropAsync(NpgsqlConnection server, List<string> copies, CancellationToken cancel)
    {
        // Nobody but the restore that is dead had business there.
        foreach (var copy in copies)
            await NamedAsync(server, "DROP DATABASE IF EXISTS %I WITH (FORCE)", cancel, copy);
        return copies.Count > 0;
    }

    private static bool Made(string name, string database, string what) => Moment().IsMatch(name[database.Length..]) && name.StartsWith($"{database}_{what}_", StringComparison.Ordinal);

    private static async Task NamedAsync(NpgsqlConnection server, string template, CancellationToken cancel, params string[] names) =>
        await server.ExecuteAsync((await server.ScalarAsync<string>("SELECT format($1, VARIADIC $2)", cancel, template, names))!, cancel);

    [GeneratedRegex(@"^_(restored|before)_\d{14}$")]
    private static partial Regex Moment();
}
