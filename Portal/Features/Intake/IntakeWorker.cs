using Microsoft.AspNetCore.Identity;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Drains the queue of files, one at a time, each with the access of the account that handed it in. The row stays locked while
/// it is worked on: a killed worker's file is free again at once, and no two nodes take the same.</summary>
public sealed class IntakeWorker(PortalDatabase database, IServiceScopeFactory scopes, IntakeSignal signal, Maintenance maintenance, DatabaseAbsence absence, ILogger<IntakeWorker> log)
    : BackgroundService
{
    private const int Attempts = 3;

    // A file that ended the portal or its database each time is not tried for ever.
    private const int AttemptsOfAll = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => absence.RepeatAsync(async cancel =>
    {
        // What it stored while data are restored would stay behind in the old database.
        await maintenance.WhenOpen.WaitAsync(cancel);
        if (!await TakeInTurnAsync(cancel))
            await signal.WaitAsync(Pause, cancel);
    }, Pause, log, stoppingToken);

    private async Task<bool> TakeInTurnAsync(CancellationToken stopping)
    {
        using var work = maintenance.TryWork();
        if (work is null)
            return true;
        var closing = maintenance.Closing;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, closing);
        try
        {
            return await TakeOneAsync(stop.Token);
        }
        catch (Exception fault) when (closing.IsCancellationRequested && fault is NpgsqlException or OperationCanceledException)
        {
            // Broken off by a restore: the file stays in the queue.
            return true;
        }
    }

    /// <summary>Checks the next file of the queue; false where there is none. Organisations take turns: the database gives each file its turn.</summary>
    public async Task<bool> TakeOneAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        // Counted before the work and on its own, so that a file that kills the worker does not come back for ever.
        var next = (await connection.ListAsync(
            """
            UPDATE intake_queue SET attempts = attempts + 1
            WHERE submission_id = (SELECT submission_id FROM intake_queue ORDER BY turn, queued_at, submission_id FOR UPDATE SKIP LOCKED LIMIT 1)
            RETURNING submission_id, account_id, attempts
            """, row => (Submission: row.GetInt32(0), Account: row.GetInt32(1), Attempt: row.GetInt32(2)), cancel)).FirstOrDefault();
        if (next.Submission == 0)
            return false;
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await connection.ScalarAsync<int>(
            "SELECT submission_id FROM intake_queue WHERE submission_id = $1 FOR UPDATE SKIP LOCKED", cancel, next.Submission) == 0)
            return true;
        var done = await WorkAsync(next.Submission, next.Account, next.Attempt, cancel);
        if (done || next.Attempt >= Attempts)
            await connection.ExecuteAsync("DELETE FROM intake_queue WHERE submission_id = $1", cancel, next.Submission);
        await transaction.CommitAsync(cancel);
        signal.Forget(next.Submission);
        return true;
    }

    private async Task<bool> WorkAsync(int submission, int accountId, int attempt, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var account = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>()
            .FindByIdAsync(accountId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (account is null)
            return true;
        var access = await AccountAccess.OfAsync(database, account, cancel);
        if (attempt > AttemptsOfAll)
        {
            await GiveUpAsync(access, submission, cancel);
            return true;
        }
        try
        {
            await scope.ServiceProvider.GetRequiredService<CheckSubmission>().RunAsync(access, submission, cancel);
            return true;
        }
        // A database that goes away is no fault of the file: it is checked again when the database is back.
        catch (Exception fault) when (fault is not OperationCanceledException && !absence.Report(fault))
        {
            log.LogError(fault, "The check of submission {Submission} failed at attempt {Attempt}.", submission, attempt);
            if (attempt >= Attempts)
                await GiveUpAsync(access, submission, cancel);
            return false;
        }
    }

    private async Task GiveUpAsync(Domain.Access.Access access, int submission, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        await db.Connection.ExecuteAsync("UPDATE submission SET checking = 'failed' WHERE id = $1", cancel, submission);
    }
}
