using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Writes the checked cells of a submission, by COPY into a temporary table (COPY is refused on a table with row-level
/// security) and from there through the policy.</summary>
public sealed class Staging(NpgsqlConnection connection, int submission, IntakeReference reference)
{
    private const int RowsBetweenReports = 100;

    /// <summary>Stages the cells; sites without a programme become problems and are left out.</summary>
    /// <returns>How many cells such sites cost.</returns>
    public async Task<int> WriteAsync(IEnumerable<CheckedCell> cells, RowCheck check, Action<int> progress, CancellationToken cancel)
    {
        await connection.ExecuteAsync("CREATE TEMP TABLE staged (LIKE submission_row INCLUDING DEFAULTS) ON COMMIT DROP", cancel);
        var ordinal = 0;
        var outside = 0;
        var (rows, last) = (0, ("", 0));
        await using (var writer = await connection.BeginBinaryImportAsync(Copy, cancel))
        {
            foreach (var cell in cells)
            {
                // Rows that are refused or empty cost time and write nothing.
                cancel.ThrowIfCancellationRequested();
                var key = cell.Sample.Key;
                if (!reference.Programmes.TryGetValue((key.SiteId, key.Group, key.Medium), out var programme))
                {
                    outside++;
                    check.Problems.Add(NoProgramme(cell));
                    continue;
                }
                await WriteRowAsync(writer, ++ordinal, cell, programme.Id, cancel);
                if (last != (cell.Place.Sheet, cell.Place.Row) && ++rows % RowsBetweenReports == 0)
                    progress(rows);
                last = (cell.Place.Sheet, cell.Place.Row);
            }
            await writer.CompleteAsync(cancel);
        }
        await TakeBackAsync(check.TakenBack, cancel);
        return outside;
    }

    /// <summary>Moves the staged cells to the submission and says what is new, what is there already and what contradicts it.</summary>
    public async Task<(int New, int Present, int Conflicts)> CompareAsync(CancellationToken cancel)
    {
        await connection.ExecuteAsync("INSERT INTO submission_row SELECT * FROM staged", cancel);
        await connection.ExecuteAsync("ANALYZE staged", cancel);
        return await CompareAgainAsync(connection, submission, cancel);
    }

    /// <summary>The same comparison again, just before storing: others may have stored meanwhile.</summary>
    public static async Task<(int New, int Present, int Conflicts)> CompareAgainAsync(NpgsqlConnection connection, int submission, CancellationToken cancel)
    {
        await connection.ExecuteAsync(BulkJoins, cancel);
        // What it was compared with may have been withdrawn since.
        await connection.ExecuteAsync("UPDATE submission_row SET outcome = 'new' WHERE submission_id = $1 AND outcome <> 'new'", cancel, submission);
        await connection.ExecuteAsync(CompareSql, cancel, submission);
        await connection.ExecuteAsync(AnyJoins, cancel);
        var counts = await connection.ListAsync(
            "SELECT outcome, count(*)::int FROM submission_row WHERE submission_id = $1 GROUP BY outcome",
            row => (Outcome: row.GetString(0), Count: row.GetInt32(1)), cancel, submission);
        int Of(string outcome) => counts.Where(row => row.Outcome == outcome).Sum(row => row.Count);
        return (Of("new"), Of("present"), Of("conflict"));
    }

    /// <summary>For joins of many staged rows: their columns hang together and have no statistics yet, so the planner expects one row where there
    /// are thousands, and a nested loop over that one takes minutes.</summary>
    internal const string BulkJoins = "SET LOCAL enable_nestloop = off";

    /// <summary>Ends <see cref="BulkJoins"/>.</summary>
    internal const string AnyJoins = "SET LOCAL enable_nestloop = on";

    private async Task TakeBackAsync(IReadOnlyList<CellPlace> places, CancellationToken cancel) => await connection.ExecuteAsync(
        """
        DELETE FROM staged USING unnest($1::text[], $2::int[], $3::text[]) AS gone (sheet, row_number, column_letter)
        WHERE staged.sheet = gone.sheet AND staged.row_number = gone.row_number AND staged.column_letter = gone.column_letter
        """, cancel, places.Select(place => place.Sheet).ToArray(), places.Select(place => place.Row).ToArray(), places.Select(place => ColumnName.Of(place.Column)).ToArray());

    private static Problem NoProgramme(in CheckedCell cell) => new(
        ProblemCode.SiteInNoProgramme, cell.Place.Sheet.Length == 0 ? null : cell.Place.Sheet, cell.Place.Row, Value: cell.Sample.Site.Code,
        Facts: new Dictionary<string, string>
        {
            ["site"] = cell.Sample.Site.Code,
            ["group"] = cell.Sample.Key.Group,
            ["medium"] = cell.Sample.Key.Medium,
        });

    private async Task WriteRowAsync(NpgsqlBinaryImporter writer, int ordinal, CheckedCell cell, int programme, CancellationToken cancel)
    {
        var (key, notes) = (cell.Sample.Key, cell.Sample.Notes);
        await writer.StartRowAsync(cancel);
        await writer.WriteAsync(submission, cancel);
        await writer.WriteAsync(ordinal, cancel);
        await writer.WriteAsync(key.SiteId, cancel);
        await writer.WriteAsync(programme, cancel);
        await writer.WriteAsync(notes.Campaign, cancel);
        await writer.WriteAsync(key.Medium, cancel);
        await writer.WriteAsync(key.Group, cancel);
        await writer.WriteAsync(key.Period.Start, cancel);
        await writer.WriteAsync(key.Period.End, cancel);
        await writer.WriteAsync(key.Period.Precision.ToString().ToLowerInvariant(), cancel);
        if (key.Depth is { } depth)
            await writer.WriteAsync(depth, cancel);
        else
            await writer.WriteNullAsync(cancel);
        await writer.WriteAsync(key.Tide, cancel);
        await writer.WriteAsync(key.Type, cancel);
        await writer.WriteAsync(key.Replicate, cancel);
        await writer.WriteAsync(notes.Laboratory, cancel);
        await writer.WriteAsync(notes.Report, cancel);
        await writer.WriteAsync(cell.Parameter.Code, cancel);
        await writer.WriteAsync(cell.Fraction ?? "", cancel);
        await writer.WriteAsync(cell.ReportedText, cancel);
        await writer.WriteAsync(cell.Reported.Sign, cancel);
        await writer.WriteAsync(cell.Reported.Number, cancel);
        await writer.WriteAsync(cell.Unit.Code, cancel);
        await writer.WriteAsync(cell.Canonical.Number, cancel);
        await writer.WriteAsync(cell.Place.Sheet, cancel);
        await writer.WriteAsync(cell.Place.Row, cancel);
        await writer.WriteAsync(ColumnName.Of(cell.Place.Column), cancel);
    }

    private const string Copy =
        """
        COPY staged (submission_id, ordinal, site_id, programme_id, campaign_code, medium, data_group, period_start, period_end, precision, depth,
            tide, type, replicate, laboratory, report_number, parameter, fraction, reported, censoring, value, unit, canonical_value,
            sheet, row_number, column_letter) FROM STDIN (FORMAT binary)
        """;

    // The sites and the span of days are asked for first, so that only their part of the results is read.
    private const string CompareSql =
        """
        UPDATE submission_row AS row
        SET outcome = CASE WHEN stored.canonical_value = row.canonical_value AND stored.censoring = row.censoring THEN 'present' ELSE 'conflict' END
        FROM result AS stored
        WHERE row.submission_id = $1 AND stored.successor IS NULL AND stored.withdrawn IS NULL
          AND stored.site_id = ANY (ARRAY(SELECT DISTINCT site_id FROM submission_row WHERE submission_id = $1))
          AND stored.period_start BETWEEN (SELECT min(period_start) FROM submission_row WHERE submission_id = $1)
              AND (SELECT max(period_start) FROM submission_row WHERE submission_id = $1)
        """ + SameKey;

    /// <summary>The natural key of a result: <c>stored</c> says what <c>row</c> does.</summary>
    internal const string SameKey =
        """

          AND stored.site_id = row.site_id AND stored.medium = row.medium AND stored.data_group = row.data_group
          AND stored.period_start = row.period_start AND stored.period_end = row.period_end
          AND stored.depth IS NOT DISTINCT FROM row.depth AND stored.tide = row.tide AND stored.type = row.type
          AND stored.replicate = row.replicate AND stored.parameter = row.parameter AND stored.fraction = row.fraction
        """;
}
