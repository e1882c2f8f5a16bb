using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Intake;

/// <summary>What the pages of intake read, on a real database.</summary>
public sealed class IntakeDataTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    [Fact]
    public async Task Find_CheckedDraft_TellsItsProblemsAndCells()
    {
        var id = await CheckOddSheetAsync();
        var submission = await AsAsync(portal.Manager, data => data.FindAsync(id, default));
        Assert.Equal(("draft", "done", false), (submission!.State, submission.Checking, submission.IsBeingChecked));
        Assert.True(submission.Bytes > 0);

        var problems = await AsAsync(portal.Manager, data => data.ProblemsAsync(id, default));
        Assert.Equal(["error", "warning", "information"], problems.Select(group => group.Severity));
        var refused = Assert.Single(problems[0].Listed);
        Assert.Equal(("NotANumber", 6, "G"), (refused.Code, refused.Row, refused.Column));

        Assert.Equal(submission.Outcome!.Results, await AsAsync(portal.Manager, data => data.CountCellsAsync(submission, null, default)));
        var near = new Nearby(refused.Sheet, refused.Row, refused.Column);
        var cells = await AsAsync(portal.Manager, data => data.CellsAsync(submission, near, 0, 5, default));
        Assert.Equal("G", cells[0].Column);
        Assert.All(cells, cell => Assert.InRange(cell.Row, refused.Row - Nearby.Reach, refused.Row + Nearby.Reach));
    }

    [Fact]
    public async Task List_ByState_ShowsTheLatestFirst()
    {
        var first = await CheckOddSheetAsync();
        var second = await CheckOddSheetAsync();
        var lines = await AsAsync(portal.Manager, data => data.ListAsync("draft", new(null, false, 0, 2), default));
        Assert.Equal([second, first], lines.Select(line => line.Id));
        Assert.True(await AsAsync(portal.Manager, data => data.CountAsync("draft", default)) >= 2);
        Assert.Equal(0, await AsAsync(portal.Manager, data => data.CountAsync("under_review", default)));
    }

    [Fact]
    public async Task Find_SubmissionOfAnotherOrganisation_IsNotThere()
    {
        var id = await CheckOddSheetAsync();
        var board = await portal.AccountAsync("board", Role.Manager, "BQLVHL");
        Assert.Equal(Login.Scoped, board.Login);
        Assert.Null(await AsAsync(board, data => data.FindAsync(id, default)));
        Assert.Empty(await AsAsync(board, data => data.ProblemsAsync(id, default)));
    }

    [Fact]
    public async Task Cells_AcceptedSubmission_AreTheStoredResults()
    {
        using var folder = new TempFolder();
        var file = AgencySheet.WithRows(
            ["Luồng vào cảng Cái Lân tại cầu Bãi Cháy", "NB1", "Quý 2 2022", 22.0, 7.79, 7.4, "<0,03", "<0,02", "<0,0005", "x"]).Write(Path.Combine(folder.Path, "one.xlsx"));
        var (id, _, added) = await portal.ImportAsync(portal.Manager, file);
        var submission = await AsAsync(portal.Manager, data => data.FindAsync(id, default));
        Assert.True(submission!.IsStored);
        var cells = await AsAsync(portal.Manager, data => data.CellsAsync(submission, null, 0, 100, default));
        Assert.Equal(added, cells.Count);
        Assert.All(cells, cell => Assert.Equal(("stored", "NB1"), (cell.Outcome, cell.Site)));
        var campaign = Assert.Single(await AsAsync(portal.Manager, data => data.CampaignsAsync(id, default)));
        Assert.Equal(("NB-2022-Q2", "sea_water"), (campaign.Code, campaign.Medium));
    }

    private async Task<int> CheckOddSheetAsync()
    {
        using var folder = new TempFolder();
        var (submission, _) = await portal.CheckAsync(portal.Manager, AgencySheet.WithEveryOddity().Write(Path.Combine(folder.Path, "odd.xlsx")));
        return submission;
    }

    private Task<T> AsAsync<T>(QuanTrac.Portal.Domain.Access.Access access, Func<IntakeData, Task<T>> read) =>
        portal.WithAsync<PortalDatabase, T>(database => read(new IntakeData(database, SignedIn.As(access))));
}
