using System.Globalization;
using System.Text.Json;
using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>A submission as its use-cases need it, locked for the transaction so that two people cannot decide on it at once.</summary>
/// <param name="AccountId">Who handed the file in.</param>
/// <param name="SubmittedBy">Who sent it; null while nobody did, and for what was sent before this was kept.</param>
internal sealed record SubmissionRow(int Id, string State, string Checking, string Basis, CheckOutcome? Outcome, int AccountId, int? SubmittedBy)
{
    public string Subject => Id.ToString(CultureInfo.InvariantCulture);

    public bool AwaitsReview => State is "submitted" or "under_review";

    public static async Task<SubmissionRow?> LockAsync(NpgsqlConnection connection, int submission, CancellationToken cancel) =>
        (await connection.ListAsync(
            """
            SELECT s.id, s.state, s.checking, s.basis, paper.summary::text, s.account_id, s.submitted_by
            FROM submission s CROSS JOIN portal_submission_paper(s.id) AS paper WHERE s.id = $1 FOR UPDATE OF s
            """,
            row => new SubmissionRow(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3),
                row.IsDBNull(4) ? null : JsonSerializer.Deserialize<CheckOutcome>(row.GetString(4)), row.GetInt32(5), row.IsDBNull(6) ? null : row.GetInt32(6)),
            cancel, submission)).FirstOrDefault();
}
