using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Desk;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Features.Desk;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>The list in stretches, in the order of a column.</summary>
public sealed class DeskPageTests(DeskProvince province) : IClassFixture<DeskProvince>
{
    [Theory]
    [InlineData(null)]
    [InlineData("what")]
    [InlineData("number")]
    [InlineData("state")]
    [InlineData("due")]
    [InlineData("asker")]
    [InlineData("at")]
    [InlineData("owner")]
    [InlineData("; DROP TABLE desk_item")]
    public async Task Page_InEachOrder_HasEachLineOnce(string? order)
    {
        foreach (var asker in new[] { province.Facility, province.Other, province.Guest })
            await province.AskAsync(asker, DeskKind.Incident, "normal");
        var whole = await PageAsync(province.Admin, new(null, false, 0, 1000));
        Assert.Equal(whole.Total, whole.Lines.Count);
        foreach (var descending in new[] { false, true })
        {
            var half = (whole.Total / 2) + 1;
            var (first, rest) = (await PageAsync(province.Admin, new(order, descending, 0, half)), await PageAsync(province.Admin, new(order, descending, half, half)));
            Assert.Equal(whole.Lines.Select(line => line.Id).Order(), first.Lines.Concat(rest.Lines).Select(line => line.Id).Order());
        }
    }

    [Fact]
    public async Task Page_ByItsState_FollowsTheWorkAndNotTheAlphabet()
    {
        var (closed, answered, asked) = (await province.AskAsync(province.Facility), await province.AskAsync(province.Facility), await province.AskAsync(province.Facility));
        Assert.Null(await province.CloseAsync(province.Facility, closed));
        Assert.Null(await province.AnswerAsync(province.Admin, answered, DeskState.Answered));
        var mine = (await PageAsync(province.Admin, new("state", false, 0, 1000))).Lines.Where(line => line.Id == closed || line.Id == answered || line.Id == asked);
        Assert.Equal([asked, answered, closed], mine.Select(line => line.Id));
    }

    [Fact]
    public async Task Page_OfAnotherOrganisation_CountsNothingOfIt()
    {
        await province.AskAsync(province.Facility);
        var theirs = await PageAsync(province.Other, new(null, false, 0, 1000));
        Assert.Equal(theirs.Total, theirs.Tally.All);
        Assert.All(theirs.Lines, line => Assert.Equal("T-FAC2", line.Organisation));
    }

    private Task<DeskPageLines> PageAsync(Access access, GridAsk ask) =>
        province.Portal.WithAsync<DeskData, DeskPageLines>(data => data.PageAsync(access, DeskFilter.Of(null, null, "all", null), ask, "vi", default));
}
