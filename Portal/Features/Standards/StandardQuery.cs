using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>One standard with columns, limits and coefficients; of an index, its scales, classes and constants.</summary>
public sealed class StandardQuery(NpgsqlConnection connection, bool vietnamese)
{
    /// <summary>Null where no standard has this address.</summary>
    public async Task<StandardSheet?> RunAsync(string slug, CancellationToken cancel)
    {
        var codes = await connection.ListAsync("SELECT code FROM standard ORDER BY code", row => row.GetString(0), cancel);
        if (codes.Find(code => StandardAddress.Slug(code) == slug) is not { } code)
            return null;
        var predecessors = await connection.ListAsync(
            "SELECT code FROM standard WHERE superseded_by = $1 ORDER BY lower(valid) DESC NULLS LAST, code", row => row.GetString(0), cancel, code);
        var steps = await connection.ListAsync(StepsSql, row => (
            Scale: row.GetString(0), Name: StandardRows.Text(row, 1), Group: row.GetString(2),
            Step: new ScaleStep(
                new(StandardRows.Number(row, 3), row.GetBoolean(4), StandardRows.Number(row, 5), row.GetBoolean(6), row.GetDecimal(7), row.GetDecimal(8)),
                StandardRows.Origin(row, 14)),
            Unit: StandardRows.Unit(row, 9)), cancel, code, vietnamese);
        return new(
            await StandardAsync(code, cancel), predecessors, codes.ToHashSet(),
            steps.GroupBy(step => step.Scale).Select(scale => new ScaleShown(
                scale.Key, scale.First().Name, scale.First().Group, scale.First().Unit, scale.Select(step => step.Step).ToList())).ToList(),
            await connection.ListAsync(BandsSql, row => new IndexBand(
                row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5),
                new(row.GetString(6), row.GetString(7)), StandardRows.Confident(row, 8)), cancel, code),
            await connection.ListAsync("SELECT code, value, clause, confidence, source, note FROM index_constant WHERE standard = $1 ORDER BY code",
                row => new IndexConstant(row.GetString(0), row.GetDecimal(1), StandardRows.Origin(row, 2)), cancel, code));
    }

    /// <summary>A standard by its code, which is known to be there.</summary>
    public async Task<Standard> StandardAsync(string code, CancellationToken cancel)
    {
        var papers = (await connection.ListAsync(PapersSql, StandardRows.Papers, cancel, code))[0];
        return new(
            papers,
            await connection.ListAsync(ColumnsSql, row => new StandardColumn(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), StandardRows.Confident(row, 4), row.IsDBNull(5) ? null : row.GetInt32(5)), cancel, code),
            await connection.ListAsync(LimitsSql, row => Limit(row, code), cancel, code),
            await connection.ListAsync(CoefficientsSql, Coefficient, cancel, code));
    }

    private static Limit Limit(NpgsqlDataReader row, string code) => new(
        new(code, row.GetString(0), row.GetString(1)),
        new(row.GetString(2), row.GetString(3), row.GetString(4), StandardRows.Unit(row, 22), row.GetInt32(5)),
        row.GetString(6), Averaging.Find(row.GetString(7)) ?? Averaging.Single,
        StandardRows.Value(row, 8, StandardRows.Unit(row, 11)),
        DateIntervalConverter.ToInterval(row.GetFieldValue<NpgsqlRange<DateOnly>>(16)),
        StandardRows.Origin(row, 17), row.GetFieldValue<string[]>(21));

    private static CoefficientStep Coefficient(NpgsqlDataReader row)
    {
        var (lower, upper) = (StandardRows.Number(row, 4), StandardRows.Number(row, 6));
        var (lowerBelongs, upperBelongs) = (row.GetBoolean(5), row.GetBoolean(7));
        return new(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(13) ? null : StandardRows.Unit(row, 13),
            new(lowerBelongs ? null : lower, lowerBelongs ? lower : null, upperBelongs ? upper : null, upperBelongs ? null : upper),
            row.GetDecimal(8), StandardRows.Origin(row, 9));
    }

    private const string PapersSql = "SELECT " + StandardRows.PapersColumns + " FROM standard s WHERE s.code = $1";

    // As the printed table has them: in the order in which their limits were read in.
    private const string ColumnsSql =
        """
        SELECT c.code, c.name_vi, c.name_en, c.medium, c.confidence, c.samplings
        FROM standard_column c
        LEFT JOIN LATERAL (SELECT min(l.id) AS first FROM standard_limit l WHERE l.standard = c.standard AND l.column_code = c.code) l ON true
        WHERE c.standard = $1
        ORDER BY l.first NULLS LAST, c.code
        """;

    private const string LimitsSql =
        """
        SELECT l.column_code, l.table_name, p.code, p.name_vi, p.name_en, p.sort, l.fraction, l.averaging, l.kind, l.lower, l.upper,
            u.code, u.quantity, u.factor, u.name_vi, u.name_en, l.valid, l.clause, l.confidence, l.source, l.note, l.coefficients,
            pu.code, pu.quantity, pu.factor, pu.name_vi, pu.name_en
        FROM standard_limit l
        JOIN parameter p ON p.code = l.parameter
        JOIN unit u ON u.code = l.unit
        JOIN unit pu ON pu.code = p.unit
        WHERE l.standard = $1
        ORDER BY l.id
        """;

    private const string CoefficientsSql =
        """
        SELECT c.coefficient, c.case_vi, c.case_en, c.variable, lower(c.range), lower_inc(c.range), upper(c.range), upper_inc(c.range),
            c.value, c.clause, c.confidence, c.source, c.note, u.code, u.quantity, u.factor, u.name_vi, u.name_en
        FROM standard_coefficient c LEFT JOIN unit u ON u.code = c.unit WHERE c.standard = $1 ORDER BY c.id
        """;

    private const string StepsSql =
        """
        SELECT i.scale, CASE WHEN $2 THEN p.name_vi ELSE p.name_en END, i.index_group, i.lower, i.lower_included, i.upper, i.upper_included,
            i.index_lower, i.index_upper, u.code, u.quantity, u.factor, u.name_vi, u.name_en, i.clause, i.confidence, i.source, i.note
        FROM index_step i JOIN unit u ON u.code = i.unit LEFT JOIN parameter p ON p.code = i.scale
        WHERE i.standard = $1
        ORDER BY i.index_group, p.sort NULLS LAST, i.scale, i.ordinal
        """;

    private const string BandsSql =
        "SELECT code, lowest, highest, name_vi, name_en, colour, meaning_vi, meaning_en, confidence FROM index_band WHERE standard = $1 ORDER BY code";
}
