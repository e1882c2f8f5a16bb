using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Notices;

using Access = QuanTrac.Portal.Domain.Access.Access;

public sealed class NoticesTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    private static readonly DateTimeOffset Morning = TestClock.At(2026, 6, 22, 8);

    private readonly TestClock clock = new(Morning);

    [Fact]
    public async Task Raise_UnderOneKeyByTwoNodesAtOnce_IsToldOnceEach()
    {
        var (first, second) = (await AccountAsync("none"), await AccountAsync("none"));
        var notice = new Notice("Job.Failed", ["send-mail", "2026-06-22 08:00"], "/operations", Guid.NewGuid().ToString());

        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RaiseAsync(notice, first, second)));

        Assert.Equal(2, told.Sum());
        var line = Assert.Single(await ListAsync(first));
        Assert.False(line.Read);
        Assert.Equal(1, await UnreadAsync(second));
        await portal.WithAsync<NoticesData, int>(async data => { await data.ReadAsync(second, null, default); return 0; });
        Assert.Equal((1, 0), (await UnreadAsync(first), await UnreadAsync(second)));
    }

    [Fact]
    public async Task Page_OfTenThousand_KnowsThemAllInEveryOrder()
    {
        var account = await AccountAsync("none");
        await portal.Database.ExecuteAsync(
            $"INSERT INTO notice (account_id, kind, facts, key, at, read_at) SELECT {account.AccountId}, 'Desk.New', ARRAY[lpad(g::text, 5, '0')], 'many' || g, timestamptz '2026-01-01' + g * interval '1 minute', CASE WHEN g <= 4000 THEN now() END FROM generate_series(1, 10000) g");

        var last = await PageAsync(account, null, false, 9998, 50);
        Assert.Equal((10000, 6000), (last.Total, last.Unread));
        Assert.Equal(["00002", "00001"], last.Lines.Select(line => line.Facts[0]));
        Assert.Equal("00001", (await PageAsync(account, "at", false, 0, 1)).Lines[0].Facts[0]);
        Assert.Equal("10000", (await PageAsync(account, "what", true, 0, 1)).Lines[0].Facts[0]);
        Assert.False((await PageAsync(account, "state", false, 5999, 1)).Lines[0].Read);
        Assert.True((await PageAsync(account, "state", false, 6000, 1)).Lines[0].Read);
    }

    [Fact]
    public async Task Send_EachAndDaily_OneLetterForEachNoticeOrEachDayInTheirLanguage()
    {
        await using var box = await LetterBox.OpenAsync();
        var (each, daily, none) = (await AccountAsync("each"), await AccountAsync("daily", "en"), await AccountAsync("none"));
        foreach (var hour in new[] { 1, 2 })
            await RaiseAsync(new("Job.Failed", ["send-mail", $"2026-06-22 0{hour}:00"], "/operations", $"{each.AccountName}{hour}"), each, daily, none);

        Assert.Equal(new MailRound(2, 0), await SendAsync(box));
        Assert.Equal(2, await DigestAsync());
        Assert.Equal(0, await DigestAsync());
        Assert.Equal(new MailRound(1, 0), await SendAsync(box));
        Assert.Equal(new MailRound(0, 0), await SendAsync(box));

        var letters = await LettersAsync(box, 3);
        Assert.Equal(2, letters.Count(letter => letter.To == $"{each.AccountName}@example.vn"));
        Assert.Contains("Công việc tự động “Gửi thư điện tử” không hoàn thành lúc 01:00 22/06/2026", letters[0].Text, StringComparison.Ordinal);
        Assert.Contains("http://portal/operations", letters[0].Text, StringComparison.Ordinal);
        var digest = Assert.Single(letters, letter => letter.To == $"{daily.AccountName}@example.vn").Text;
        Assert.Contains("did not finish at 01:00 22/06/2026", digest, StringComparison.Ordinal);
        Assert.Contains("did not finish at 02:00 22/06/2026", digest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_ServerRefusesAndIsAway_IsTriedLaterAndArrivesOnce()
    {
        var account = await AccountAsync("each");
        await RaiseAsync(new("Job.Failed", ["send-mail", "2026-06-22 03:00"], "/operations", account.AccountName), account);
        Assert.Equal(new MailRound(0, 1), await SendAsync(new MailServer("127.0.0.1", 9, "quantrac@example.vn", null, null, false, "http://portal")));
        await using var box = await LetterBox.OpenAsync(refuse: 1);
        // Not before its minute is over.
        Assert.Equal(new MailRound(0, 0), await SendAsync(box));
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(new MailRound(0, 1), await SendAsync(box));
        clock.Now += TimeSpan.FromMinutes(2);

        // Two nodes at once.
        var rounds = await Task.WhenAll(SendAsync(box), SendAsync(box), SendAsync(box));

        Assert.Equal((1, 0), (rounds.Sum(round => round.Sent), rounds.Sum(round => round.Later)));
        Assert.Single(await LettersAsync(box, 1));
    }

    [Fact]
    public async Task Send_AccountIsClosed_NothingGoesOut()
    {
        var account = await AccountAsync("each");
        await RaiseAsync(new("Job.Failed", ["send-mail", "2026-06-22 03:30"], "/operations", account.AccountName), account);
        await portal.Database.ExecuteAsync($"UPDATE account SET locked_at = now(), locked_by = 'admin', locked_reason = 'Kiểm thử' WHERE id = {account.AccountId}");
        await using var box = await LetterBox.OpenAsync();
        Assert.Equal(new MailRound(0, 0), await SendAsync(box));
        await portal.Database.ExecuteAsync($"UPDATE account SET locked_at = NULL, locked_by = '', locked_reason = '' WHERE id = {account.AccountId}");
        Assert.Equal(new MailRound(1, 0), await SendAsync(box));
    }

    [Fact]
    public async Task Send_NodeDiesWithALetterInItsHand_IsNotSentTwice()
    {
        await using var box = await LetterBox.OpenAsync();
        var account = await AccountAsync("each");
        await RaiseAsync(new("Job.Failed", ["send-mail", "2026-06-22 04:00"], "/operations", account.AccountName), account);
        await portal.Database.ExecuteAsync($"UPDATE mail SET state = 'sending', next_at = '{Morning:O}'::timestamptz + interval '10 minutes' WHERE account_id = {account.AccountId}");
        Assert.Equal(new MailRound(0, 0), await SendAsync(box));
        clock.Now += TimeSpan.FromMinutes(11);

        Assert.Equal(new MailRound(0, 0), await SendAsync(box));

        Assert.Equal("unsure", await portal.Database.ReadAsync(DatabaseRole.System, $"SELECT state FROM mail WHERE account_id = {account.AccountId}"));
        Assert.Empty(box.Letters);
    }

    [Theory]
    [InlineData("", "each", NoticeChoiceProblem.AddressMissing)]
    [InlineData("nobody", "each", NoticeChoiceProblem.AddressWrong)]
    [InlineData("A <a@b.vn>", "each", NoticeChoiceProblem.AddressWrong)]
    [InlineData("a@b.vn, c@d.vn", "daily", NoticeChoiceProblem.AddressWrong)]
    [InlineData("a@b.vn\nBcc: c@d.vn", "daily", NoticeChoiceProblem.AddressWrong)]
    [InlineData(" ten@quangninh.gov.vn ", "daily", null)]
    [InlineData("", "none", null)]
    public async Task Save_Choice_TakesOneAddress(string email, string mail, NoticeChoiceProblem? problem) =>
        Assert.Equal(problem, await portal.WithAsync<SaveNoticeChoice, NoticeChoiceProblem?>(
            async save => await save.RunAsync(await AccountAsync("none"), new(email, "vi", mail), default)));

    [Fact]
    public async Task Letters_ThatDidNotArrive_AreShownAndSentAgainOnce()
    {
        await using var box = await LetterBox.OpenAsync();
        var (failed, unsure) = (await AccountAsync("each"), await AccountAsync("each"));
        await RaiseAsync(new("Job.Failed", ["send-mail", "2026-06-22 05:00"], "/operations", failed.AccountName), failed, unsure);
        await portal.Database.ExecuteAsync($"UPDATE mail SET state = 'failed', attempts = 12, fault = 'MailboxUnavailable: 550' WHERE account_id = {failed.AccountId}");
        await portal.Database.ExecuteAsync($"UPDATE mail SET state = 'unsure', attempts = 1 WHERE account_id = {unsure.AccountId}");
        var admin = await portal.AccountAsync("letters", Role.Admin, "TTCNTT");

        var lost = (await LettersAsync(data => data.FindAsync(admin, default))).Lost
            .Where(letter => letter.Account == failed.AccountName || letter.Account == unsure.AccountName).ToList();
        Assert.Equal([(unsure.AccountName, true, 1, ""), (failed.AccountName, false, 12, "MailboxUnavailable: 550")], lost.Select(letter => (letter.Account, letter.Unsure, letter.Attempts, letter.Fault)));
        Assert.Equal($"{failed.AccountName}@example.vn", lost[1].Email);

        // Two administrators press at once.
        var pressed = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => LettersAsync(data => data.SendAgainAsync(admin, lost[1].Id, default))));
        Assert.Single(pressed, done => done);
        await SendAsync(box);
        Assert.Equal("sent", await portal.Database.ReadAsync(DatabaseRole.System, $"SELECT state FROM mail WHERE account_id = {failed.AccountId}"));
        // One that was sent is not sent again, and of the other nothing was asked.
        Assert.False(await LettersAsync(data => data.SendAgainAsync(admin, lost[1].Id, default)));
        Assert.Equal("unsure", await portal.Database.ReadAsync(DatabaseRole.System, $"SELECT state FROM mail WHERE account_id = {unsure.AccountId}"));
        Assert.Equal(1L, await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT count(*) FROM audit WHERE act = 'mail-sent-again' AND subject = '{failed.AccountName}'"));
        await Assert.ThrowsAsync<NotAllowedException>(() => LettersAsync(data => data.FindAsync(portal.Manager, default)));
        await Assert.ThrowsAsync<NotAllowedException>(() => LettersAsync(data => data.SendAgainAsync(portal.Manager, lost[0].Id, default)));
    }

    private Task<T> LettersAsync<T>(Func<LettersData, Task<T>> step) => portal.WithAsync<IServiceProvider, T>(
        services => step(new(services.GetRequiredService<PortalDatabase>(), services, clock)));

    private async Task<Access> AccountAsync(string mail, string language = "vi")
    {
        var name = $"n{Guid.NewGuid():N}"[..12];
        var account = await portal.AccountAsync(name, Role.Facility, "SONNMT");
        await portal.Database.ExecuteAsync(
            $"INSERT INTO notice_choice (account_id, email, language, mail) VALUES ({account.AccountId}, '{(mail == "none" ? "" : name + "@example.vn")}', '{language}', '{mail}')");
        return account;
    }

    private Task<int> RaiseAsync(Notice notice, params Access[] accounts) => portal.WithAsync<PortalDatabase, int>(
        database => new RaiseNotice(database, clock).RunAsync(notice, [.. accounts.Select(account => account.AccountId!.Value)], default));

    private Task<int> DigestAsync() => portal.WithAsync<PortalDatabase, int>(database => new QueueDigests(database, clock).RunAsync(default));

    private Task<MailRound> SendAsync(LetterBox box) => SendAsync(box.Server);

    private Task<MailRound> SendAsync(MailServer server) => portal.WithAsync<IServiceProvider, MailRound>(services => new SendMail(
        services.GetRequiredService<PortalDatabase>(), services.GetRequiredService<NoticeSentence>(), clock,
        new ServiceCollection().AddSingleton(server).BuildServiceProvider()).RunAsync(default));

    private async Task<IReadOnlyList<NoticeLine>> ListAsync(Access account) => (await PageAsync(account, null, false, 0, 1000)).Lines;

    private Task<NoticePage> PageAsync(Access account, string? order, bool descending, int start, int count) =>
        portal.WithAsync<NoticesData, NoticePage>(data => data.PageAsync(account, new(order, descending, start, count), default));

    private Task<int> UnreadAsync(Access account) => portal.WithAsync<NoticesData, int>(data => data.UnreadAsync(account, default));

    // The server has taken a letter before it has told of it.
    private static async Task<IReadOnlyList<(string To, string Text)>> LettersAsync(LetterBox box, int count)
    {
        for (var wait = 0; box.Letters.Count < count && wait < 100; wait++)
            await Task.Delay(50);
        return box.Letters;
    }
}
