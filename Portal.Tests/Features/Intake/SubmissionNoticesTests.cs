using System.Globalization;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Tests.Features.Intake;

/// <summary>Each act on a submission × each account: who is told, and of how much.</summary>
public sealed class SubmissionNoticesTests(LifeProvince province) : IClassFixture<LifeProvince>
{
    private const string Bodies = "commune company company-b manager reviewer";

    // Who hands in, what became of it by whom; then who is told that it waits, of the decision, and that a limit is exceeded.
    public static TheoryData<string, string, string, string, string, string> Acts => new()
    {
        { "company", "accepted", "manager", "centre manager reviewer", "company company-b", Bodies },
        { "company", "returned", "reviewer", "centre manager reviewer", "company company-b", Bodies },
        { "company", "withdrawn", "company-b", "centre manager reviewer", "", Bodies },
        // Who handed in is not asked to accept it, and who decided is not told of it; before somebody accepts nothing is on the map.
        { "manager", "accepted", "reviewer", "centre reviewer", "manager", Bodies },
        { "manager", "returned", "centre", "centre reviewer", "manager reviewer", "" },
        { "manager", "withdrawn", "manager", "centre reviewer", "", "" },
    };

    [Theory, MemberData(nameof(Acts))]
    public async Task Act_OnASubmission_TellsExactlyWhomItConcerns(string sender, string decision, string decider, string waiting, string decided, string exceeded)
    {
        var day = string.Create(CultureInfo.InvariantCulture, $"2024-{1 + Acts.ToList().FindIndex(row => (row.Data.Item1, row.Data.Item2) == (sender, decision)):00}-15");
        var submission = await province.SubmitAsync(sender, ("T-CO-1", day, "TSS", "60"), ("T-CO-2", day, "TSS", "10"));
        var problem = decision switch
        {
            "accepted" => await province.AcceptAsync(decider, submission),
            "returned" => await province.ReturnAsync(decider, submission, "Thiếu biên bản"),
            _ => await province.WithdrawAsync(decider, submission),
        };
        Assert.Null(problem);

        Assert.Equal(waiting, string.Join(' ', await province.ToldAsync(submission, "submitted")));
        Assert.Equal(decided, string.Join(' ', await province.ToldAsync(submission, decision)));
        Assert.Equal(exceeded, string.Join(' ', await province.ToldAsync(submission, "exceeded")));
        // Nobody hears of anything else.
        Assert.Equal((long)$"{waiting} {decided} {exceeded}".Split(' ', StringSplitOptions.RemoveEmptyEntries).Length,
            await province.ReadAsync($"SELECT count(*) FROM notice WHERE key LIKE 'submission:{submission}:%'"));
        // It waits for nobody any more; what was said of results that are gone is taken back.
        Assert.Equal(0L, await province.ReadAsync($"SELECT count(*) FROM notice WHERE key = 'submission:{submission}:submitted' AND read_at IS NULL"));
        Assert.Equal(exceeded.Length > 0 ? [decision == "accepted" ? "Submission.exceeded" : "Submission.exceededGone"] : [],
            await province.ListAsync($"SELECT DISTINCT kind FROM notice WHERE key = 'submission:{submission}:exceeded' AND read_at IS NULL"));
        if (decision == "returned")
            Assert.Contains("lý do: Thiếu biên bản", await SentenceAsync(submission, "returned", decided.Split(' ')[0]), StringComparison.Ordinal);
    }

    // A file of many owners: each is told of their own outlets alone.
    [Fact]
    public async Task Exceeded_InAFileOfManyOwners_IsCountedForEachOverWhatTheySee()
    {
        const string day = "2024-08-08";
        var submission = await province.SubmitAsync("manager", ("T-CO-1", day, "TSS", "60"), ("T-CO-2", day, "TSS", "500"), ("T-OTHER-1", day, "TSS", "70"));
        Assert.Null(await province.AcceptAsync("reviewer", submission));

        Assert.Equal(
            ["commune 3 3 T-CO-2", "company 2 2 T-CO-2", "company-b 2 2 T-CO-2", "manager 3 3 T-CO-2", "other 1 1 T-OTHER-1", "reviewer 3 3 T-CO-2"],
            await province.ListAsync($"""
                SELECT concat_ws(' ', a.user_name, facts[2], facts[3], facts[4]) FROM notice n JOIN account a ON a.id = n.account_id WHERE n.key = 'submission:{submission}:exceeded' ORDER BY 1
                """));
        Assert.Equal($"Số liệu mới do {await NameAsync()} nộp có 1 kết quả vượt giới hạn tại 1 điểm quan trắc, cao nhất ở điểm T-OTHER-1",
            await SentenceAsync(submission, "exceeded", "other"));
        Assert.Equal(["/?site=T-OTHER-1&campaign=T-C-2024-08"], await province.ListAsync(
            $"SELECT address FROM notice n JOIN account a ON a.id = n.account_id WHERE n.key = 'submission:{submission}:exceeded' AND a.user_name = 'other'"));
    }

    // Told when it was submitted, and not again when it is accepted; a refused act tells nobody.
    [Fact]
    public async Task Exceeded_OfAStatement_IsToldOnceAndARefusedActTellsNobody()
    {
        var submission = await province.SubmitAsync("company", ("T-CO-1", "2024-09-09", "TSS", "60"));
        var before = await province.ReadAsync($"SELECT count(*) FROM notice WHERE key = 'submission:{submission}:exceeded'");
        Assert.NotNull(await province.AcceptAsync("manager", 0));
        Assert.Null(await province.AcceptAsync("manager", submission));
        Assert.NotNull(await province.ReturnAsync("reviewer", submission));
        Assert.Equal(before, await province.ReadAsync($"SELECT count(*) FROM notice WHERE key = 'submission:{submission}:exceeded'"));
        Assert.Empty(await province.ToldAsync(submission, "returned"));
    }

    // A closed account hears nothing, a letter goes to who wants each.
    [Fact]
    public async Task Waiting_ByLetter_AsEachHasChosenAndNotToClosedAccounts()
    {
        await province.Portal.Database.ExecuteAsync(
            """
            INSERT INTO notice_choice (account_id, email, language, mail) SELECT id, 'reviewer@example.vn', 'en', 'each' FROM account WHERE user_name = 'reviewer';
            UPDATE account SET locked_at = now(), locked_by = 'x', locked_reason = 'x' WHERE user_name = 'centre';
            """);
        try
        {
            var submission = await province.SubmitAsync("company", ("T-CO-1", "2024-10-10", "TSS", "6"));
            Assert.Equal(["manager", "reviewer"], await province.ToldAsync(submission, "submitted"));
            Assert.Equal(["reviewer Name T-CO"], await province.ListAsync(
                $"SELECT a.user_name || ' ' || facts[3] FROM notice n JOIN account a ON a.id = n.account_id WHERE n.key = 'submission:{submission}:submitted' AND mail_id IS NOT NULL"));
        }
        finally
        {
            await province.Portal.Database.ExecuteAsync("DELETE FROM notice_choice; UPDATE account SET locked_at = NULL, locked_by = '', locked_reason = '' WHERE user_name = 'centre'");
        }
    }

    private async Task<string> NameAsync() => (string)(await province.ReadAsync(
        "SELECT name_vi FROM organisation_name n JOIN organisation o ON o.id = n.organisation_id WHERE o.code = 'SONNMT' AND n.valid @> portal_today()"))!;

    private async Task<string> SentenceAsync(int submission, string kind, string account)
    {
        var facts = (string[])(await province.ReadAsync(
            $"SELECT facts FROM notice n JOIN account a ON a.id = n.account_id WHERE n.key = 'submission:{submission}:{kind}' AND a.user_name = '{account}'"))!;
        return await province.Portal.WithAsync<NoticeSentence, string>(sentence => Task.FromResult(sentence.InLanguage(CultureInfo.GetCultureInfo("vi"), $"Submission.{kind}", facts)));
    }
}
