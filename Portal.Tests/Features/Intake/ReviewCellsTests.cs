using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Intake;

/// <summary>What a reviewer is shown of each cell before accepting, and what waits for whom.</summary>
public sealed class ReviewCellsTests(LifeProvince province) : IClassFixture<LifeProvince>
{
    [Theory]
    [InlineData("company", "T-CO-1", 1)]
    [InlineData("manager", "T-OTHER-1", 2)]
    public async Task Review_OfWaitingCells_JudgesByLimitAndHistoryAndPutsTheUnusualFirst(string sender, string site, int month)
    {
        // Four reviewed results from 40 to 46; one that nobody reviewed does not count.
        foreach (var (day, value) in new[] { (1, "40"), (2, "44"), (3, "42"), (4, "46") })
        {
            var earlier = await province.SubmitAsync(sender, (site, $"2023-0{month}-0{day}", "TSS", value));
            Assert.Null(await province.AcceptAsync("reviewer", earlier));
        }
        await province.SubmitAsync(sender, (site, $"2023-0{month}-05", "TSS", "900"));

        // The limit is 50: 60 exceeds and is unusual (above 46 + 3), 49 is neither, 4 is unusual, 51 of the other outlet exceeds only.
        var submission = await province.SubmitAsync(sender, (site, $"2023-0{month}-10", "TSS", "49"), (site, $"2023-0{month}-11", "TSS", "60"), (site, $"2023-0{month}-12", "TSS", "4"),
            ("T-CO-2", $"2023-0{month}-12", "TSS", "51"), (site, $"2023-0{month}-13", "pH", "7"));
        var model = await FindAsync("reviewer", submission);
        var review = await province.Portal.WithAsync<ReviewCells, CellReview>(data => data.OfAsync(province["reviewer"], model, default));

        Assert.Equal((2, 2), (review.Unusual, review.Exceeding));
        Assert.Equal([("60", true, Verdict.Exceeds), ("4", true, Verdict.Within), ("51", false, Verdict.Exceeds)], await ShownAsync(model, review, CellChoice.ToLookAt));
        Assert.Equal(["60", "4"], (await ShownAsync(model, review, CellChoice.Unusual)).Select(cell => cell.Value));
        Assert.Equal(["60", "51"], (await ShownAsync(model, review, CellChoice.Exceeding)).Select(cell => cell.Value));
        Assert.Equal(["49", "60", "4", "51", "7"], (await ShownAsync(model, review, CellChoice.All)).Select(cell => cell.Value));
        var worst = review.Noted[0];
        Assert.Equal((1.2m, new Bounds(null, 50), new EarlierRange(4, 40, 46)), (worst.Ratio, worst.Limit, worst.Earlier));
        await Assert.ThrowsAsync<NotAllowedException>(() => province.Portal.WithAsync<ReviewCells, CellReview>(data => data.OfAsync(province["company"], model, default)));
    }

    [Fact]
    public async Task Work_OfEachAccount_CountsWhatItMayDo()
    {
        var before = await WorkAsync();
        var submission = await province.SubmitAsync("company", ("T-CO-1", "2022-01-10", "pH", "7"));
        var own = await province.SubmitAsync("manager", ("T-CO-2", "2022-01-10", "pH", "7"));
        var draft = await province.CheckAsync("company", ("T-CO-1", "2022-01-11", "pH", "7"));
        Assert.Equal("centre +2,0 manager +1,0 reviewer +2,0", Differences(before, await WorkAsync()));

        Assert.Null(await province.ReturnAsync("manager", submission));
        Assert.Null(await province.AcceptAsync("reviewer", own));
        Assert.Equal("company +0,1 company-b +0,1", Differences(before, await WorkAsync()));

        // Handed in again: nothing waits for the company any more.
        Assert.Null(await province.SubmitAsync("company", draft.Submission));
        Assert.Null(await province.AcceptAsync("manager", draft.Submission));
        Assert.Equal("", Differences(before, await WorkAsync()));
    }

    private async Task<List<(string Value, bool Unusual, Verdict Verdict)>> ShownAsync(SubmissionModel model, CellReview review, CellChoice choice)
    {
        var numbers = review.Numbers(choice);
        var cells = await province.Portal.WithAsync<PortalDatabase, IReadOnlyList<CellLine>>(
            database => new IntakeData(database, SignedIn.As(province["reviewer"])).CellsAsync(model, null, 0, 100, default, numbers));
        var marks = await province.Portal.WithAsync<ReviewCells, IReadOnlyDictionary<long, CellMark>>(
            data => data.MarksAsync(province["reviewer"], review, model, [.. cells.Select(cell => cell.Number)], default));
        return [.. cells.Select(cell => (cell.Value.Number.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture), marks[cell.Number].Unusual, marks[cell.Number].Verdict))];
    }

    private async Task<SubmissionModel> FindAsync(string account, int submission) => (await province.Portal.WithAsync<PortalDatabase, SubmissionModel?>(
        database => new IntakeData(database, SignedIn.As(province[account])).FindAsync(submission, default)))!;

    private async Task<Dictionary<string, Work>> WorkAsync()
    {
        var work = new Dictionary<string, Work>();
        foreach (var account in province.Accounts.Where(account => account != "guest").Order(StringComparer.Ordinal))
            work[account] = await province.Portal.WithAsync<WorkData, Work>(data => data.FindAsync(province[account], default));
        return work;
    }

    private static string Differences(Dictionary<string, Work> before, Dictionary<string, Work> after) => string.Join(' ', after
        .Where(entry => entry.Value != before[entry.Key])
        .Select(entry => $"{entry.Key} +{entry.Value.ToReview - before[entry.Key].ToReview},{entry.Value.Returned - before[entry.Key].Returned}"));
}
