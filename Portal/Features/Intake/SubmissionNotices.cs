using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Tells of what became of a submission, in the transaction of the act: who is to be told, and what each may know of it, the database says
/// (<c>portal_tell_of_submission</c>).</summary>
internal static class SubmissionNotices
{
    /// <returns>How many accounts were told.</returns>
    public static Task<int> RunAsync(NpgsqlConnection connection, int submission, TimeProvider clock, CancellationToken cancel) =>
        connection.ScalarAsync<int>("SELECT portal_tell_of_submission($1, $2)", cancel, submission, clock.GetUtcNow());
}
