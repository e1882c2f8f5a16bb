using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Intake;

/// <summary>A small sheet of the agency's layout from file to results. Each test has a station of its own.</summary>
public sealed class SubmissionTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>, IDisposable
{
    // Temperature, pH, DO, ammonium, phosphate, mercury, aldrin.
    private const int ValuesOfARow = 7;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Import_SameFileTwice_AddsNothing()
    {
        var path = AgencySheet.WithEveryOddity().Write(Path.Combine(folder.Path, "sheet.xlsx"));
        var (_, first, added) = await portal.ImportAsync(portal.Manager, path);
        Assert.Equal((50, 50, 0, 1), (added, first.New, first.Present, first.Refused));

        var (_, second, addedAgain) = await portal.ImportAsync(portal.Manager, path);
        Assert.Equal((0, 0, 50, 1), (addedAgain, second.New, second.Present, second.Refused));
    }

    [Fact]
    public async Task Import_OtherValueOfAStoredResult_IsRefusedAndNamesBoth()
    {
        await portal.ImportAsync(portal.Manager, Sheet("NB3", 0.05));
        var (submission, outcome, added) = await portal.ImportAsync(portal.Manager, Sheet("NB3", 0.06));

        Assert.Equal((0, 0, ValuesOfARow - 1, 1), (added, outcome.New, outcome.Present, outcome.Refused));
        Assert.Equal("error G 4 0,06 NB3 N-NH4 0,05 mg/L", await ReadAsync(
            $"""
            SELECT concat_ws(' ', severity, column_letter, row_number, value, facts->>'site', facts->>'parameter', facts->>'stored') FROM submission_problem
            WHERE submission_id = {submission} AND code = '{nameof(ProblemCode.ValueDiffersFromStored)}'
            """));
        Assert.Equal("0,05", await ReadAsync("SELECT string_agg(reported, ';') FROM result JOIN site s ON s.id = site_id WHERE s.code = 'NB3' AND parameter = 'N-NH4'"));
    }

    [Fact]
    public async Task Accept_SameRowsOfTwoFilesAtOnce_StoresThemOnce()
    {
        var submissions = new[] { await SubmitAsync(Sheet("NB4", 0.05)), await SubmitAsync(Sheet("NB4", 0.05)) };
        await portal.ReviewerAsync();

        var accepted = await Task.WhenAll(submissions.Select(AcceptAsync));

        Assert.Equal([0, ValuesOfARow], accepted.Select(outcome => outcome.Added).Order());
        Assert.All(accepted, outcome => Assert.Null(outcome.Problem));
        Assert.Equal((long)ValuesOfARow, await ReadAsync("SELECT count(*) FROM result JOIN site s ON s.id = site_id WHERE s.code = 'NB4'"));
        Assert.Equal(2L, await ReadAsync("SELECT count(*) FROM site_status JOIN site s ON s.id = site_id WHERE s.code = 'NB4'"));
    }

    [Fact]
    public async Task Accept_OneSubmissionTwiceAtOnce_IsDoneOnce()
    {
        var submission = await SubmitAsync(Sheet("NB5", 0.05));
        await portal.ReviewerAsync();

        var accepted = await Task.WhenAll(AcceptAsync(submission), AcceptAsync(submission));

        Assert.Equal([(0, SubmissionProblemCode.WrongState), (ValuesOfARow, null)], accepted.OrderBy(outcome => outcome.Added));
    }

    [Fact]
    public async Task Check_SiteThatTheAccountDoesNotSee_IsUnknown()
    {
        var board = await portal.AccountAsync("board", Role.Manager, "BQLVD");
        var (submission, outcome) = await portal.CheckAsync(board, Sheet("NB6", 0.05));

        Assert.Equal((0, ValuesOfARow), (outcome.New, outcome.Refused));
        Assert.Equal($"{nameof(ProblemCode.UnknownSite)} NB6", await ProblemsAsync(submission));
    }

    [Fact]
    public async Task Check_SiteThatIsSeenButAnothers_IsRefused()
    {
        await portal.Database.ExecuteAsync(
            """
            INSERT INTO site_list (name_vi, document) VALUES ('T', 'T');
            INSERT INTO site_list_item SELECT l.id, s.id FROM site_list l, site s WHERE l.name_vi = 'T' AND s.code = 'NB7';
            INSERT INTO organisation_list SELECT o.id, l.id, '(,)' FROM organisation o, site_list l WHERE o.code = 'BQLVHL' AND l.name_vi = 'T';
            """);
        var board = await portal.AccountAsync("halong", Role.Manager, "BQLVHL");
        var (submission, outcome) = await portal.CheckAsync(board, Sheet("NB7", 0.05));

        Assert.Equal((0, ValuesOfARow), (outcome.New, outcome.Refused));
        Assert.Equal($"{nameof(ProblemCode.SiteOfAnotherOrganisation)} NB7", await ProblemsAsync(submission));
    }

    [Fact]
    public async Task Accept_ByAScopedAccount_IsRefused()
    {
        var submission = await SubmitAsync(Sheet("NB8", 0.05));
        var board = await portal.AccountAsync("islands", Role.Manager, "BQLKKT");

        await Assert.ThrowsAsync<NotAllowedException>(() => portal.WithAsync<AcceptSubmission, (int, SubmissionProblemCode?)>(
            accept => accept.RunAsync(board, submission, default)));
        Assert.Equal("submitted", await ReadAsync($"SELECT state FROM submission WHERE id = {submission}"));
    }

    private string Sheet(string site, double ammonium) => AgencySheet
        .WithRows([null, site, "Quý 1 2022", 22.0, 7.8, 7.4, ammonium, "<0,02", "<0,0005", "<0,01"])
        .Write(Path.Combine(folder.Path, $"{Guid.NewGuid():N}.xlsx"));

    private async Task<int> SubmitAsync(string path)
    {
        var (submission, _) = await portal.CheckAsync(portal.Manager, path);
        Assert.Null(await portal.WithAsync<SubmitSubmission, SubmissionProblemCode?>(
            submit => submit.RunAsync(portal.Manager, submission, new Dictionary<int, string> { [0] = "Kiểm thử" }, default)));
        return submission;
    }

    private async Task<(int Added, SubmissionProblemCode? Problem)> AcceptAsync(int submission)
    {
        var reviewer = await portal.ReviewerAsync();
        return await portal.WithAsync<AcceptSubmission, (int, SubmissionProblemCode?)>(accept => accept.RunAsync(reviewer, submission, default));
    }

    private async Task<object?> ProblemsAsync(int submission) => await ReadAsync(
        $"SELECT string_agg(code || ' ' || value, ';') FROM submission_problem WHERE submission_id = {submission} AND severity = 'error'");

    private Task<object?> ReadAsync(string sql) => portal.Database.ReadAsync(DatabaseRole.Owner, sql);
}
