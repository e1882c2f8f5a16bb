using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;
using Npgsql;

namespace QuanTrac.Portal.Tests.Features.Intake;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>Whoever handed in never accepts: not on the page, not at the console, not by raw SQL. And a decision stands.</summary>
public sealed class FourEyesTests(LifeProvince province) : IClassFixture<LifeProvince>
{
    private const string ByRawSql = "UPDATE submission SET state = 'accepted', decided_at = now(), decided_by = 'reviewer' WHERE id = ";

    [Fact]
    public async Task Accept_ByWhoeverHandedIn_IsRefusedAndByAnotherDone()
    {
        var submission = await province.SubmitAsync("manager", ("T-CO-1", "2025-01-11", "TSS", "10"));

        Assert.Equal(SubmissionProblemCode.HandedInByOneself, await province.AcceptAsync("manager", submission));
        Assert.Equal("submitted", await StateAsync(submission));
        Assert.Null(await province.AcceptAsync("reviewer", submission));
        Assert.Equal((province["manager"].AccountId, province["reviewer"].AccountId), (await NumberAsync(submission, "submitted_by"), await NumberAsync(submission, "decided_by_id")));
    }

    // One uploads, a colleague sends: neither is the second person.
    [Fact]
    public async Task Accept_ByWhoeverSentTheDraftOfAColleague_IsRefused()
    {
        var (submission, _) = await province.CheckAsync("manager", ("T-CO-1", "2025-01-12", "TSS", "10"));
        Assert.Null(await province.SubmitAsync("reviewer", submission));

        Assert.Equal(SubmissionProblemCode.HandedInByOneself, await province.AcceptAsync("manager", submission));
        Assert.Equal(SubmissionProblemCode.HandedInByOneself, await province.AcceptAsync("reviewer", submission));
        Assert.Null(await province.AcceptAsync("centre", submission));
    }

    [Theory]
    [InlineData(null, UsageFault.ReviewerMissing)]
    [InlineData("manager", UsageFault.ReviewerMissing)]
    [InlineData("nobody", UsageFault.AccountUnknown)]
    public async Task Import_AcceptedByNobodyElse_IsRefusedBeforeAnythingIsHandedIn(string? reviewer, UsageFault fault) => Assert.Equal(fault, (await Assert.ThrowsAsync<UsageException>(
        () => province.Portal.WithAsync<IServiceProvider, Access>(portal => Import.ReviewerAsync(portal, province["manager"], reviewer, default)))).Fault);

    [Fact]
    public async Task Import_ReviewedByAnAccountThatMayNot_IsRefused()
    {
        await Assert.ThrowsAsync<NotAllowedException>(() => province.Portal.WithAsync<IServiceProvider, Access>(portal => Import.ReviewerAsync(portal, province["manager"], "company", default)));
        Assert.Equal("reviewer", (await province.Portal.WithAsync<IServiceProvider, Access>(portal => Import.ReviewerAsync(portal, province["manager"], "reviewer", default))).AccountName);
    }

    [Theory]
    [InlineData("manager", "QT003")]
    [InlineData("reviewer", null)]
    public async Task Accept_ByRawSql_IsRefusedToWhoeverHandedIn(string account, string? state)
    {
        var submission = await province.SubmitAsync("manager", ("T-CO-1", account == "manager" ? "2025-01-13" : "2025-01-14", "TSS", "10"));

        Assert.Equal(state, await RefusalAsync(province[account], ByRawSql + submission));
    }

    [Fact]
    public async Task Accept_ByRawSqlOfNobodyOrTheOwner_IsRefused()
    {
        var submission = await province.SubmitAsync("manager", ("T-CO-1", "2025-01-15", "TSS", "10"));

        Assert.Equal("QT003", await RefusalAsync(CommandContext.Console, ByRawSql + submission));
        await using var owner = await province.Portal.Database.OpenAsync(DatabaseRole.Owner);
        Assert.Equal("QT003", (await Assert.ThrowsAsync<PostgresException>(() => owner.ExecuteAsync(ByRawSql + submission, default))).SqlState);
        // Nor by beginning at the end, nor by making it another's first.
        Assert.Equal("42501", await RefusalAsync(province["manager"],
            "INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis, state) SELECT organisation_id, 1, '', file_sha256, '', '', basis, 'accepted' FROM submission LIMIT 1"));
        Assert.Equal("42501", await RefusalAsync(province["manager"], $"UPDATE submission SET account_id = 999 WHERE id = {submission}"));
    }

    [Theory]
    [InlineData("returned")]
    [InlineData("withdrawn")]
    public async Task Decision_UndoneByRawSql_IsRefusedToEveryLogin(string decision)
    {
        var submission = await province.SubmitAsync("company", ("T-CO-1", decision == "returned" ? "2025-01-16" : "2025-01-17", "TSS", "10"));
        Assert.Null(await (decision == "returned" ? province.ReturnAsync("manager", submission) : province.WithdrawAsync("company", submission)));

        foreach (var account in new[] { "company", "manager" })
        {
            Assert.Equal("QT002", await RefusalAsync(province[account], $"UPDATE submission SET state = 'submitted' WHERE id = {submission}"));
            Assert.Equal("42501", await RefusalAsync(province[account], $"UPDATE result SET withdrawn = NULL WHERE submission_id = {submission}"));
        }
        Assert.Equal("QT001", await RefusalAsync(null, $"UPDATE result SET withdrawn = NULL WHERE submission_id = {submission}"));
        Assert.Equal("QT001", await RefusalAsync(null, $"UPDATE result SET withdrawn = now() WHERE submission_id = {submission}"));
    }

    [Fact]
    public async Task Withdraw_ByRawSql_OfWhatStandsOrIsAnothers_IsRefused()
    {
        var accepted = await province.SubmitAsync("company", ("T-CO-1", "2025-01-18", "TSS", "10"));
        Assert.Null(await province.AcceptAsync("manager", accepted));
        var others = await province.SubmitAsync("other", ("T-OTHER-1", "2025-01-18", "TSS", "10"));
        Assert.Null(await province.WithdrawAsync("other", others));

        Assert.Equal("42501", await RefusalAsync(province["company"], $"SELECT portal_withdraw_results({accepted})"));
        Assert.Equal("42501", await RefusalAsync(province["manager"], $"SELECT portal_withdraw_results({accepted})"));
        Assert.Equal("42501", await RefusalAsync(province["company"], $"SELECT portal_withdraw_results({others})"));
        Assert.Equal("42501", await RefusalAsync(province["company"], $"UPDATE result SET withdrawn = now() WHERE submission_id = {accepted}"));
        Assert.Equal("42501", await RefusalAsync(province["company"], $"SELECT portal_tell_of_submission({others}, now())"));
    }

    [Theory]
    [InlineData("parent")]
    [InlineData("commune")]
    [InlineData("other")]
    public async Task Withdraw_ByAnother_ChangesNothing(string account)
    {
        var submission = await province.SubmitAsync("company", ("T-CO-1", $"2025-02-{10 + account.Length}", "TSS", "10"));
        // To a parent it is there to be read, and to nobody of them to be written.
        Assert.Equal(SubmissionProblemCode.NotThere, await province.WithdrawAsync(account, submission));
        Assert.Equal("submitted", await StateAsync(submission));
        Assert.Equal(1L, await province.ReadAsync($"SELECT count(*) FROM result WHERE submission_id = {submission} AND withdrawn IS NULL"));
    }

    private async Task<string?> RefusalAsync(Access? access, string sql)
    {
        try
        {
            if (access is null)
            {
                await using var owner = await province.Portal.Database.OpenAsync(DatabaseRole.Owner);
                await owner.ExecuteAsync(sql, default);
            }
            else
            {
                await using var db = await province.Portal.OpenAsync(access);
                await using var transaction = await db.Connection.BeginTransactionAsync();
                await db.Connection.ExecuteAsync(sql, default);
            }
            return null;
        }
        catch (PostgresException refusal)
        {
            return refusal.SqlState;
        }
    }

    private async Task<string?> StateAsync(int submission) => (string?)await province.ReadAsync($"SELECT state FROM submission WHERE id = {submission}");

    private async Task<int?> NumberAsync(int submission, string column) => (int?)await province.ReadAsync($"SELECT {column} FROM submission WHERE id = {submission}");
}
