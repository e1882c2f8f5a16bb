using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Campaigns;
using QuanTrac.Portal.Features.Desk;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>What was decided, attached, asked and released after a backup is made again after its restore, each through its own use-case and by whoever did it.</summary>
public sealed class TakeOverTests(BackedUpPortal portal) : IClassFixture<BackedUpPortal>
{
    private Access Manager => portal.Portal.Manager;

    [Fact]
    public async Task TakeOver_DecisionsDutyDeskAndRelease_AreAsTheyWereAndTwiceChangesNothing()
    {
        var board = await portal.Portal.AccountAsync("board", Role.Manager, "BQLVHL");
        await portal.Portal.WithAsync<PlanDuties, DutyPlan>(plan => plan.RunAsync(portal.One, default));
        var (accepted, returned) = (await SubmittedAsync("accepted"), await SubmittedAsync("returned"));
        var reviewer = await portal.Portal.ReviewerAsync();
        var campaign = (string)(await portal.Portal.Database.ReadAsync(DatabaseRole.Owner, "SELECT c.code FROM campaign AS c JOIN site_status AS s ON s.campaign_id = c.id WHERE s.reviewed LIMIT 1"))!;
        var backup = (await portal.TakeAsync(portal.Settings)).Backup!;

        Assert.Null((await portal.Portal.WithAsync<AcceptSubmission, (int, SubmissionProblemCode? Problem)>(accept => accept.RunAsync(reviewer, accepted, default))).Problem);
        Assert.Null(await portal.Portal.WithAsync<ReturnSubmission, SubmissionProblemCode?>(send => send.RunAsync(reviewer, returned, "Thiếu biên bản", default)));
        await FulfilAsync(board);
        await AskAsync(board);
        // More of one kind than a page shows: none of it may be left out, and none of it may stand before what can be taken over.
        await portal.Portal.Database.ExecuteAsync($"INSERT INTO audit (account_name, act, subject) SELECT 'manager', '{RestoreActs.Others.First()}', n::text FROM generate_series(1, 2100) AS n");
        await ReleaseAsync(campaign);
        var written = await StateAsync();

        await portal.RestoreAsync(backup, into: null);
        NpgsqlConnection.ClearAllPools();
        await portal.Portal.WithAsync<PortalDatabase, bool>(database =>
        {
            database.ClearPools();
            return Task.FromResult(true);
        });
        Assert.NotEqual(written, await StateAsync());

        // The five, the 2,100, and two acts at the desk that a question of before could have had.
        Assert.Equal(5 + 2100 + 2, await portal.Portal.WithAsync<Leftovers, int>(leftovers => leftovers.OpenAsync(portal.One, null, default)));
        var open = (await portal.Portal.WithAsync<Leftovers, IReadOnlyList<Leftover>>(leftovers => leftovers.ListAsync(portal.One, null, default, atMost: 6))).Where(one => one.Kind != "act").ToList();
        Assert.Equal(["decision", "decision", "desk", "duty", "release"], open.Select(one => one.Kind).Order(StringComparer.Ordinal));
        foreach (var leftover in open)
        {
            Assert.Equal(leftover.Kind, (await TakeAsync(leftover)).ToString(), ignoreCase: true);
            Assert.Equal(TakeOverResult.NotOpen, await TakeAsync(leftover));
        }
        Assert.Equal(written, await StateAsync());
    }

    private async Task<TakeOverResult> TakeAsync(Leftover leftover) =>
        (await portal.Portal.WithAsync<TakeOver, TakeOverOutcome>(take => take.RunAsync(portal.One, leftover.Id, default))).Result;

    private async Task<int> SubmittedAsync(string name)
    {
        var (submission, _) = await portal.Portal.CheckAsync(Manager, AgencySheet.WithEveryOddity().Write(Path.Combine(portal.Portal.Folder, $"{name}.xlsx")));
        Assert.Null(await portal.Portal.WithAsync<SubmitSubmission, SubmissionProblemCode?>(submit => submit.RunAsync(Manager, submission, new Dictionary<int, string> { [0] = "Kiểm thử" }, default)));
        return submission;
    }

    private async Task FulfilAsync(Access board)
    {
        var occurrence = (int)(await portal.Portal.Database.ReadAsync(DatabaseRole.Owner,
            "SELECT o.id FROM duty_occurrence AS o JOIN organisation AS g ON g.id = o.organisation_id WHERE g.code = 'BQLVHL' ORDER BY o.last_day LIMIT 1"))!;
        using var scan = new MemoryStream("%PDF-1.4"u8.ToArray());
        Assert.Null(await portal.Portal.WithAsync<FulfilDuty, DutyProblem?>(fulfil => fulfil.RunAsync(
            board, occurrence, new("12/BC-VHL", DateOnly.FromDateTime(portal.Portal.Clock.Now.Date), "Gửi bản ký", "bao cao.pdf"), scan, default)));
    }

    private async Task AskAsync(Access board)
    {
        var (item, problem) = await portal.Portal.WithAsync<AskDesk, (int, DeskProblem?)>(ask => ask.RunAsync(board, new(DeskKind.Support, "Không mở được tệp", "Tệp đợt 2 báo lỗi"), default));
        Assert.Null(problem);
        Assert.Null(await portal.Portal.WithAsync<ReplyDesk, DeskProblem?>(reply => reply.RunAsync(board, item, "Đã thử lại", default)));
        using var picture = new MemoryStream("%PDF-1.4 man hinh"u8.ToArray());
        Assert.Null(await portal.Portal.WithAsync<AttachDeskFile, DeskProblem?>(attach => attach.RunAsync(board, item, "Kèm tệp", "man hinh.pdf", picture, default)));
    }

    private async Task ReleaseAsync(string code)
    {
        var id = (await portal.Portal.WithAsync<ReleaseCampaign, int?>(release => release.FindAsync(Manager, code, default)))!.Value;
        Assert.Equal(ReleaseOutcome.Done, await portal.Portal.WithAsync<ReleaseCampaign, ReleaseOutcome>(release => release.RunAsync(Manager, id, "Quyết định 5/QĐ", release: true, default)));
    }

    // What the five acts made, without the numbers and times that are new.
    private async Task<string> StateAsync()
    {
        await using var owner = await portal.Portal.Database.OpenAsync(DatabaseRole.Owner);
        return string.Join('\n', await owner.ListAsync(
            """
            SELECT 'submission ' || concat_ws('|', id, state, decided_by, decision) FROM submission
            UNION ALL SELECT 'duty ' || concat_ws('|', occurrence_id, document_number, document_date, note, file_name, file_sha256, account_name) FROM duty_fulfilment
            UNION ALL SELECT 'desk ' || concat_ws('|', i.title, i.words, i.account_name, t.office, t.words, t.file_name, t.file_sha256) FROM desk_item AS i LEFT JOIN desk_note AS t ON t.item_id = i.id
            UNION ALL SELECT 'release ' || concat_ws('|', code, release_document, released_by) FROM campaign WHERE released_at IS NOT NULL
            UNION ALL SELECT 'results ' || concat_ws('|', submission_id, count(*)) FROM result GROUP BY submission_id ORDER BY 1
            """, row => row.GetString(0), default));
    }
}
