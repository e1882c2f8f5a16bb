using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Features.Duties;

/// <summary>The board in stretches, in the order of a column; who owes a duty of a day.</summary>
public sealed class DutyPageTests(DutyProvince province) : IClassFixture<DutyProvince>
{
    private static readonly BoardFilter All = BoardFilter.Of(null, "all", null);

    [Theory]
    [InlineData(null)]
    [InlineData("organisation")]
    [InlineData("duty")]
    [InlineData("day")]
    [InlineData("how")]
    [InlineData("reminders")]
    [InlineData("paper")]
    [InlineData("; DROP TABLE duty")]
    public async Task Page_InEachOrder_HasEachLineOnce(string? order)
    {
        await LateAsync();
        var whole = await PageAsync(new(null, false, 0, 1000));
        Assert.Equal(whole.Total, whole.Lines.Count);
        foreach (var descending in new[] { false, true })
        {
            var half = (whole.Total / 2) + 1;
            var (first, rest) = (await PageAsync(new(order, descending, 0, half)), await PageAsync(new(order, descending, half, half)));
            Assert.Equal(half, first.Lines.Count);
            Assert.Equal(whole.Lines.Select(line => line.Id).Order(), first.Lines.Concat(rest.Lines).Select(line => line.Id).Order());
        }
    }

    [Fact]
    public async Task Page_ByItsDay_RisesAndFalls()
    {
        await LateAsync();
        var rising = (await PageAsync(new("day", false, 0, 1000))).Lines.Select(line => line.LastDay).ToList();
        Assert.Equal(rising.Order(), rising);
        Assert.Equal(rising.OrderDescending(), (await PageAsync(new("day", true, 0, 1000))).Lines.Select(line => line.LastDay));
        var late = (await PageAsync(new("how", true, 0, 1000))).Lines;
        Assert.Equal(late.Max(line => line.DaysLate), late[0].DaysLate);
    }

    [Fact]
    public async Task Page_UnderAFilter_SaysHowManyAreLateAndHowFar()
    {
        await LateAsync();
        var page = await PageAsync(new(null, false, 0, 5), BoardFilter.Of("account-list-commune", "late", null));
        // Điều 10.4: 54 communes, the last day on time is 29 June; twelve days have gone by.
        Assert.Equal((54, 54, 12, 5), (page.Total, page.Late, page.Worst, page.Lines.Count));
        Assert.All(page.Lines, line => Assert.Equal(DutyState.Late, line.State));
    }

    [Fact]
    public async Task Page_OfAFacility_HasNoneButItsOwn() => Assert.DoesNotContain(
        (await province.Portal.WithAsync<DutiesData, DutyPage>(data => data.PageAsync(province.Facility, All, new(null, false, 0, 1000), "vi", default))).Lines, line => line.OrganisationCode != "T-FAC");

    [Fact]
    public async Task Page_OfAGuest_IsRefused() => await Assert.ThrowsAsync<NotAllowedException>(
        () => province.Portal.WithAsync<DutiesData, DutyPage>(data => data.PageAsync(province.Guest, All, new(null, false, 0, 10), "vi", default)));

    [Fact]
    public async Task Day_OfADuty_HasWhoeverOwesIt()
    {
        await LateAsync();
        var lines = await province.Portal.WithAsync<DutiesData, IReadOnlyList<DutyLine>>(data => data.OfDayAsync(province.Admin, "account-list", new(2026, 6, 29), "vi", default));
        Assert.Equal(["BQLKKT", "BQLVD", "BQLVHL", "CATINH", "THUYSAN"], lines.Select(line => line.OrganisationCode).Order(StringComparer.Ordinal));
        Assert.Equal(["BQLVHL"], (await province.Portal.WithAsync<DutiesData, IReadOnlyList<DutyLine>>(
            data => data.OfDayAsync(province.HaLong, "account-list", new(2026, 6, 29), "vi", default))).Select(line => line.OrganisationCode));
    }

    private async Task LateAsync()
    {
        province.At("2026-01-05 09:00");
        await province.PlanAsync();
        province.At("2026-07-11 09:00");
    }

    private Task<DutyPage> PageAsync(GridAsk ask, BoardFilter? filter = null) =>
        province.Portal.WithAsync<DutiesData, DutyPage>(data => data.PageAsync(province.Admin, filter ?? All, ask, "vi", default));
}
