using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Desk;

namespace QuanTrac.Portal.Tests.Features.Desk;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>Who asks, who answers, what follows on what, by when.</summary>
public sealed class DeskTests(DeskProvince province) : IClassFixture<DeskProvince>
{
    [Fact]
    public async Task Ask_ByEachKind_IsNumberedForItsKindAndYear()
    {
        await using var own = new DeskOnItsOwn(province);
        var (first, second) = (await province.AskAsync(province.Facility, DeskKind.Feedback), await province.AskAsync(province.Guest, DeskKind.Feedback));
        // Whoever asks sees no number of others, and the count goes on all the same.
        var numbers = await province.ListAsync($"SELECT number FROM desk_item WHERE id IN ({first}, {second}) ORDER BY id");
        Assert.StartsWith("GY-2026-", numbers[0], StringComparison.Ordinal);
        Assert.Equal(int.Parse(numbers[0][8..], System.Globalization.CultureInfo.InvariantCulture) + 1, int.Parse(numbers[1][8..], System.Globalization.CultureInfo.InvariantCulture));
        // 1 January 2027 in Quảng Ninh, still 2026 in UTC.
        province.At("2027-01-01 00:30");
        Assert.Equal(["SC-2027-0001"], await province.ListAsync($"SELECT number FROM desk_item WHERE id = {await province.AskAsync(province.Facility, DeskKind.Incident, "normal")}"));
    }

    [Fact]
    public async Task Ask_ManyAtOnce_LeavesNoNumberOutAndGivesNoneTwice()
    {
        await using var own = new DeskOnItsOwn(province);
        province.At("2031-02-03 08:00");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => province.AskAsync(province.Other))));
        Assert.Equal(Enumerable.Range(1, 8).Select(serial => $"HT-2031-000{serial}"),
            await province.ListAsync("SELECT number FROM desk_item WHERE year = 2031 AND kind = 'support' ORDER BY number"));
    }

    [Fact]
    public async Task Ask_WithoutWhatItNeeds_SaysWhatIsMissing()
    {
        var asked = new DeskQuestion(DeskKind.Incident, "Tiêu đề", "Nội dung");
        Assert.Equal(DeskProblem.TitleMissing, (await province.TryAskAsync(province.Facility, asked with { Title = "  " })).Problem);
        Assert.Equal(DeskProblem.WordsMissing, (await province.TryAskAsync(province.Facility, asked with { Words = "\n" })).Problem);
        Assert.Equal(DeskProblem.SeverityMissing, (await province.TryAskAsync(province.Facility, asked)).Problem);
        Assert.Equal(DeskProblem.TooLong, (await province.TryAskAsync(province.Facility, asked with { Severity = "normal", Words = new('x', 5001) })).Problem);
        Assert.Equal(DeskProblem.TooLong, (await province.TryAskAsync(province.Facility, asked with { Severity = "normal", Title = new('x', 151) })).Problem);
    }

    [Fact]
    public async Task Ask_TwentyOneInADay_IsTooMany()
    {
        await using var own = new DeskOnItsOwn(province);
        province.At("2030-03-04 08:00");
        for (var asked = 0; asked < 20; asked++)
            await province.AskAsync(province.Guest2);
        Assert.Equal(DeskProblem.TooMany, (await province.TryAskAsync(province.Guest2, new(DeskKind.Support, "a", "b"))).Problem);
        province.At("2030-03-05 08:00");
        Assert.Null((await province.TryAskAsync(province.Guest2, new(DeskKind.Support, "a", "b"))).Problem);
    }

    [Fact]
    public async Task See_ByEachRole_IsOnesOrganisationsOrOnesOwn()
    {
        await using var own = new DeskOnItsOwn(province);
        var (facility, guest) = (await province.AskAsync(province.Facility), await province.AskAsync(province.Guest));
        Assert.True((await province.FindAsync(province.Facility, facility))!.Own);
        Assert.False((await province.FindAsync(province.Colleague, facility))!.Own);
        // A parent company answers for what it asked itself; what its facility asked is between the facility and the Centre.
        foreach (var stranger in new[] { province.Parent, province.Other, province.Guest })
            Assert.Null(await province.FindAsync(stranger, facility));
        Assert.NotNull(await province.FindAsync(province.Guest, guest));
        Assert.Null(await province.FindAsync(province.Guest2, guest));
        foreach (var office in new[] { province.Admin, province.Portal.Manager })
            Assert.NotNull(await province.FindAsync(office, facility));
        Assert.All(await ListAsync(province.Guest), line => Assert.Equal("guest", line.AskedBy));
        Assert.Contains(await ListAsync(province.Portal.Manager), line => line.Id == guest);
    }

    [Fact]
    public async Task Act_OnWhatIsAnothers_IsRefusedOrNotThere()
    {
        await using var own = new DeskOnItsOwn(province);
        var id = await province.AskAsync(province.Facility);
        foreach (var (who, problem) in new[] { (province.Colleague, DeskProblem.NotYours), (province.Portal.Manager, DeskProblem.NotYours), (province.Parent, DeskProblem.NotThere),
            (province.Guest, DeskProblem.NotThere) })
        {
            Assert.Equal(problem, await province.ReplyAsync(who, id));
            Assert.Equal(problem, await province.CloseAsync(who, id));
            Assert.Equal(problem, await province.ReopenAsync(who, id));
            Assert.Equal(problem, await province.AttachAsync(who, id));
            await Assert.ThrowsAsync<NotAllowedException>(() => province.AnswerAsync(who, id, DeskState.Answered));
            await Assert.ThrowsAsync<NotAllowedException>(() => province.ReportAsync(who, id, "incident-first-report"));
        }
        await Assert.ThrowsAsync<NotAllowedException>(() => province.AnswerAsync(province.Facility, id, DeskState.Answered));
        Assert.Equal(0L, await province.ReadAsync($"SELECT count(*) FROM desk_note WHERE item_id = {id}"));
    }

    [Fact]
    public async Task Walk_FromAskedToClosedAndBack_IsToldAndKept()
    {
        await using var own = new DeskOnItsOwn(province);
        var id = await province.AskAsync(province.Facility);
        Assert.Equal(DeskProblem.NotAnswered, await province.CloseAsync(province.Admin, id));
        Assert.Equal(DeskProblem.NothingSaid, await province.AnswerAsync(province.Admin, id, DeskState.Answered, " "));
        Assert.Equal(DeskProblem.OwnerUnknown, await province.AnswerAsync(province.Admin, id, DeskState.Working, "", province.Facility.AccountId));
        Assert.Null(await province.AnswerAsync(province.Admin, id, DeskState.Working, "", province.Admin2.AccountId));
        Assert.Null(await province.AnswerAsync(province.Admin2, id, DeskState.Waiting, "Đợt nào?"));
        Assert.Null(await province.ReplyAsync(province.Facility, id, "Quý 3"));
        Assert.Null(await province.AttachAsync(province.Facility, id));
        Assert.Null(await province.AnswerAsync(province.Admin2, id, DeskState.Answered, "Đã sửa"));
        Assert.Null(await province.CloseAsync(province.Facility, id));
        Assert.Equal(DeskProblem.IsClosed, await province.ReplyAsync(province.Facility, id));
        Assert.Equal(DeskProblem.IsClosed, await province.AttachAsync(province.Facility, id));
        Assert.Equal(DeskProblem.IsClosed, await province.CloseAsync(province.Facility, id));
        Assert.Null(await province.ReopenAsync(province.Facility, id));
        Assert.Equal(["working", "waiting", "working", "", "answered", "closed", "working"], await province.ListAsync($"SELECT state FROM desk_note WHERE item_id = {id} ORDER BY id"));
        Assert.Equal(["Desk.Working", "Desk.Waiting", "Desk.Answered"], await province.ToldAsync(province.Facility, id));
        Assert.Equal(["Desk.New.Support"], await province.ToldAsync(province.Admin, id));
        Assert.Equal(["Desk.New.Support", "Desk.Replied", "Desk.Replied", "Desk.Confirmed", "Desk.Reopened"], await province.ToldAsync(province.Admin2, id));
        // What it was before each change, and an entry of the audit for each act.
        Assert.Equal(7L, await province.ReadAsync($"SELECT count(*) FROM history WHERE table_name = 'desk_item' AND (before ->> 'id')::int = {id}"));
        Assert.Equal(["desk-answered", "desk-answered", "desk-answered", "desk-asked", "desk-closed", "desk-file-added", "desk-reopened", "desk-replied"],
            await province.ListAsync($"SELECT act FROM audit WHERE subject = (SELECT number FROM desk_item WHERE id = {id}) ORDER BY act"));
    }

    [Fact]
    public async Task Reopen_AfterThirtyDays_IsForTheCentreOnly()
    {
        await using var own = new DeskOnItsOwn(province);
        var id = await province.AskAsync(province.Facility);
        Assert.Equal(DeskProblem.Changed, await province.ReopenAsync(province.Facility, id));
        Assert.Null(await province.CloseAsync(province.Facility, id));
        province.At("2026-07-11 10:01");
        Assert.Equal(DeskProblem.TooLate, await province.ReopenAsync(province.Facility, id));
        province.At("2026-07-11 10:00");
        Assert.Null(await province.ReopenAsync(province.Facility, id));
        Assert.Null(await province.CloseAsync(province.Facility, id));
        province.At("2026-12-11 10:00");
        Assert.Null(await province.ReopenAsync(province.Admin, id));
    }

    [Fact]
    public async Task Answer_TwoAtOnce_TellsTheSecond()
    {
        await using var own = new DeskOnItsOwn(province);
        var id = await province.AskAsync(province.Facility);
        var read = (await province.FindAsync(province.Admin, id))!.Version;
        Assert.Null(await province.AnswerAsync(province.Admin, id, DeskState.Answered, "Thứ nhất", version: read));
        Assert.Equal(DeskProblem.Changed, await province.AnswerAsync(province.Admin2, id, DeskState.Answered, "Thứ hai", version: read));
        // So does a word of whoever asked in between.
        read = (await province.FindAsync(province.Admin, id))!.Version;
        Assert.Null(await province.ReplyAsync(province.Facility, id));
        Assert.Equal(DeskProblem.Changed, await province.AnswerAsync(province.Admin, id, DeskState.Answered, version: read));
        Assert.Equal(["Thứ nhất", "Thêm"], await province.ListAsync($"SELECT words FROM desk_note WHERE item_id = {id} ORDER BY id"));

        read = (await province.FindAsync(province.Admin, id))!.Version;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => Task.Run(() => province.AnswerAsync(province.Admin, id, DeskState.Answered, $"Câu {at}", version: read))));
        Assert.Single(answers, problem => problem is null);
        Assert.Equal(5, answers.Count(problem => problem == DeskProblem.Changed));
    }

    // Thursday 11 June 2026: three working days are Friday, Monday, Tuesday; ten are until Thursday the 25th.
    [Theory]
    [InlineData(DeskKind.Support, "", false, "2026-06-16 23:59")]
    [InlineData(DeskKind.Feedback, "", false, "2026-06-25 23:59")]
    [InlineData(DeskKind.Incident, "normal", false, "2026-06-16 23:59")]
    [InlineData(DeskKind.Incident, "normal", true, "2026-06-14 10:00")]
    [InlineData(DeskKind.Incident, "serious", true, "2026-06-12 10:00")]
    public async Task Due_WhenAsked_IsTheFirstOfTheSeed(DeskKind kind, string severity, bool personal, string due)
    {
        await using var own = new DeskOnItsOwn(province);
        Assert.Equal(due, await province.DueAsync(await province.AskAsync(province.Facility, kind, severity, personal)));
    }

    // Guests read the days off like anybody: 2 September 2026 is a Wednesday, and the two days before are off too.
    [Fact]
    public async Task Due_OfAGuestBeforeTheNationalDay_LeavesTheDaysOffOut()
    {
        await using var own = new DeskOnItsOwn(province);
        province.At("2026-08-28 09:00");
        var off = await province.ListAsync("SELECT day::text FROM holiday WHERE NOT works AND day BETWEEN '2026-08-29' AND '2026-09-04' AND date_part('isodow', day) < 6 ORDER BY day");
        Assert.Equal(["2026-08-31", "2026-09-01", "2026-09-02"], off);
        // A Friday: Thursday 3, Friday 4 and Monday 7 September.
        Assert.Equal("2026-09-07 23:59", await province.DueAsync(await province.AskAsync(province.Guest)));
    }

    [Fact]
    public async Task Due_AlongTheWay_StopsWhileWaitingAndCountsAnew()
    {
        await using var own = new DeskOnItsOwn(province);
        var id = await province.AskAsync(province.Facility);
        province.At("2026-06-12 16:00");
        Assert.Null(await province.AnswerAsync(province.Admin, id, DeskState.Waiting, "Đợt nào?"));
        Assert.Null(await province.DueAsync(id));
        // Back on Monday the 22nd: until Thursday the 25th.
        province.At("2026-06-22 08:00");
        Assert.Null(await province.ReplyAsync(province.Facility, id));
        Assert.Equal("2026-06-25 23:59", await province.DueAsync(id));
        // One more word does not put it off.
        province.At("2026-06-24 08:00");
        Assert.Null(await province.ReplyAsync(province.Facility, id));
        Assert.Equal("2026-06-25 23:59", await province.DueAsync(id));
        Assert.Null(await province.AnswerAsync(province.Admin, id, DeskState.Answered));
        Assert.Null(await province.DueAsync(id));
    }

    [Fact]
    public async Task Report_OfASeriousIncident_GoesFromStepToStepWhateverTheState()
    {
        await using var own = new DeskOnItsOwn(province);
        var id = await province.AskAsync(province.Facility, DeskKind.Incident, "serious", personal: true);
        Assert.Equal(DeskProblem.DocumentMissing, await province.ReportAsync(province.Admin, id, "incident-first-report", " "));
        Assert.Equal(DeskProblem.NotThere, await province.ReportAsync(province.Admin, id, "support-answer"));
        Assert.Null(await province.ReportAsync(province.Admin, id, "incident-first-report"));
        Assert.Equal(DeskProblem.AlreadyReported, await province.ReportAsync(province.Admin, id, "incident-first-report"));
        Assert.Equal("2026-06-14 10:00", await province.DueAsync(id));
        // Answered and closed: the reports stay owed.
        Assert.Null(await province.AnswerAsync(province.Admin, id, DeskState.Answered));
        Assert.Null(await province.CloseAsync(province.Facility, id));
        Assert.Equal("2026-06-14 10:00", await province.DueAsync(id));
        Assert.Null(await province.ReportAsync(province.Admin, id, "incident-full-report"));
        Assert.Null(await province.ReportAsync(province.Admin, id, "incident-personal-data"));
        Assert.Null(await province.DueAsync(id));
        var steps = (await province.FindAsync(province.Admin, id))!.Steps;
        Assert.Equal(["incident-full-report", "incident-personal-data"], steps.Where(step => step.DoneAt is not null && step.Due is { Day: 14 }).Select(step => step.Code));
        Assert.Null(steps.Single(step => step.Code == "incident-to-department").Due);
        // What closed stays closed by a report.
        Assert.Equal("closed", await province.ReadAsync($"SELECT state FROM desk_item WHERE id = {id}"));
    }

    // Raw SQL through the login of the facility and of the guest.
    [Theory]
    [InlineData("UPDATE desk_item SET state = 'answered' WHERE id = {0}", "42501")]
    [InlineData("UPDATE desk_item SET state = 'waiting' WHERE id = {0}", "42501")]
    [InlineData("UPDATE desk_item SET owner_name = 'x' WHERE id = {0}", "42501")]
    [InlineData("UPDATE desk_item SET words = 'x' WHERE id = {0}", "42501")]
    [InlineData("UPDATE desk_item SET answered_at = now() WHERE id = {0}", "42501")]
    [InlineData("DELETE FROM desk_item WHERE id = {0}", "42501")]
    [InlineData("INSERT INTO desk_note (item_id, words, office, at, account_id, account_name) VALUES ({0}, 'x', true, now(), portal_account(), 'x')", "42501")]
    [InlineData("INSERT INTO desk_note (item_id, step, office, at, account_id, account_name) VALUES ({0}, 'x', false, now(), portal_account(), 'x')", "42501")]
    [InlineData("INSERT INTO desk_note (item_id, words, state, office, at, account_id, account_name) VALUES ({0}, 'x', 'answered', false, now(), portal_account(), 'x')", "42501")]
    [InlineData("INSERT INTO desk_note (item_id, words, office, at, account_id, account_name) VALUES ({0}, 'x', false, now(), 1, 'x')", "42501")]
    [InlineData("INSERT INTO desk_note (item_id, words, office, at, account_id, account_name) SELECT id, 'x', false, now(), portal_account(), 'x' FROM desk_item WHERE id = {0}", null)]
    [InlineData("UPDATE desk_note SET words = 'x'", "42501")]
    [InlineData("UPDATE desk_deadline SET amount = 1000", "42501")]
    public async Task Sql_OfTheAsker_WritesOnlyWhatTheAskerMay(string sql, string? state)
    {
        await using var own = new DeskOnItsOwn(province);
        foreach (var who in new[] { province.Facility, province.Guest })
        {
            var id = await province.AskAsync(who);
            Assert.Equal(state, await RefusalAsync(who, string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, id)));
        }
    }

    [Fact]
    public async Task Sql_ForAnother_IsRefused()
    {
        await using var own = new DeskOnItsOwn(province);
        const string insert =
            """
            INSERT INTO desk_item (kind, year, serial, number, title, words, organisation_id, account_id, account_name, at, since, changed_at, state, owner_id, owner_name)
            VALUES ('support', 0, 0, '', 't', 't', {0}, {1}, 't', now(), now(), now(), '{2}', {3}, '{4}')
            """;
        string Of(string organisation, string account, string state = "new", string owner = "NULL", string name = "") =>
            string.Format(System.Globalization.CultureInfo.InvariantCulture, insert, organisation, account, state, owner, name);
        foreach (var who in new[] { province.Facility, province.Guest })
        {
            Assert.Null(await RefusalAsync(who, Of("portal_organisation()", "portal_account()")));
            Assert.Equal("42501", await RefusalAsync(who, Of($"{province.Other.OrganisationId}", "portal_account()")));
            Assert.Equal("42501", await RefusalAsync(who, Of("portal_organisation()", $"{province.Other.AccountId}")));
            Assert.Equal("42501", await RefusalAsync(who, Of("portal_organisation()", "portal_account()", "answered")));
            Assert.Equal("42501", await RefusalAsync(who, Of("portal_organisation()", "portal_account()", "new", "1", "x")));
        }
        Assert.Equal("42501", await RefusalAsync(province.Admin, Of("portal_organisation()", $"{province.Other.AccountId}")));
        var id = await province.AskAsync(province.Facility);
        await using var db = await province.Portal.OpenAsync(province.Colleague);
        Assert.Equal(0, await db.Connection.ExecuteAsync("UPDATE desk_item SET state = 'closed', closed_at = now() WHERE id = $1", default, id));
    }

    private Task<IReadOnlyList<DeskLine>> ListAsync(Access access) =>
        province.Portal.WithAsync<DeskData, IReadOnlyList<DeskLine>>(data => data.ListAsync(access, DeskFilter.Of(null, null, "all", null), "vi", default));

    private async Task<string?> RefusalAsync(Access access, string sql)
    {
        await using var db = await province.Portal.OpenAsync(access);
        await using var transaction = await db.Connection.BeginTransactionAsync();
        try
        {
            await db.Connection.ExecuteAsync(sql, default);
            return null;
        }
        catch (PostgresException refusal)
        {
            return refusal.SqlState;
        }
    }

    // It is Thursday morning, and nobody has asked for two days: an account may ask twenty times in one.
    private sealed class DeskOnItsOwn : IAsyncDisposable
    {
        private readonly DeskProvince province;

        public DeskOnItsOwn(DeskProvince province)
        {
            this.province = province;
            province.At("2026-06-11 10:00");
            province.Portal.Database.ExecuteAsync("UPDATE desk_item SET at = at - interval '2 days'").GetAwaiter().GetResult();
        }

        public ValueTask DisposeAsync()
        {
            province.At("2026-06-11 10:00");
            return ValueTask.CompletedTask;
        }
    }
}
