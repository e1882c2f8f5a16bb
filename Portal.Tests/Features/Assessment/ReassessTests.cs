using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Features.SecondWord;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Assessment;

/// <summary>A limit is corrected after results were judged by it.</summary>
public sealed class ReassessTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>, IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Run_CorrectedLimit_ShowsTheDifferenceBeforeItTakesEffect()
    {
        var admin = await portal.AccountAsync("reassessor", Role.Admin, "TTCNTT");
        await portal.ImportAsync(portal.Manager, AgencySheet.WithEveryOddity().Write(Path.Combine(folder.Path, "sheet.xlsx")));
        var before = await VerdictsAsync();
        await using (var owner = await portal.Database.OpenAsync(DatabaseRole.Owner))
        {
            // Every number is now above the limit of ammonium; nothing else changes.
            await owner.ExecuteAsync(
                "UPDATE standard_limit SET upper = 0.000001, canonical_upper = 0.000001 WHERE standard = 'QCVN 10:2023/BTNMT' AND parameter = 'N-NH4'", default);
        }

        var trial = await RunAsync(admin, trial: true);

        Assert.NotEmpty(trial);
        // Numbers exceed now, values below detection can no longer be judged.
        Assert.All(trial, change => Assert.True(change is { Parameter: "N-NH4", Before: "within", After: "exceeds" or "cannot judge" }));
        Assert.Equal(before, await VerdictsAsync());
        Assert.Equal(trial, await RunAsync(admin, trial: false));
        Assert.Equal(before + trial.Where(change => change is { View: "today", After: "exceeds" }).Sum(change => change.Results), await VerdictsAsync());
        Assert.Empty(await RunAsync(admin, trial: true));

        // And back: verdicts become looser, which one administrator does not decide, nor whoever asked.
        var second = await portal.AccountAsync("second-reassessor", Role.Admin, "TTCNTT");
        var strict = await VerdictsAsync();
        await portal.Database.ExecuteAsync(
            "UPDATE standard_limit SET upper = 1000, canonical_upper = 1000 WHERE standard = 'QCVN 10:2023/BTNMT' AND parameter = 'N-NH4'");
        var alone = await portal.WithAsync<ReassessResults, Reassessment>(reassess => reassess.RunAsync(admin, false, default));
        Assert.False(alone.Kept);
        Assert.InRange(alone.Looser, 1, 1000);
        Assert.Equal(strict, await VerdictsAsync());
        Assert.Null((await portal.WithAsync<ReassessResults, (Reassessment Shown, WordProblem? Problem)>(reassess => reassess.AskAsync(admin, "Giới hạn được đính chính", default))).Problem);
        // Other reference data came in after it was shown: what is confirmed would be something else.
        await portal.Database.ExecuteAsync("INSERT INTO reference_load (hash, loaded_at) VALUES ('another', now() + interval '1 day')");
        Assert.Equal(new WordOutcome(null, "BasisChanged"), await ConfirmAsync(second, await WordAsync()));
        Assert.Equal(strict, await VerdictsAsync());
        await portal.Database.ExecuteAsync("DELETE FROM reference_load WHERE hash = 'another'");
        Assert.Null((await portal.WithAsync<ReassessResults, (Reassessment Shown, WordProblem? Problem)>(reassess => reassess.AskAsync(admin, "Giới hạn được đính chính", default))).Problem);
        var word = await WordAsync();
        Assert.Equal(WordProblem.Own, (await ConfirmAsync(admin, word)).Problem);
        Assert.Equal(strict, await VerdictsAsync());
        Assert.Equal(new WordOutcome(null), await ConfirmAsync(second, word));
        Assert.NotEqual(strict, await VerdictsAsync());
        Assert.Empty(await RunAsync(admin, trial: true));
    }

    private async Task<int> WordAsync() => (int)(await portal.Database.ReadAsync(DatabaseRole.Owner, "SELECT max(id) FROM second_word WHERE kind = 'reassess'"))!;

    private Task<WordOutcome> ConfirmAsync(QuanTrac.Portal.Domain.Access.Access by, int word) =>
        portal.WithAsync<ConfirmSecondWord, WordOutcome>(confirm => confirm.RunAsync(by, word, default));

    [Fact]
    public async Task Run_WhoMayNotLoadReferenceData_IsRefused() =>
        await Assert.ThrowsAsync<NotAllowedException>(() => RunAsync(portal.Manager, trial: true));

    [Fact]
    public async Task Run_WhileItIsNotCommitted_LetsNobodyElseStoreOrJudge()
    {
        await using var judging = await portal.OpenAsync(portal.Manager);
        await using var transaction = await judging.Connection.BeginTransactionAsync();
        await new RunAssessment(judging.Connection, new DateOnly(2026, 11, 30)).OfEverythingAsync(default);
        await using var accepting = await portal.OpenAsync(portal.Manager);
        Assert.False(await accepting.Connection.ScalarAsync<bool>("SELECT pg_try_advisory_lock(2620229001)", default));
    }

    private Task<IReadOnlyList<VerdictChange>> RunAsync(QuanTrac.Portal.Domain.Access.Access access, bool trial) =>
        portal.WithAsync<ReassessResults, IReadOnlyList<VerdictChange>>(async reassess => (await reassess.RunAsync(access, trial, default)).Changes);

    private async Task<int> VerdictsAsync()
    {
        await using var db = await portal.OpenAsync(portal.Manager);
        return await db.Connection.ScalarAsync<int>("SELECT count(*)::int FROM finding WHERE view = 'today' AND governs AND verdict = 'exceeds'", default);
    }
}
