using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Why it was not reset.</summary>
public enum ResetProblem
{
    UnknownAccount,
    ReasonMissing,

    /// <summary>One's own is changed on one's own page, with the password.</summary>
    OwnAccount,

    /// <summary>Of an account whose word counts: asked, and waits for a second administrator.</summary>
    WaitsForSecond,

    /// <summary>The same is asked already.</summary>
    AlreadyAsked,

    /// <summary>Whoever asks was granted or reset so short a time ago that they have no say.</summary>
    NoWord,
}

/// <summary>Takes the second step and every other door off an account whose person lost the device; an administrator sets it up anew at the next sign-in. Of an account whose
/// word counts two administrators do it together; whoever has the machine alone.</summary>
public sealed class ResetSecondStep(PortalDatabase database, AskSecondWord ask, SecondWordNotices notices, TimeProvider clock) : IConfirmedAct
{
    private const string Kind = "second-step-reset";

    IReadOnlyCollection<string> IConfirmedAct.Kinds => [Kind];

    /// <summary>Null where it was reset.</summary>
    public async Task<ResetProblem?> RunAsync(Domain.Access.Access access, string name, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        if (string.IsNullOrWhiteSpace(reason))
            return ResetProblem.ReasonMissing;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var (id, known, hasSay) = (await system.ListAsync(
            "SELECT id, user_name, portal_has_say(role, organisation_code) FROM account WHERE normalized_user_name = $1 FOR UPDATE",
            row => (row.GetInt32(0), row.GetString(1), row.GetBoolean(2)), cancel, name.Trim().ToUpperInvariant())).FirstOrDefault();
        if (id == 0)
            return ResetProblem.UnknownAccount;
        if (id == access.AccountId)
            return ResetProblem.OwnAccount;
        if (hasSay && access.AccountId is not null)
        {
            await transaction.RollbackAsync(cancel);
            return await ask.RunAsync(access, new(Kind, id, known, reason), cancel) switch
            {
                null => ResetProblem.WaitsForSecond,
                WordProblem.AlreadyAsked => ResetProblem.AlreadyAsked,
                WordProblem.ReasonMissing or WordProblem.TooLong => ResetProblem.ReasonMissing,
                _ => ResetProblem.NoWord,
            };
        }
        await ResetAsync(system, access, id, known, reason.Trim(), cancel);
        await transaction.CommitAsync(cancel);
        await notices.DoneAloneAsync(Kind, id, known, hasSay, access, cancel);
        return null;
    }

    async Task<ActOutcome> IConfirmedAct.CarryOutAsync(NpgsqlConnection system, Domain.Access.Access by, AskedWord word, CancellationToken cancel)
    {
        await ResetAsync(system, by, word.Account!.Value, word.Subject, word.Reason, cancel);
        return new();
    }

    private async Task ResetAsync(NpgsqlConnection system, Domain.Access.Access by, int id, string name, string reason, CancellationToken cancel)
    {
        await SecondStep.RemoveAsync(system, id, cancel);
        await AccountDoors.CloseAsync(system, id, by.AccountName, reason, clock.GetUtcNow(), cancel);
        await WriteAudit.AsAsync(system, by, "second-step-reset", name, new { account = id, reason });
    }
}
