using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>How an attempt to take something over from the kept database ended; the page makes the sentence.</summary>
public enum TakeOverResult
{
    /// <summary>Facts: the number that it has now.</summary>
    Submission,

    /// <summary>Handed in, but not as far as it was. Facts: number, why.</summary>
    SubmissionHalf,

    /// <summary>The decision was made again. Facts: number, state.</summary>
    Decision,

    /// <summary>Attached again. Facts: number of the document.</summary>
    Duty,

    /// <summary>Asked again. Facts: how many notes were not taken over.</summary>
    Desk,

    /// <summary>Facts: campaign.</summary>
    Release,

    /// <summary>Made again; the one-time password is shown once and kept nowhere. Facts: account.</summary>
    Account,

    /// <summary>What it would make is there already.</summary>
    Already,

    /// <summary>Whoever did it has no account now. Facts: account.</summary>
    AccountGone,

    /// <summary>It was locked or its person had left: it is not made again. Facts: account.</summary>
    AccountWasClosed,

    /// <summary>The file is not in the store. Facts: file.</summary>
    FileGone,

    /// <summary>What it belongs to is not there. Facts: what.</summary>
    BelongsToNothing,

    /// <summary>Its own rules refuse it now. Facts: the reason's code.</summary>
    Refused,

    /// <summary>Nobody but a person can do it again.</summary>
    ByHand,

    /// <summary>The kept database is not there any more. Facts: database.</summary>
    KeptGone,

    /// <summary>Somebody is at it now, or it is closed.</summary>
    NotOpen,
}

/// <summary>What came of it.</summary>
/// <param name="Secret">A one-time password, to be handed over now.</param>
public sealed record TakeOverOutcome(TakeOverResult Result, IReadOnlyList<string> Facts, string? Secret = null)
{
    /// <summary>Whether it is in the data now.</summary>
    public bool Done => Result is <= TakeOverResult.Already;

    internal static TakeOverOutcome Of(TakeOverResult result, params string[] facts) => new(result, facts);
}

/// <summary>Takes over what only the kept database has: made again through its own use-case, as whoever did it, so that every rule of today holds. A second try does
/// nothing twice.</summary>
public sealed class TakeOver(BackupSettings settings, PortalDatabase database, TakeOverSubmission submissions, TakeOverPaper papers, TakeOverAccount accounts)
{
    public async Task<TakeOverOutcome> RunAsync(Domain.Access.Access access, int id, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        // One at a time for each, on whatever node; the lock ends with the transaction.
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        var found = await db.Connection.ListAsync(
            """
            SELECT id, kept, kind, key, at, who, organisation, facts, state, outcome, settled_at, settled_by FROM restore_leftover
            WHERE id = $1 AND state = 'open' FOR UPDATE SKIP LOCKED
            """, Leftovers.Read, cancel, id);
        if (found is not [var leftover])
            return TakeOverOutcome.Of(TakeOverResult.NotOpen);
        var outcome = await TryAsync(access, leftover, cancel);
        await db.Connection.ExecuteAsync(
            """
            UPDATE restore_leftover SET outcome = $2, state = CASE WHEN $3 THEN 'taken' ELSE 'open' END, settled_at = CASE WHEN $3 THEN clock_timestamp() END,
                settled_by = CASE WHEN $3 THEN $4 ELSE '' END WHERE id = $1
            """, cancel, id, string.Join('\n', [outcome.Result.ToString(), .. outcome.Facts]), outcome.Done, access.AccountName);
        if (outcome.Done)
            await WriteAudit.AsAsync(db.Connection, access, "leftover-taken", $"{id}", new { leftover.Kind, leftover.Kept, leftover.Facts, result = outcome.Result.ToString(), outcome = outcome.Facts });
        await transaction.CommitAsync(cancel);
        return outcome;
    }

    private async Task<TakeOverOutcome> TryAsync(Domain.Access.Access access, Leftover leftover, CancellationToken cancel)
    {
        if (RestoreActs.IsByHand(leftover.Kind, access))
            return TakeOverOutcome.Of(TakeOverResult.ByHand);
        if (await KeptAsync(leftover.Kept, cancel) is not { } kept)
            return TakeOverOutcome.Of(TakeOverResult.KeptGone, leftover.Kept);
        await using (kept)
        {
            try
            {
                return leftover.Kind switch
                {
                    "submission" => await submissions.AgainAsync(kept, leftover, cancel),
                    "decision" => await submissions.DecideAsync(kept, leftover, cancel),
                    "duty" => await papers.DutyAsync(kept, leftover, cancel),
                    "desk" => await papers.DeskAsync(kept, leftover, cancel),
                    "release" => await papers.ReleaseAsync(leftover, cancel),
                    _ => await accounts.GrantAsync(access, kept, leftover, cancel),
                };
            }
            catch (NotAllowedException e)
            {
                return TakeOverOutcome.Of(TakeOverResult.Refused, e.Capability.ToString());
            }
            catch (FileRefusedException e)
            {
                return TakeOverOutcome.Of(TakeOverResult.Refused, RefusedFile.Sentence(e, CultureInfo.CurrentUICulture).TrimEnd('.'));
            }
        }
    }

    private async Task<NpgsqlConnection?> KeptAsync(string name, CancellationToken cancel)
    {
        var copies = settings.Copies;
        return await copies.IsThereAsync(name, cancel) ? await copies.OpenAsync(name, DatabaseRole.Backup, cancel) : null;
    }
}
