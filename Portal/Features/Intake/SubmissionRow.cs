using System.Globalization;
using System.Text.Json;
using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>A submission as its use-cases need it, locked for the transaction so that two people cannot decide on it at once.</summary>
internal sealed record SubmissionRow(int Id, string State, string Checking, string Basis, CheckOutcome? Outcome)
{
    public string Subject => Id.ToString(CultureInfo.InvariantCulture);

    public static async Task<SubmissionRow?> LockAsync(NpgsqlConnection connection, int submission, CancellationToken cancel) =>
        (await connection.ListAsync(
            "SELECT s.id, s.state, s.checking, s.basis, paper.summary::text FROM submission s CROSS JOIN portal_submission_paper(s.id) AS paper WHERE s.id = $1 FOR UPDATE OF s",
            row => new SubmissionRow(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3),
                row.IsDBNull(4) ? null : JsonSerializer.Deserialize<CheckOutcome>(row.GetString(4))), cancel, submission)).FirstOrDefault();
}
