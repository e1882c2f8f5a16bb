using Npgsql;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Takes the results of a submission that was returned or withdrawn out of every reading, in the transaction of that decision; they stay in the history.</summary>
public static class WithdrawResults
{
    /// <returns>How many results left.</returns>
    public static async Task<int> RunAsync(NpgsqlConnection connection, int submission, DateOnly today, CancellationToken cancel)
    {
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancel, StoreResults.WritersLock);
        var gone = await connection.ScalarAsync<int>("SELECT portal_withdraw_results($1)", cancel, submission);
        if (gone == 0)
            return 0;
        var others = await connection.ListAsync(SaidTheSame, row => (Id: row.GetInt32(0), LooksBack: row.GetBoolean(1)), cancel, submission);
        foreach (var (other, _) in others)
            await StoreResults.RunAsync(connection, other, cancel);
        foreach (var touched in others.Where(other => other.LooksBack).Select(other => other.Id).Prepend(submission))
            await new RunAssessment(connection, today).OfSubmissionAsync(touched, cancel);
        return gone;
    }

    // Handed in beside it with the same cells, which were there already then. The reviewed events after those of an accepted one are judged by the province alone.
    private const string SaidTheSame =
        $"""
        SELECT DISTINCT row.submission_id, s.state <> 'accepted' OR session_user = 'quantrac_province' FROM submission_row AS row JOIN submission AS s ON s.id = row.submission_id
        JOIN result AS stored ON stored.submission_id = $1{Staging.SameKey}
        WHERE row.outcome = 'present' AND row.submission_id <> $1 AND (s.state = 'accepted' OR (s.basis = 'statement' AND s.state IN ('submitted', 'under_review')))
        ORDER BY 1
        """;
}
