using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Tests.Features.Duties;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>Who owes what, who sees it, who may fulfil it.</summary>
public sealed class FulfilDutyTests(DutyProvince province) : IClassFixture<DutyProvince>
{
    [Fact]
    public async Task Plan_RunTwice_AddsNothingTheSecondTime()
    {
        await PlannedAsync();
        Assert.Equal(new(0, 0, 0), await province.PlanAsync());
    }

    // Điều 10.4 names the bodies; the Department of Agriculture ended on 28 February 2025, the districts on 30 June 2025.
    [Fact]
    public async Task Plan_AccountList_IsOwedByEveryBodyThatExistsThen()
    {
        await PlannedAsync();
        Assert.Equal(["BQLKKT", "BQLVD", "BQLVHL", "CATINH", "THUYSAN"], await province.ListAsync(
            """
            SELECT g.code FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id JOIN organisation g ON g.id = o.organisation_id
            WHERE d.code = 'account-list' AND o.period = '2026' AND o.last_day = '2026-06-29' ORDER BY g.code
            """));
        Assert.Equal(54L, await province.ReadAsync(
            "SELECT count(*) FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id WHERE d.code = 'account-list-commune' AND o.period = '2026'"));
        Assert.Equal(["SONNMT 2026-12-30", "SONNMT 2027-12-30"], await province.ListAsync(
            """
            SELECT g.code || ' ' || o.last_day FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id JOIN organisation g ON g.id = o.organisation_id
            WHERE d.code = 'department-report' ORDER BY 1
            """));
    }

    [Fact]
    public async Task Agree_MonthlyForOneBody_ReplacesItsQuartersToCome()
    {
        await PlannedAsync();
        var duty = (int)(await province.ReadAsync("SELECT id FROM duty WHERE code = 'handover'"))!;
        Assert.Equal(DutyProblem.DocumentMissing, await AgreeAsync(duty, "CATINH", " "));
        Assert.Equal(DutyProblem.NobodyOwes, await AgreeAsync(duty, "T-FAC", "Thỏa thuận 12/TT"));
        Assert.Null(await AgreeAsync(duty, "CATINH", "Thỏa thuận 12/TT"));
        Assert.Equal(DutyProblem.Overlaps, await AgreeAsync(duty, "CATINH", "Thỏa thuận 13/TT"));
        // On 10 June 2026: the first quarter stays, the others give way to the months from June on.
        Assert.Equal(["2026-06", "2026-07", "2026-Q1"], (await PeriodsAsync(duty, "CATINH")).Where(period => period is "2026-06" or "2026-07" || period.StartsWith("2026-Q", StringComparison.Ordinal)));
        Assert.Equal(["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"], (await PeriodsAsync(duty, "BQLVD")).Where(period => period.StartsWith("2026", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task End_OfADuty_LeavesWhatFellDueAndBecomesLocal()
    {
        await PlannedAsync();
        var duty = (int)(await province.ReadAsync("SELECT id FROM duty WHERE code = 'reception-plan'"))!;
        Assert.Equal(DutyProblem.ReasonMissing, await province.Portal.WithAsync<EndDuty, DutyProblem?>(end => end.RunAsync(province.Admin, duty, "", default)));
        Assert.Null(await province.Portal.WithAsync<EndDuty, DutyProblem?>(end => end.RunAsync(province.Admin, duty, "Thử", default)));
        Assert.Equal("local", await province.ReadAsync($"SELECT origin FROM duty WHERE id = {duty}"));
        Assert.Equal(0L, await province.ReadAsync($"SELECT count(*) FROM duty_occurrence WHERE duty_id = {duty}"));
    }

    [Fact]
    public async Task Add_OfTheProvincesOwn_IsPlannedAtOnce()
    {
        await PlannedAsync();
        NewDuty duty = new("Báo cáo thử", "", ["police"], "", 6, 6, 31, "Báo cáo", "", "Công văn 1/T");
        Assert.Equal(DutyProblem.RuleWrong, await AddAsync(duty with { Month = 7 }));
        Assert.Equal(DutyProblem.NobodyOwes, await AddAsync(duty with { Kinds = [] }));
        Assert.Equal(DutyProblem.NobodyOwes, await AddAsync(duty with { Kinds = [], Organisation = "KHONG-CO" }));
        Assert.Null(await AddAsync(duty));
        Assert.Equal(["2026-06-30", "2026-12-31", "2027-06-30", "2027-12-31"], await province.ListAsync(
            "SELECT o.last_day::text FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id WHERE d.name_vi = 'Báo cáo thử' ORDER BY 1"));
    }

    [Fact]
    public async Task Fulfil_AndUndo_KeepsTheWholeStory()
    {
        await PlannedAsync();
        var owed = await province.OccurrenceAsync("body-guidance", "BQLVHL", "2026");
        Assert.Equal(DutyProblem.NumberMissing, await province.FulfilAsync(province.HaLong, owed, "2026-06-09", number: " "));
        Assert.Equal(DutyProblem.DateWrong, await province.FulfilAsync(province.HaLong, owed, "2026-06-11"));
        Assert.Equal(FileRefusal.Kind, (await Assert.ThrowsAsync<FileRefusedException>(() => province.FulfilAsync(province.HaLong, owed, "2026-06-09", content: "<html>"))).Refusal);
        Assert.Null(await province.FulfilAsync(province.HaLong, owed, "2026-06-09", file: "C:\\ban quet.pdf"));
        Assert.Equal(DutyProblem.AlreadyFulfilled, await province.FulfilAsync(province.HaLong, owed, "2026-06-09"));
        var line = (await MineAsync(province.HaLong)).Single(line => line.Id == owed);
        Assert.Equal(("1/BC-T", "ban quet.pdf", "halong"), (line.Paper!.Number, line.Paper.FileName, line.Paper.By));

        Assert.Equal(DutyProblem.ReasonMissing, await UndoAsync(province.Admin, owed, ""));
        await Assert.ThrowsAsync<NotAllowedException>(() => UndoAsync(province.HaLong, owed, "Nhầm"));
        Assert.Null(await UndoAsync(province.Admin, owed, "Nhầm văn bản"));
        Assert.Null(await province.FulfilAsync(province.HaLong, owed, "2026-06-10", number: "2/BC-T"));
        Assert.Equal(["1/BC-T Nhầm văn bản", "2/BC-T "], await province.ListAsync(
            $"SELECT document_number || ' ' || undo_reason FROM duty_fulfilment WHERE occurrence_id = {owed} ORDER BY id"));
    }

    [Fact]
    public async Task Fulfil_OfAnother_IsRefusedByTheUseCaseAndByTheDatabase()
    {
        await PlannedAsync();
        var (facility, police) = (await province.OccurrenceAsync("facility-entry", "T-FAC", "2026"), await province.OccurrenceAsync("account-list", "CATINH", "2026"));
        // A parent company sees its subsidiary's, but fulfils it only by a grant with its document.
        Assert.Equal(DutyProblem.NotYours, await province.FulfilAsync(province.Parent, facility, "2026-06-09"));
        Assert.Equal(DutyProblem.NotThere, await province.FulfilAsync(province.HaLong, police, "2026-06-09"));
        Assert.Equal(DutyProblem.NotYours, await province.FulfilAsync(province.Portal.Manager, police, "2026-06-09"));
        await Assert.ThrowsAsync<NotAllowedException>(() => province.FulfilAsync(province.Guest, facility, "2026-06-09"));
        await using (var db = await province.Portal.OpenAsync(province.Parent))
        {
            await db.Connection.ExecuteAsync("INSERT INTO stored_file (sha256, bytes, name, account_id) VALUES (repeat('a', 64), 1, 'a', portal_account())", default);
            var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => db.Connection.ExecuteAsync(
                """
                INSERT INTO duty_fulfilment (occurrence_id, document_number, document_date, file_sha256, file_name, at, account_id, account_name)
                VALUES ($1, '1', '2026-06-09', repeat('a', 64), 'a', now(), portal_account(), 'a')
                """, default, facility));
            Assert.Equal("42501", refusal.SqlState);
        }
        // Paper that came to the Centre by post.
        Assert.Null(await province.FulfilAsync(province.Admin, police, "2026-06-09"));
    }

    [Fact]
    public async Task Board_EachAccount_SeesItsOwnAndItsDescendants()
    {
        await PlannedAsync();
        Assert.Equal(["BQLVHL"], await SeenAsync(province.HaLong));
        Assert.Equal(["T-FAC"], await SeenAsync(province.Parent));
        Assert.Equal(["T-FAC"], await SeenAsync(province.Facility));
        // Five bodies, 54 communes, and the facility whose January has passed.
        Assert.Equal(60, (await SeenAsync(province.Portal.Manager)).Count);
        await Assert.ThrowsAsync<NotAllowedException>(() => SeenAsync(province.Guest));
    }

    [Fact]
    public async Task Calendar_TokenOfAnAccount_OpensUntilRevoked()
    {
        await PlannedAsync();
        var first = TokenOf(await MakeAsync());
        Assert.Equal("facility", (await FindAsync(first))!.Value.Access.AccountName);
        var second = TokenOf(await MakeAsync());
        Assert.Null(await FindAsync(first));
        Assert.NotNull(await FindAsync(second));
        Assert.Equal(0L, await province.ReadAsync($"SELECT count(*) FROM calendar_token WHERE sha256 = '{second}'"));
        await province.Portal.WithAsync<CalendarAddress, bool>(async address =>
        {
            await address.RevokeAsync(province.Facility, default);
            return true;
        });
        Assert.Null(await FindAsync(second));
        Assert.Null(await FindAsync("x"));
    }

    private async Task PlannedAsync()
    {
        province.At("2026-06-10 09:00");
        await province.PlanAsync();
    }

    private Task<List<string>> PeriodsAsync(int duty, string organisation) => province.ListAsync(
        $"SELECT o.period FROM duty_occurrence o JOIN organisation g ON g.id = o.organisation_id WHERE o.duty_id = {duty} AND g.code = '{organisation}' ORDER BY 1");

    private Task<DutyProblem?> AgreeAsync(int duty, string organisation, string document) =>
        province.Portal.WithAsync<AgreeFrequency, DutyProblem?>(agree => agree.RunAsync(province.Admin, duty, organisation, 1, 1, 31, document, default));

    private Task<DutyProblem?> AddAsync(NewDuty duty) => province.Portal.WithAsync<AddDuty, DutyProblem?>(add => add.RunAsync(province.Admin, duty, default));

    private Task<DutyProblem?> UndoAsync(Access access, int occurrence, string reason) =>
        province.Portal.WithAsync<UndoFulfilment, DutyProblem?>(undo => undo.RunAsync(access, occurrence, reason, default));

    private Task<IReadOnlyList<DutyLine>> MineAsync(Access access) =>
        province.Portal.WithAsync<DutiesData, IReadOnlyList<DutyLine>>(data => data.MineAsync(access, "vi", default));

    private async Task<List<string>> SeenAsync(Access access) => [.. (await province.Portal.WithAsync<DutiesData, IReadOnlyList<DutyLine>>(
        data => data.BoardAsync(access, BoardFilter.Of(null, "all", null), "vi", default))).Select(line => line.OrganisationCode).Distinct()];

    private Task<string> MakeAsync() => province.Portal.WithAsync<CalendarAddress, string>(address => address.MakeAsync(province.Facility, default));

    private Task<(Access Access, string Language)?> FindAsync(string token) =>
        province.Portal.WithAsync<CalendarAddress, (Access Access, string Language)?>(address => address.FindAsync(token, default));

    private static string TokenOf(string path) => Path.GetFileNameWithoutExtension(path);
}
