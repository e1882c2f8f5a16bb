using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>What the pages of intake ask for. Every method opens its own context with the access of the viewer.</summary>
public sealed class IntakeData(PortalDatabase database, CurrentAccess current)
{
    /// <summary>The list stops here.</summary>
    public const int ListCap = 1000;

    private const int ProblemsListed = 200;

    private const string OrganisationName =
        """
        coalesce((SELECT CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END FROM organisation_name n
            WHERE n.organisation_id = s.organisation_id ORDER BY n.valid @> portal_today() DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), '')
        """;

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>How many submissions the viewer sees in a state (null: in all), counted up to one above <see cref="ListCap"/>.</summary>
    public async Task<int> CountAsync(string? state, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await db.Connection.ScalarAsync<int>(
            "SELECT count(*)::int FROM (SELECT FROM submission WHERE $1 IN ('', state) LIMIT $2) AS listed", cancel, state ?? "", ListCap + 1);
    }

    /// <summary>A slice of the list; latest first, ties by number, unless another order is asked for.</summary>
    public async Task<IReadOnlyList<SubmissionLine>> ListAsync(string? state, GridAsk ask, CancellationToken cancel)
    {
        var order = (ask.Order, ask.Descending) switch
        {
            ("file", false) => "lower(file_name), id",
            ("file", true) => "lower(file_name) DESC, id DESC",
            ("created", false) => "created_at, id",
            _ => "created_at DESC, id DESC",
        };
        await using var db = await OpenAsync(cancel);
        return await db.Connection.ListAsync(
            $"""
            SELECT s.id, s.file_name, {OrganisationName}, s.state, s.checking, s.created_at, paper.summary::text
            FROM (SELECT id, file_name, organisation_id, state, checking, created_at, row_number() OVER (ORDER BY {order}) AS place FROM submission
                WHERE $2 IN ('', state) ORDER BY {order} OFFSET $3 LIMIT $4) AS s
            CROSS JOIN portal_submission_paper(s.id) AS paper
            ORDER BY s.place
            """,
            row => new SubmissionLine(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
                row.GetFieldValue<DateTimeOffset>(5), IntakeFigures.Outcome(Text(row, 6))), cancel, Language, state ?? "", ask.Start, Math.Clamp(ListCap - ask.Start, 0, ask.Count));
    }

    /// <summary>One submission; null where it is not there or not theirs.</summary>
    public async Task<SubmissionModel?> FindAsync(int submission, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return (await db.Connection.ListAsync(
            $"""
            SELECT s.id, s.file_name, s.organisation_id, {OrganisationName}, s.account_name, s.layout, s.data_group, s.basis, s.state, s.checking,
                paper.summary::text, coalesce(paper.file_sha256, ''), coalesce((SELECT f.bytes FROM stored_file f WHERE f.sha256 = paper.file_sha256), 0), s.created_at,
                s.decided_at, s.decided_by, s.decision, s.first_number, s.first_at, s.account_id, s.submitted_by, s.submitted_at IS NOT NULL
            FROM submission s CROSS JOIN portal_submission_paper(s.id) AS paper WHERE s.id = $2
            """,
            row => new SubmissionModel(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetString(3), row.GetString(4), LayoutName(row.GetString(5)),
                row.GetString(6), row.GetString(7), row.GetString(8), row.GetString(9), IntakeFigures.Outcome(Text(row, 10)), row.GetString(11), row.GetInt64(12),
                row.GetFieldValue<DateTimeOffset>(13), row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14), Text(row, 15) ?? "", row.GetString(16), row.IsDBNull(17) ? null : (row.GetInt32(17), row.GetFieldValue<DateTimeOffset>(18)),
                row.GetInt32(19), row.IsDBNull(20) ? null : row.GetInt32(20), row.GetBoolean(21)),
            cancel, Language, submission)).FirstOrDefault();
    }

    /// <summary>Whether the check of a draft has come to its end.</summary>
    public async Task<bool> IsCheckedAsync(int submission, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await db.Connection.ScalarAsync<bool>(
            "SELECT NOT EXISTS (SELECT FROM submission WHERE id = $1 AND state = 'draft' AND checking IN ('queued', 'running'))", cancel, submission);
    }

    /// <summary>The problems by severity, the gravest first, each group listed up to a cap.</summary>
    public async Task<IReadOnlyList<ProblemGroup>> ProblemsAsync(int submission, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        var rows = await db.Connection.ListAsync(
            $"""
            SELECT {ProblemView.Columns}, number FROM (
                SELECT *, row_number() OVER same AS place, (count(*) OVER (PARTITION BY severity))::int AS number
                FROM submission_problem WHERE submission_id = $1 WINDOW same AS (PARTITION BY severity ORDER BY ordinal)) AS problem
            WHERE place <= $2 ORDER BY array_position(ARRAY['blocker', 'error', 'warning'], severity) NULLS LAST, ordinal
            """,
            row => (Problem: ProblemView.Read(row), Number: row.GetInt32(10)), cancel, submission, ProblemsListed);
        return [.. rows.GroupBy(row => (row.Problem.Severity, row.Number))
            .Select(group => new ProblemGroup(group.Key.Severity, group.Key.Number, [.. group.Select(row => row.Problem)]))];
    }

    /// <summary>How many cells a submission has near a place; null where the viewer does not see it.</summary>
    public async Task<int> CountCellsAsync(SubmissionModel submission, Nearby? near, CancellationToken cancel)
    {
        // Of stored results the check has counted the new ones; nothing is counted over all results. Who does not hold the file counts what of it they see.
        if (submission.IsStored && near is null && submission.Outcome is { } outcome)
            return outcome.New;
        await using var db = await OpenAsync(cancel);
        return await db.Connection.ScalarAsync<int>(
            $"SELECT count(*)::int FROM {Table(submission)} AS r WHERE {NearSql}", cancel, submission.Id, near?.Sheet ?? "", near?.Row ?? 0, Nearby.Reach);
    }

    /// <summary>A slice of the checked cells, in the order of the file.</summary>
    /// <param name="numbers">Only these, in their order.</param>
    public async Task<IReadOnlyList<CellLine>> CellsAsync(
        SubmissionModel submission, Nearby? near, int start, int count, CancellationToken cancel, IReadOnlyList<long>? numbers = null)
    {
        await using var db = await OpenAsync(cancel);
        var line = start;
        var (number, outcome) = submission.IsStored ? ("r.id", "CASE WHEN r.withdrawn IS NULL THEN 'stored' ELSE 'withdrawn' END") : ("r.ordinal", "r.outcome");
        // Near a cell its own column comes first: what the same parameter reads above and below.
        var order = near is not null ? $"r.column_letter = $8 DESC, {number}" : numbers is not null ? $"array_position($9, {number}::bigint)" : number;
        var precision = submission.IsStored ? "(SELECT s.precision FROM sample s WHERE s.id = r.sample_id)" : "r.precision";
        return await db.Connection.ListAsync(
            $"""
            SELECT site.code, CASE WHEN $7 = 'en' AND site.name_en <> '' THEN site.name_en ELSE site.name_vi END, r.period_start, r.period_end,
                {precision}, CASE WHEN $7 = 'en' THEN p.name_en ELSE p.name_vi END, r.fraction, r.value, r.censoring, unit.code, r.sheet, r.row_number, r.column_letter, {outcome}, {number}::bigint
            FROM (SELECT * FROM {Table(submission)} AS r WHERE {NearSql} AND ($9::bigint[] IS NULL OR {number} = ANY ($9)) ORDER BY {order} OFFSET $5 LIMIT $6) AS r
            JOIN site ON site.id = r.site_id
            JOIN parameter p ON p.code = r.parameter
            JOIN unit ON unit.code = r.unit
            ORDER BY {order}
            """,
            row => new CellLine(row.GetInt64(14), ++line, row.GetString(0), row.GetString(1), new(row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3), row.GetString(4)),
                row.GetString(5), row.GetString(6), new(row.GetDecimal(7), Sign(row.GetString(8))), row.GetString(9),
                row.GetString(10), row.GetInt32(11), row.GetString(12), row.GetString(13)),
            cancel, submission.Id, near?.Sheet ?? "", near?.Row ?? 0, Nearby.Reach, start, count, Language, near?.Column ?? "",
            new NpgsqlParameter { Value = (object?)numbers?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Bigint });
    }

    /// <summary>The campaigns of what a submission added, the newest first.</summary>
    public async Task<IReadOnlyList<SubmissionCampaign>> CampaignsAsync(int submission, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await db.Connection.ListAsync(
            """
            SELECT c.code, CASE WHEN $2 = 'en' AND c.name_en <> '' THEN c.name_en ELSE c.name_vi END, min(s.medium)
            FROM (SELECT DISTINCT campaign_id, medium FROM sample WHERE submission_id = $1) AS s
            JOIN campaign c ON c.id = s.campaign_id
            GROUP BY c.id ORDER BY c.period_end DESC, c.id DESC LIMIT 40
            """,
            row => new SubmissionCampaign(row.GetString(0), row.GetString(1), row.GetString(2)), cancel, submission, Language);
    }

    private const string NearSql = "r.submission_id = $1 AND ($3 = 0 OR (r.sheet = $2 AND r.row_number BETWEEN $3 - $4 AND $3 + $4))";

    private static string Table(SubmissionModel submission) => submission.IsStored ? "result" : "submission_row";

    private async Task<PortalDb> OpenAsync(CancellationToken cancel) => await database.OpenAsync(await current.GetAsync(), cancel);

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Domain.Measuring.Censoring Sign(string censoring) => censoring switch
    {
        "<" => Domain.Measuring.Censoring.Below,
        ">" => Domain.Measuring.Censoring.Above,
        _ => Domain.Measuring.Censoring.None,
    };

    private static string LayoutName(string code) =>
        LayoutFiles.Read(PortalHome.Layouts).FirstOrDefault(layout => layout.Code == code) is not { } layout ? code
            : Language == "en" ? layout.NameEn : layout.NameVi;
}
