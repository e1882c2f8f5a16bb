using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Data.Migrations;

/// <summary>Brings a database to the schema of <c>migrations/</c>: forward only, each step whole or not at all.</summary>
/// <param name="folder">The folder of the files.</param>
public sealed class Migrator(string folder)
{
    // Any number will do, as long as nobody else locks on it.
    private const long LockKey = 0x5175616E54726163;

    /// <summary>Applies what is not applied yet, as the owner; waits while another run migrates.</summary>
    /// <param name="ownerConnection">Connection string of the owner login.</param>
    /// <param name="cancel">Stops between and inside steps.</param>
    /// <returns>The names of the files applied now.</returns>
    /// <exception cref="SetupException">One of the migration faults; nothing of the failed step remains.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(string ownerConnection, CancellationToken cancel)
    {
        var files = MigrationFile.ReadAll(folder);
        await using var connection = new NpgsqlConnection(ownerConnection);
        await connection.OpenAsync(cancel);
        await ExecuteAsync(connection, "SELECT pg_advisory_lock($1)", cancel, LockKey);
        try
        {
            await ExecuteAsync(connection, LedgerTable, cancel);
            var pending = Pending(files, await AppliedAsync(connection, cancel));
            foreach (var file in pending)
            {
                await ApplyAsync(connection, file, cancel);
            }

            return [.. pending.Select(f => f.Name)];
        }
        finally
        {
            await ExecuteAsync(connection, "SELECT pg_advisory_unlock($1)", CancellationToken.None, LockKey);
        }
    }

    /// <summary>The names of the files not applied yet; any login that may read the ledger can ask.</summary>
    /// <exception cref="SetupException">The applied files are not the ones of this program.</exception>
    public async Task<IReadOnlyList<string>> PendingAsync(string connectionString, CancellationToken cancel)
    {
        var files = MigrationFile.ReadAll(folder);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var exists = new NpgsqlCommand("SELECT to_regclass('public.schema_migration') IS NOT NULL", connection);
        var applied = await exists.ExecuteScalarAsync(cancel) is true ? await AppliedAsync(connection, cancel) : [];
        return [.. Pending(files, applied).Select(f => f.Name)];
    }

    // The system login reads the ledger for /readyz; nobody else has business there.
    private const string LedgerTable = """
        DO $$ BEGIN
          IF to_regclass('public.schema_migration') IS NULL THEN
            CREATE TABLE public.schema_migration (
              number integer CONSTRAINT schema_migration_pk PRIMARY KEY,
              name text NOT NULL,
              hash text NOT NULL,
              applied_at timestamptz NOT NULL DEFAULT now());
            ALTER TABLE public.schema_migration ENABLE ROW LEVEL SECURITY;
            CREATE POLICY schema_migration_read ON public.schema_migration FOR SELECT TO quantrac_system USING (true);
            GRANT SELECT ON public.schema_migration TO quantrac_system;
          END IF;
        END $$
        """;

    private static async Task<List<(int Number, string Name, string Hash)>> AppliedAsync(
        NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT number, name, hash FROM public.schema_migration ORDER BY number", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        List<(int, string, string)> applied = [];
        while (await reader.ReadAsync(cancel))
        {
            applied.Add((reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }

        return applied;
    }

    private static List<MigrationFile> Pending(
        IReadOnlyList<MigrationFile> files, List<(int Number, string Name, string Hash)> applied)
    {
        foreach (var (number, name, hash) in applied)
        {
            var file = files.FirstOrDefault(f => f.Number == number)
                ?? throw new SetupException(SetupFault.MigrationMissing, name);
            if (file.Hash != hash || file.Name != name)
            {
                throw new SetupException(SetupFault.MigrationChanged, name);
            }
        }

        var pending = files.Where(f => applied.TrueForAll(a => a.Number != f.Number)).ToList();
        return applied.Count > 0 && pending.Find(f => f.Number < applied[^1].Number) is { } late
            ? throw new SetupException(SetupFault.MigrationOutOfOrder, late.Name, applied[^1].Name)
            : pending;
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, MigrationFile file, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await using var script = new NpgsqlCommand(file.Sql, connection, transaction) { CommandTimeout = 0 };
            await script.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException e)
        {
            throw new SetupException(e, SetupFault.MigrationFailed, file.Name, await LineAsync(connection, file, e), Words(e));
        }

        await ExecuteAsync(
            connection, "INSERT INTO public.schema_migration (number, name, hash) VALUES ($1, $2, $3)", cancel,
            file.Number, file.Name, file.Hash);
        await transaction.CommitAsync(cancel);
    }

    // The server tells the place within the statement only, and Npgsql not which statement: the server still shows it.
    private static async Task<string> LineAsync(NpgsqlConnection failed, MigrationFile file, PostgresException e)
    {
        await using var second = failed.CloneWith(failed.ConnectionString);
        await second.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT query FROM pg_stat_activity WHERE pid = $1", second)
        {
            Parameters = { new() { Value = failed.ProcessID } },
        };
        var statement = await command.ExecuteScalarAsync() as string ?? "";
        var start = file.Sql.IndexOf(statement, StringComparison.Ordinal);
        var place = Math.Min(start + Math.Max(0, e.Position - 1), file.Sql.Length);
        return start < 0 ? "?" : (1 + file.Sql.AsSpan(0, place).Count('\n')).ToString(CultureInfo.InvariantCulture);
    }

    private static string Words(PostgresException e) =>
        string.Join(" ", new[] { e.SqlState, e.MessageText, e.Detail, e.Hint, e.Where }.Where(w => !string.IsNullOrEmpty(w)));

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        // Waiting for another run's migrations has no limit of its own.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancel);
    }
}
