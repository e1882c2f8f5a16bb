using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Checks the file of a draft: its problems, its staged cells and its counts, in one transaction. Harmless when run twice.</summary>
public sealed class CheckSubmission(PortalDatabase database, FileStore files, IntakeSignal signal, CheckLimits limits, TimeProvider clock, ILogger<CheckSubmission> log)
{
    /// <summary>Checks, and keeps what it finds; beyond its limits it is cut, and that is what it finds.</summary>
    /// <returns>Null where the submission is not there, not theirs, or no longer a draft.</returns>
    public async Task<CheckOutcome?> RunAsync(Domain.Access.Access access, int submission, CancellationToken cancel)
    {
        access.Demand(Capability.HandIn);
        using var watch = new CheckWatch(limits, clock, cancel);
        try
        {
            return await KeepAsync(access, submission, (connection, draft) =>
                CheckAsync(connection, submission, files.PathOf(draft.Sha256), draft.Layout, row => signal.Report(submission, row), watch.Token), watch.Token);
        }
        catch (Exception fault) when (watch.Reason is not null && IsCut(fault))
        {
            var problems = new ProblemList();
            problems.Add(watch.Reason!);
            return await KeepAsync(access, submission, async (connection, _) =>
            {
                await ForgetAsync(connection, submission, cancel);
                await ProblemRows.WriteAsync(connection, submission, problems.All, cancel);
                return (Blocked(problems), null, problems.All);
            }, cancel);
        }
    }

    // In a context of its own: after a cut nothing of the one before is used.
    private async Task<CheckOutcome?> KeepAsync(
        Domain.Access.Access access, int submission, Func<NpgsqlConnection, Draft, Task<(CheckOutcome, Layout?, IReadOnlyList<Problem>)>> check, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        var draft = (await db.Connection.ListAsync(
            """
            SELECT paper.file_sha256, s.layout FROM submission s CROSS JOIN portal_submission_paper(s.id) AS paper
            WHERE s.id = $1 AND s.state = 'draft' AND paper.file_sha256 IS NOT NULL FOR UPDATE OF s
            """,
            row => new Draft(row.GetString(0), row.GetString(1)), cancel, submission)).FirstOrDefault();
        if (draft is null)
            return null;
        var (outcome, layout, _) = await check(db.Connection, draft);
        await db.Connection.ExecuteAsync(
            "UPDATE submission SET checking = 'done', layout = $2, data_group = $3, summary = $4 WHERE id = $1", cancel,
            submission, layout?.Code ?? draft.Layout, layout?.DataGroup ?? "",
            new NpgsqlParameter { Value = JsonSerializer.Serialize(outcome), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await transaction.CommitAsync(cancel);
        return outcome;
    }

    /// <summary>The same check of a file that nobody hands in: nothing is kept.</summary>
    public async Task<(CheckOutcome Outcome, IReadOnlyList<Problem> Problems)> TryAsync(
        Domain.Access.Access access, string path, string layout, CancellationToken cancel)
    {
        access.Demand(Capability.HandIn);
        using var watch = new CheckWatch(limits, clock, cancel);
        try
        {
            return await TryAsync(access, path, layout, watch);
        }
        catch (Exception fault) when (watch.Reason is not null && IsCut(fault))
        {
            var problems = new ProblemList();
            problems.Add(watch.Reason!);
            return (Blocked(problems), problems.All);
        }
    }

    private async Task<(CheckOutcome Outcome, IReadOnlyList<Problem> Problems)> TryAsync(Domain.Access.Access access, string path, string layout, CheckWatch watch)
    {
        var cancel = watch.Token;
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        await db.Connection.ExecuteAsync(
            "INSERT INTO stored_file (sha256, bytes, name, account_id) VALUES (repeat('0', 64), 0, '', $1)", cancel, access.AccountId);
        var submission = await db.Connection.ScalarAsync<int>(
            """
            INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis)
            VALUES ($1, $2, $3, repeat('0', 64), '', '', 'handover') RETURNING id
            """, cancel, access.OrganisationId, access.AccountId ?? 0, access.AccountName);
        var (outcome, _, problems) = await CheckAsync(db.Connection, submission, path, layout, _ => { }, cancel);
        await transaction.RollbackAsync(cancel);
        return (outcome, problems);
    }

    private async Task<(CheckOutcome, Layout?, IReadOnlyList<Problem>)> CheckAsync(
        NpgsqlConnection connection, int submission, string path, string layoutCode, Action<int> progress, CancellationToken cancel)
    {
        await ForgetAsync(connection, submission, cancel);
        var layouts = LayoutFiles.Read(PortalHome.Layouts);
        var file = FileReader.Open(path, cancel: cancel);
        var layout = layouts.FirstOrDefault(known => known.Code == layoutCode)
            ?? (file.Problems.HasBlocker ? null : LayoutFiles.Recognise(file, layouts));
        var outcome = file.Problems.HasBlocker || layout is null
            ? Blocked(file.Problems)
            : await CheckRowsAsync(connection, submission, file, layout, progress, cancel);
        await ProblemRows.WriteAsync(connection, submission, file.Problems.All, cancel);
        return (outcome, layout, file.Problems.All);
    }

    private static async Task ForgetAsync(NpgsqlConnection connection, int submission, CancellationToken cancel)
    {
        await connection.ExecuteAsync("DELETE FROM submission_problem WHERE submission_id = $1", cancel, submission);
        await connection.ExecuteAsync("DELETE FROM submission_row WHERE submission_id = $1", cancel, submission);
    }

    // A statement that is cancelled on the server, or a connection that was broken off for it, is no other fault.
    private static bool IsCut(Exception fault) => fault is OperationCanceledException or NpgsqlException;

    private async Task<CheckOutcome> CheckRowsAsync(
        NpgsqlConnection connection, int submission, IntakeFile file, Layout layout, Action<int> progress, CancellationToken cancel)
    {
        var reference = await IntakeBooksReader.ReadAsync(connection, cancel);
        var check = new RowCheck(layout, reference.Books, reference.Sites.Find, PortalDay.Of(clock), file.Problems);
        var staging = new Staging(connection, submission, reference);
        var outside = await staging.WriteAsync(check.Check(file.Rows(layout.SkipHiddenSheets)), check, progress, cancel);
        if (file.Problems.HasBlocker)
            return Blocked(file.Problems);
        await CompareLimits.RunAsync(connection, layout, check, cancel);
        var (fresh, present, conflicts) = await staging.CompareAsync(cancel);
        check.Cells.LeaveHidden(file.CellsSkipped);
        if (!check.Cells.Agree || check.Cells.Taken != fresh + present + conflicts + outside)
        {
            TellDifference(submission, layout, check, fresh + present + conflicts + outside);
            await ForgetAsync(connection, submission, cancel);
            return Blocked(file.Problems);
        }
        await AddConflictsAsync(connection, submission, file.Problems, cancel);
        var summary = check.Summary;
        var counts = (await connection.ListAsync(
            "SELECT count(DISTINCT site_id)::int, (count(*) FILTER (WHERE censoring = '<'))::int FROM submission_row WHERE submission_id = $1 AND outcome <> 'conflict'",
            row => (Sites: row.GetInt32(0), NonDetects: row.GetInt32(1)), cancel, submission))[0];
        return new(summary.Sheets, summary.Rows, counts.Sites, summary.Samples, fresh + present, fresh, present,
            summary.Refused + outside + conflicts, summary.NotAnalysed, counts.NonDetects,
            file.Problems.All.Count(problem => problem.Severity == Severity.Warning), Blocked: false,
            check.Cells.Seen, check.Cells.LeftOut.ToDictionary(reason => reason.Key.ToString(), reason => reason.Value));
    }

    // A cell has fallen between: the rule of every import is broken, and it is not known which cell.
    private void TellDifference(int submission, Layout layout, RowCheck check, int staged)
    {
        var (cells, leftOut) = (check.Cells, check.Cells.LeftOut.Values.Sum());
        log.LogError("Submission {Submission}, layout {Layout}: {Seen} cells seen, {Taken} taken, {Staged} staged, {Refused} refused, {LeftOut} left out",
            submission, layout.Code, cells.Seen, cells.Taken, staged, cells.Refused, leftOut);
        check.Problems.Add(new(ProblemCode.CountsDiffer, Facts: new Dictionary<string, string>
        {
            ["seen"] = Number(cells.Seen), ["taken"] = Number(staged), ["refused"] = Number(cells.Refused), ["leftout"] = Number(leftOut),
        }));
        static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    // Taken only as a recorded correction: here the cell is refused and both values are named.
    private static async Task AddConflictsAsync(NpgsqlConnection connection, int submission, ProblemList problems, CancellationToken cancel)
    {
        var conflicts = await connection.ListAsync(
            """
            SELECT row.sheet, row.row_number, row.column_letter, row.reported, s.code, row.parameter, stored.reported || ' ' || stored.unit
            FROM submission_row AS row
            JOIN site s ON s.id = row.site_id
            JOIN result AS stored ON stored.successor IS NULL AND stored.withdrawn IS NULL
              AND stored.site_id = row.site_id AND stored.medium = row.medium AND stored.data_group = row.data_group
              AND stored.period_start = row.period_start AND stored.period_end = row.period_end
              AND stored.depth IS NOT DISTINCT FROM row.depth AND stored.tide = row.tide AND stored.type = row.type
              AND stored.replicate = row.replicate AND stored.parameter = row.parameter AND stored.fraction = row.fraction
            WHERE row.submission_id = $1 AND row.outcome = 'conflict'
            ORDER BY row.ordinal
            """,
            row => new Problem(ProblemCode.ValueDiffersFromStored, row.GetString(0).Length == 0 ? null : row.GetString(0), row.GetInt32(1),
                ColumnName.Parse(row.GetString(2)), Value: row.GetString(3), Facts: new Dictionary<string, string>
                {
                    ["site"] = row.GetString(4),
                    ["parameter"] = row.GetString(5),
                    ["stored"] = row.GetString(6),
                }), cancel, submission);
        foreach (var conflict in conflicts)
            problems.Add(conflict);
    }

    private static CheckOutcome Blocked(ProblemList problems) =>
        new([], 0, 0, 0, 0, 0, 0, 0, 0, 0, problems.All.Count(problem => problem.Severity == Severity.Warning), Blocked: true);

    private sealed record Draft(string Sha256, string Layout);
}
