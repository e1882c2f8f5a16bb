using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>Reads the limits, columns and permits that the access sees.</summary>
public static class LimitBookReader
{
    public static async Task<LimitBook> ReadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var standards = await RowsAsync(connection, StandardsSql, row => (
            Code: row.GetString(0), Valid: Interval(row, 1), Media: row.GetFieldValue<string[]>(2),
            Legacy: row.IsDBNull(3) ? null : new Legacy(row.GetFieldValue<DateOnly>(3), row.GetFieldValue<DateOnly>(4), row.GetString(5))), cancel);
        return new(
            standards.ToDictionary(row => row.Code, row => row.Valid),
            standards.SelectMany(row => row.Media.Select(medium => (medium, row.Code))),
            await RowsAsync(connection, LimitsSql, Limit, cancel),
            await RowsAsync(connection, "SELECT site_id, medium, standard, column_code, valid FROM site_standard ORDER BY id",
                row => (row.GetInt32(0), row.GetString(1), new Assignment(row.GetString(2), row.GetString(3), Interval(row, 4))), cancel),
            await RowsAsync(connection,
                "SELECT site_id, medium, id, parameter, fraction, valid, canonical_lower, canonical_upper FROM permit_limit ORDER BY id",
                row => (row.GetInt32(0), row.GetString(1), new LimitRow(row.GetInt32(2), null, null, row.GetString(3), row.GetString(4), "",
                    Interval(row, 5), Bounds(row, 6))), cancel),
            standards.Where(row => row.Legacy is not null).ToDictionary(row => row.Code, row => row.Legacy!),
            await RowsAsync(connection, CoefficientsSql, Coefficient, cancel));
    }

    private const string StandardsSql = "SELECT code, valid, media, legacy_until, legacy_facilities_before, superseded_by FROM standard WHERE index_kind IS NULL ORDER BY code";

    private const string LimitsSql =
        """
        SELECT l.id, l.standard, l.column_code, l.parameter, l.fraction, l.averaging, l.valid, l.kind, l.canonical_lower, l.canonical_upper,
            l.coefficients, c.samplings
        FROM standard_limit l JOIN standard_column c ON c.standard = l.standard AND c.code = l.column_code
        ORDER BY l.id
        """;

    private const string CoefficientsSql =
        """
        SELECT c.standard, c.coefficient, c.case_vi, c.case_en, c.variable, u.code, u.quantity, u.factor, u.name_vi, u.name_en,
            lower(c.range), lower_inc(c.range), upper(c.range), upper_inc(c.range), c.value, c.clause, c.confidence, c.source, c.note
        FROM standard_coefficient c LEFT JOIN unit u ON u.code = c.unit ORDER BY c.id
        """;

    private static LimitRow Limit(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5),
        Interval(row, 6), row.GetString(7) == "class_text" ? null : Bounds(row, 8))
    {
        Coefficients = row.GetFieldValue<string[]>(10),
        Samplings = row.IsDBNull(11) ? null : row.GetInt32(11),
    };

    private static (string Standard, CoefficientStep Step) Coefficient(NpgsqlDataReader row)
    {
        var (lower, upper) = (row.IsDBNull(10) ? (decimal?)null : row.GetDecimal(10), row.IsDBNull(12) ? (decimal?)null : row.GetDecimal(12));
        var (lowerBelongs, upperBelongs) = (row.GetBoolean(11), row.GetBoolean(13));
        return (row.GetString(0), new(
            row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
            row.IsDBNull(5) ? null : new Unit(row.GetString(5), row.GetString(6), row.GetDecimal(7), row.GetString(8), row.GetString(9)),
            new(lowerBelongs ? null : lower, lowerBelongs ? lower : null, upperBelongs ? upper : null, upperBelongs ? null : upper),
            row.GetDecimal(14), new(row.GetString(15), StandardCodes.FindConfidence(row.GetString(16))!.Value, row.GetString(17), row.GetString(18))));
    }

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
