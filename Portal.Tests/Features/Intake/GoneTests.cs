using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Home;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Intake;

/// <summary>What was returned or withdrawn is gone from everything that is read, for everybody, and stays in the history; what is handed in instead is taken.</summary>
public sealed class GoneTests(LifeProvince province) : IClassFixture<LifeProvince>
{
    private static readonly string[] Readers = ["manager", "centre", "company", "parent", "commune"];

    [Theory]
    [InlineData("returned", "2026-01-05")]
    [InlineData("withdrawn", "2026-02-05")]
    public async Task Results_OfADecisionAgainstThem_LeaveEveryReadingAndTheCorrectedFileIsTaken(string decision, string day)
    {
        var before = await SamplesAsync();
        var first = await province.SubmitAsync("company", ("T-CO-1", day, "TSS", "600"), ("T-CO-2", day, "TSS", "40"));
        Assert.Equal(before + 2, await SamplesAsync());
        foreach (var reader in Readers)
            Assert.Equal((reader, 600m, true, true), (reader, await SeenAsync(reader, day), await IsInSeriesAsync(reader, day), await IsListedAsync(reader, day)));

        Assert.Null(await (decision == "returned" ? province.ReturnAsync("manager", first) : province.WithdrawAsync("company-b", first)));

        foreach (var reader in Readers)
            Assert.Equal((reader, null, false, false), (reader, await SeenAsync(reader, day), await IsInSeriesAsync(reader, day), await IsListedAsync(reader, day)));
        Assert.Equal(2L, await province.ReadAsync($"SELECT count(*) FROM result WHERE submission_id = {first} AND withdrawn IS NOT NULL"));
        Assert.Equal(0L, await province.ReadAsync($"SELECT count(*) FROM finding f JOIN result r ON r.id = f.result_id WHERE r.submission_id = {first}"));
        Assert.Equal(0L, await province.ReadAsync($"SELECT count(*) FROM site_status WHERE period_start = '{day}'"));
        Assert.Equal(before, await SamplesAsync());
        await WholeAsync();
        // The history keeps them: on the page of the submission, marked as withdrawn.
        foreach (var reader in new[] { "company", "parent", "manager" })
            Assert.Equal((reader, "withdrawn withdrawn"), (reader, string.Join(' ', (await CellsAsync(reader, first)).Select(cell => cell.Outcome))));

        // The corrected value, and one that says the same as before.
        var (second, outcome) = await province.CheckAsync("company", ("T-CO-1", day, "TSS", "6"), ("T-CO-2", day, "TSS", "40"));
        Assert.Equal((2, 0, 0), (outcome.New, outcome.Present, outcome.Refused));
        Assert.Null(await province.SubmitAsync("company", second));
        Assert.Null(await province.AcceptAsync("reviewer", second));
        foreach (var reader in Readers)
            Assert.Equal((reader, 6m, true, true), (reader, await SeenAsync(reader, day), await IsInSeriesAsync(reader, day), await IsListedAsync(reader, day)));
        // With the report of its own file, not that of the one that was wrong.
        Assert.Equal(["PKQ 40", "PKQ 6"], await province.ListAsync($"SELECT report_number FROM sample WHERE period_start = '{day}' AND withdrawn IS NULL ORDER BY 1"));
        await WholeAsync();
    }

    [Fact]
    public async Task Return_OfAnEventThatKeepsOthers_LeavesThemReviewedAsTheyWere()
    {
        const string day = "2025-03-03";
        var kept = await province.SubmitAsync("company", ("T-CO-1", day, "pH", "7"));
        Assert.Null(await province.AcceptAsync("manager", kept));
        var wrong = await province.SubmitAsync("company", ("T-CO-1", day, "TSS", "90"));
        Assert.Equal("exceeds 2 false", await StatusAsync(day));

        // By its own account: the scoped login writes reviewed again what was.
        Assert.Null(await province.WithdrawAsync("company", wrong));

        Assert.Equal("no limit 1 true", await StatusAsync(day));
        Assert.Equal(1L, await province.ReadAsync($"SELECT count(*) FROM sample WHERE period_start = '{day}' AND withdrawn IS NULL"));
        await WholeAsync();
    }

    [Fact]
    public async Task Return_OfOneOfTwoThatSaidTheSame_LeavesWhatTheOtherSaid()
    {
        const string day = "2025-04-04";
        var first = await province.SubmitAsync("company", ("T-CO-1", day, "TSS", "45"), ("T-CO-2", day, "TSS", "46"));
        var again = await province.SubmitAsync("company", ("T-CO-1", day, "TSS", "45"));
        Assert.Null(await province.AcceptAsync("manager", again));
        Assert.Equal(0L, await province.ReadAsync($"SELECT count(*) FROM result WHERE submission_id = {again}"));

        Assert.Null(await province.ReturnAsync("manager", first, "Nộp hai lần"));

        Assert.Equal([$"{again} 45"], await province.ListAsync($"SELECT submission_id || ' ' || reported FROM result WHERE period_start = '{day}' AND withdrawn IS NULL"));
        Assert.Equal("within 1 true", await StatusAsync(day));
        Assert.Equal("1 0", await province.ReadAsync($"SELECT concat_ws(' ', summary->>'New', summary->>'Present') FROM submission WHERE id = {again}"));
        await WholeAsync();
    }

    // The page of the corrected file is open while the wrong one is returned: what it was compared with is gone when it is sent.
    [Fact]
    public async Task Submit_CheckedBeforeTheOtherWasReturned_StoresWhatContradictedIt()
    {
        const string day = "2025-05-05";
        var wrong = await province.SubmitAsync("company", ("T-CO-1", day, "TSS", "99"), ("T-CO-2", day, "TSS", "20"));
        var (corrected, outcome) = await province.CheckAsync("company-b", ("T-CO-1", day, "TSS", "9"), ("T-CO-2", day, "TSS", "20"));
        Assert.Equal((0, 1, 1), (outcome.New, outcome.Present, outcome.Refused));
        Assert.Null(await province.ReturnAsync("manager", wrong));

        Assert.Null(await province.SubmitAsync("company-b", corrected));

        Assert.Equal(["20", "9"], await province.ListAsync($"SELECT reported FROM result WHERE submission_id = {corrected} ORDER BY 1"));
        Assert.Equal("2 0 2 0", await province.ReadAsync(
            $"SELECT concat_ws(' ', summary->>'New', summary->>'Present', summary->>'Results', summary->>'Refused') FROM submission WHERE id = {corrected}"));
        Assert.Equal(0L, await province.ReadAsync($"SELECT count(*) FROM submission_problem WHERE submission_id = {corrected} AND code = 'ValueDiffersFromStored'"));
        await WholeAsync();
    }

    [Fact]
    public async Task Decision_ByTwoAtOnce_IsOneAndWhole()
    {
        const string day = "2025-06-06";
        var submission = await province.SubmitAsync("company", ("T-CO-1", day, "TSS", "70"));

        var answers = await Task.WhenAll(province.AcceptAsync("reviewer", submission), province.ReturnAsync("manager", submission), province.WithdrawAsync("company", submission));

        // Who handed it in cannot lock what is accepted: to them it is not there to be changed.
        Assert.Single(answers, answer => answer is null);
        Assert.All(answers.Where(answer => answer is not null), answer => Assert.Contains(answer!.Value, (SubmissionProblemCode[])[SubmissionProblemCode.WrongState, SubmissionProblemCode.NotThere]));
        var state = (string)(await province.ReadAsync($"SELECT state FROM submission WHERE id = {submission}"))!;
        Assert.Equal(state == "accepted" ? 1L : 0L, await province.ReadAsync($"SELECT count(*) FROM result WHERE submission_id = {submission} AND withdrawn IS NULL"));
        await WholeAsync();
    }

    private async Task<decimal?> SeenAsync(string reader, string day)
    {
        var panel = await MapAsync(reader, map => map.PanelAsync(new MapFilter { Site = "T-CO-1", Campaign = Campaign(day) }, default));
        // A site without anything in the campaign shows its newest instead.
        return panel?.Period?.From != Day(day) ? null : panel.Results.FirstOrDefault(result => result.Parameter == "TSS")?.Value.Number;
    }

    private async Task<bool> IsInSeriesAsync(string reader, string day) =>
        (await MapAsync(reader, map => map.SeriesAsync(new MapFilter { Site = "T-CO-1", Parameter = "TSS" }, default)))?.Points
            .Any(point => point.Period.From == Day(day)) == true;

    // The campaign is a step of the slider and counts its sites only where one has a status in it.
    private async Task<bool> IsListedAsync(string reader, string day) =>
        (await MapAsync(reader, map => map.OverviewAsync(new MapFilter(), default))).Steps.Any(step => step.Code == Campaign(day) && step.Sites > 0);

    private Task<T> MapAsync<T>(string reader, Func<MapData, Task<T>> read) =>
        province.Portal.WithAsync<PortalDatabase, T>(database => read(new MapData(database, SignedIn.As(province[reader]), province.Portal.Clock)));

    // Of the company, on the first page of its parent.
    private async Task<int> SamplesAsync() => (await province.Portal.WithAsync<PortalDatabase, UnitTree>(
        database => new UnitsData(database, province.Portal.Clock).UnitsAsync(province["parent"], default))).Units.Single(unit => unit.Code == "T-CO").Samples;

    // On its own page, for those who have it.
    private Task<IReadOnlyList<CellLine>> CellsAsync(string reader, int submission) => province.Portal.WithAsync<PortalDatabase, IReadOnlyList<CellLine>>(async database =>
    {
        var data = new IntakeData(database, SignedIn.As(province[reader]));
        return await data.CellsAsync((await data.FindAsync(submission, default))!, null, 0, 100, default);
    });

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Campaign(string day) => $"T-C-{day[..7]}";

    private async Task<string?> StatusAsync(string day) => (string?)await province.ReadAsync(
        $"SELECT concat_ws(' ', verdict, results, reviewed::text) FROM site_status st JOIN site s ON s.id = st.site_id WHERE s.code = 'T-CO-1' AND view = 'today' AND campaign_id = (SELECT id FROM campaign WHERE code = '{Campaign(day)}')");

    // The nightly check of the portal itself.
    private async Task WholeAsync()
    {
        var report = await province.Portal.WithAsync<CheckIntegrity, IntegrityReport>(check => check.RunAsync(province["centre"], default));
        Assert.Equal("", string.Join(' ', report.Checks.Where(check => check.Faults > 0 && check.Code != "MissingFiles").Select(check => $"{check.Code}: {string.Join(", ", check.Examples)}")));
    }
}
