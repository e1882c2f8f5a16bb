using Microsoft.AspNetCore.Identity;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Drains the queue of files, one at a time, each with the access of the account that handed it in. The row stays locked while
/// it is worked on: a killed worker's file is free again at once, and no two nodes take the same.</summary>
public sealed class IntakeWorker(PortalDatabase database, IServiceScopeFactory scopes, IntakeSignal signal, Maintenance maintenance, ILogger<IntakeWorker> log)
    : BackgroundService
{
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // What it stored while data are restored would stay behind in the old database.
                await maintenance.WhenOpen.WaitAsync(stoppingToken);
                if (!await TakeInTurnAsync(stoppingToken))
                    await signal.WaitAsync(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (maintenance.IsOn && fault is NpgsqlException or OperationCanceledException)
            {
                // Broken off by a restore: the file stays in the queue.
            }
            catch (NpgsqlException fault)
            {
                log.LogError(fault, "The queue cannot be read; trying again.");
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private async Task<bool> TakeInTurnAsync(CancellationToken stopping)
    {
        using var work = maintenance.TryWork();
        if (work is null)
            return true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, maintenance.Closing);
        return await TakeOneAsync(stop.Token);
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
        try
        {
            await scope.ServiceProvider.GetRequiredService<CheckSubmission>().RunAsync(access, submission, cancel);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The check of submission {Submission} failed at attempt {Attempt}.", submission, attempt);
            if (attempt >= Attempts)
            {
                await using var db = await database.OpenAsync(access, cancel);
                await db.Connection.ExecuteAsync("UPDATE submission SET checking = 'failed' WHERE id = $1", cancel, submission);
            }
            return false;
        }
    }
}
