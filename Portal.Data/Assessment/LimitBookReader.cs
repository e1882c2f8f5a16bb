using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>Reads the limits, columns and permits that the access sees.</summary>
public static class LimitBookReader
{
    public static async Task<LimitBook> ReadAsync(NpgsqlConnection connection, CancellationToken cancel) => new(
        (await RowsAsync(connection, "SELECT code, valid FROM standard",
            row => (Code: row.GetString(0), Valid: Interval(row, 1)), cancel)).ToDictionary(row => row.Code, row => row.Valid),
        await RowsAsync(connection, "SELECT DISTINCT medium, standard FROM standard_column",
            row => (row.GetString(0), row.GetString(1)), cancel),
        await RowsAsync(connection,
            """
            SELECT id, standard, column_code, parameter, fraction, averaging, valid, kind, canonical_lower, canonical_upper
            FROM standard_limit ORDER BY id
            """,
            row => new LimitRow(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
                Interval(row, 6), row.GetString(7) == "class_text" ? null : Bounds(row, 8)), cancel),
        await RowsAsync(connection, "SELECT site_id, medium, standard, column_code, valid FROM site_standard ORDER BY id",
            row => (row.GetInt32(0), row.GetString(1), new Assignment(row.GetString(2), row.GetString(3), Interval(row, 4))), cancel),
        await RowsAsync(connection,
            "SELECT site_id, medium, id, parameter, fraction, valid, canonical_lower, canonical_upper FROM permit_limit ORDER BY id",
            row => (row.GetInt32(0), row.GetString(1), new LimitRow(row.GetInt32(2), null, null, row.GetString(3), row.GetString(4), "",
                Interval(row, 5), Bounds(row, 6))), cancel));

    private static Bounds Bounds(NpgsqlDataReader row, int at) => new(
        row.IsDBNull(at) ? null : row.GetDecimal(at),
        row.IsDBNull(at + 1) ? null : row.GetDecimal(at + 1));

    private static DateInterval Interval(NpgsqlDataReader row, int at) =>
        DateIntervalConverter.ToInterval(row.GetFieldValue<NpgsqlRange<DateOnly>>(at));

    private static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(read(reader));
        return rows;
    }
}
