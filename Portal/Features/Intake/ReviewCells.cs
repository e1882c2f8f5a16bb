using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Holds the cells of a submission that waits against the limits of their sites and days, and against what the same sites measured before.</summary>
public sealed class ReviewCells(PortalDatabase database, TimeProvider clock)
{
    /// <summary>All cells, once.</summary>
    public async Task<CellReview> OfAsync(Domain.Access.Access access, SubmissionModel submission, CancellationToken cancel)
    {
        access.Demand(Capability.AcceptSubmission);
        await using var db = await database.OpenAsync(access, cancel);
        var judge = new Judge(await LimitBookReader.ReadAsync(db.Connection, cancel), PortalDay.Of(clock));
        var marks = (await MarksAsync(db.Connection, judge, submission, null, cancel)).Where(mark => mark.Unusual || mark.Verdict == Verdict.Exceeds).ToList();
        return new(judge, marks.Count(mark => mark.Unusual), marks.Count(mark => mark.Verdict == Verdict.Exceeds),
            [.. marks.OrderByDescending(mark => mark.Unusual).ThenByDescending(mark => mark.Verdict == Verdict.Exceeds).ThenByDescending(mark => mark.Ratio ?? 0)
                .ThenBy(mark => mark.Number).Take(CellReview.Cap)]);
    }

    /// <summary>Some cells, by their numbers.</summary>
    public async Task<IReadOnlyDictionary<long, CellMark>> MarksAsync(
        Domain.Access.Access access, CellReview review, SubmissionModel submission, IReadOnlyList<long> numbers, CancellationToken cancel)
    {
        access.Demand(Capability.AcceptSubmission);
        await using var db = await database.OpenAsync(access, cancel);
        return (await MarksAsync(db.Connection, review.Judge, submission, numbers, cancel)).ToDictionary(mark => mark.Number);
    }

    private static async Task<List<CellMark>> MarksAsync(NpgsqlConnection connection, Judge judge, SubmissionModel submission, IReadOnlyList<long>? numbers, CancellationToken cancel) =>
        await connection.ListAsync(submission.IsStored ? Stored + Earlier : Staged + Earlier, row => Read(row, judge), cancel, submission.Id,
            new NpgsqlParameter { Value = (object?)numbers?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });

    private static CellMark Read(NpgsqlDataReader row, Judge judge)
    {
        var value = AssessmentReader.Value(row, 7);
        var cell = new ResultToJudge(
            row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateOnly>(5), row.GetFieldValue<DateOnly>(6), value, row.GetString(9));
        // The gravest of the limits that govern: a short mean and a long one may both hold.
        var finding = judge.ByPeriod(cell, SeriesHistory.Empty).Where(found => found.Governs)
            .OrderByDescending(found => found.Judgement.Verdict).ThenByDescending(found => found.Judgement.Ratio ?? 0).First();
        EarlierRange? earlier = row.IsDBNull(10) ? null : new(row.GetInt32(10), row.GetDecimal(11), row.GetDecimal(12));
        return new(row.GetInt64(0), finding.Judgement.Verdict, finding.Judgement.Ratio, finding.Limit?.Bounds, earlier, earlier is { } range && range.MakesUnusual(value));
    }

    private const string Staged =
        """
        WITH cell AS (
            SELECT ordinal::bigint AS number, site_id, medium, data_group, parameter, fraction, period_start, period_end, censoring, canonical_value, type FROM submission_row
            WHERE submission_id = $1 AND ($2::bigint[] IS NULL OR ordinal = ANY ($2)))
        """;

    private const string Stored =
        """
        WITH cell AS (
            SELECT id AS number, site_id, medium, data_group, parameter, fraction, period_start, period_end, censoring, canonical_value, type FROM result
            WHERE submission_id = $1 AND ($2::bigint[] IS NULL OR id = ANY ($2)))
        """;

    private const string Earlier =
        """
        , asked AS (SELECT DISTINCT site_id, medium, data_group, parameter, fraction FROM cell),
        earlier AS (
            SELECT r.site_id, r.medium, r.data_group, r.parameter, r.fraction, count(*)::int AS number,
                min(CASE r.censoring WHEN '<' THEN 0 ELSE r.canonical_value END) AS lowest, max(r.canonical_value) AS highest
            FROM asked JOIN result AS r USING (site_id, parameter, medium, data_group, fraction) JOIN submission AS s ON s.id = r.submission_id AND s.state = 'accepted'
            WHERE r.submission_id <> $1 AND r.successor IS NULL AND r.withdrawn IS NULL
            GROUP BY 1, 2, 3, 4, 5)
        SELECT cell.number, cell.site_id, cell.medium, cell.parameter, cell.fraction, cell.period_start, cell.period_end, cell.censoring, cell.canonical_value, cell.type,
            earlier.number, earlier.lowest, earlier.highest
        FROM cell LEFT JOIN earlier USING (site_id, medium, data_group, parameter, fraction) ORDER BY cell.number
        """;
}
