using Npgsql;

namespace QuanTrac.Portal.Data.Model;

/// <summary>Short ways to run SQL with positional parameters ($1, $2 …) on an open connection.</summary>
public static class Sql
{
    /// <summary>All rows of a query; the query has its own cap where the table has none.</summary>
    public static async Task<List<T>> ListAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await ReadAsync(command, read, cancel);
    }

    /// <summary>
    /// All rows of a query that each connection prepares once and plans no more after a few runs: where planning takes longer than running, as over many partitions.
    /// Not for a query whose best plan hangs on its values: one plan serves them all.
    /// </summary>
    public static async Task<List<T>> ListPreparedAsync<T>(
        this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.PrepareAsync(cancel);
        return await ReadAsync(command, read, cancel);
    }

    /// <summary>The first column of the first row; default where there is none or it is null.</summary>
    public static async Task<T?> ScalarAsync<T>(this NpgsqlConnection connection, string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(cancel) is T value ? value : default;
    }

    /// <summary>How many rows a statement touched.</summary>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, CancellationToken cancel, params object?[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>For the rest of the transaction a statement may take half an hour: for work on whole sets, never for what a page waits for.</summary>
    public static Task AllowLongAsync(this NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync("SET LOCAL statement_timeout = '30min'", cancel);

    private static async Task<List<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object?[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new() { Value = value ?? DBNull.Value });
        return command;
    }
}
