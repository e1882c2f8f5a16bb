using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>What judging anew came to.</summary>
/// <param name="Kept">False: a trial, or verdicts would become looser, which one administrator does not decide alone.</param>
public sealed record Reassessment(IReadOnlyList<VerdictChange> Changes, bool Kept)
{
    /// <summary>How many verdicts would become looser.</summary>
    public int Looser => Changes.Where(change => change.IsLooser).Sum(change => change.Results);
}

/// <summary>Judges every result anew after standards or the engine changed: first as a trial that shows the difference, then for good. Where a verdict becomes looser two
/// administrators do it together: one asks, having seen the difference, another one confirms.</summary>
public sealed class ReassessResults(PortalDatabase database, AskSecondWord ask, TimeProvider clock) : IConfirmedAct
{
    private const string Kind = "reassess";

    IReadOnlyCollection<string> IConfirmedAct.Kinds => [Kind];

    /// <param name="trial">True: nothing is kept.</param>
    public async Task<Reassessment> RunAsync(Domain.Access.Access access, bool trial, CancellationToken cancel)
    {
        access.Demand(Capability.LoadReference);
        // The machine judges by the calendar alone: what begins today was loaded and looked at before.
        return (await JudgeAsync(access, trial, alone: access.AccountId is not null, basis: null, cancel))!;
    }

    /// <summary>Whether findings stand that an older engine or older reference data made.</summary>
    public async Task<bool> IsDueAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.LoadReference);
        await using var db = await database.OpenAsync(access, cancel);
        return await AssessmentState.IsDueAsync(db.Connection, cancel);
    }

    /// <summary>Asks for a second word on what a trial shows; where nothing becomes looser it is done at once.</summary>
    public async Task<(Reassessment Shown, WordProblem? Problem)> AskAsync(Domain.Access.Access access, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.LoadReference);
        var basis = await BasisAsync(access, cancel);
        var shown = (await JudgeAsync(access, trial: false, alone: true, basis: null, cancel))!;
        if (shown.Kept)
            return (shown, null);
        var changed = shown.Changes.Sum(change => change.Results);
        return (shown, await ask.RunAsync(access, new(Kind, null, $"{shown.Looser}/{changed}", reason, new { basis, looser = shown.Looser, changed }), cancel));
    }

    // Too long for the transaction of the word, and by the login of the data. What is confirmed must be what was shown.
    Task<ActOutcome> IConfirmedAct.CarryOutAsync(NpgsqlConnection system, Domain.Access.Access by, AskedWord word, CancellationToken cancel) => Task.FromResult(new ActOutcome
    {
        Then = async stop => await JudgeAsync(by, trial: false, alone: false, basis: (string?)word.Facts["basis"], stop) is null ? "BasisChanged" : null,
    });

    private async Task<Reassessment?> JudgeAsync(Domain.Access.Access access, bool trial, bool alone, string? basis, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        if (basis is not null && basis != await AssessmentState.BasisAsync(db.Connection, cancel))
            return null;
        var result = new Reassessment(await new RunAssessment(db.Connection, PortalDay.Of(clock)).OfEverythingAsync(cancel), Kept: false);
        if (trial || (alone && result.Looser > 0))
            return result;
        await WriteAudit.AsAsync(db.Connection, access, "reassessed", "", new { changed = result.Changes.Sum(change => change.Results), looser = result.Looser });
        await transaction.CommitAsync(cancel);
        return result with { Kept = true };
    }

    private async Task<string> BasisAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        return await AssessmentState.BasisAsync(db.Connection, cancel);
    }
}
