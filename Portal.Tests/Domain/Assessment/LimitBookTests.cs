using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Tests.Domain.Assessment;

/// <summary>Two standards of sea water, as they were: QCVN 10-MT:2015 until 11/09/2023, QCVN 10:2023 from 12/09/2023. Site 1 is assigned in
/// both, site 2 in the later only, site 3 has a permit from 2023.</summary>
public sealed class LimitBookTests
{
    private const string Old = "QCVN 10-MT:2015/BTNMT";
    private const string New = "QCVN 10:2023/BTNMT";
    private static readonly DateOnly Change = new(2023, 9, 12);
    private static readonly LimitRow OldLimit = Row(1, Old, "bathing", 0.5m);
    private static readonly LimitRow NewLimit = Row(2, New, "0-6", 0.1m);
    private static readonly LimitRow Permit = Row(3, null, null, 0.3m) with { Valid = new(new(2023, 1, 1), null) };

    private static readonly LimitBook Book = new(
        new Dictionary<string, DateInterval> { [Old] = new(new(2016, 3, 1), Change.AddDays(-1)), [New] = new(Change, null) },
        [("sea_water", Old), ("sea_water", New)],
        [OldLimit, NewLimit],
        [
            (1, "sea_water", new Assignment(Old, "bathing", DateInterval.Always)),
            (1, "sea_water", new Assignment(New, "0-6", DateInterval.Always)),
            (2, "sea_water", new Assignment(New, "0-6", DateInterval.Always)),
            (3, "sea_water", new Assignment(New, "0-6", DateInterval.Always)),
        ],
        [(3, "sea_water", Permit)]);

    [Fact]
    public void On_DayBeforeAndAfterTheChange_GivesTheStandardInForce()
    {
        Assert.Equal([OldLimit], On(Change.AddDays(-1), 1).Limits);
        Assert.Equal([NewLimit], On(Change, 1).Limits);
    }

    [Fact]
    public void On_PermitAndStandard_GivesThePermit()
    {
        Assert.Equal([Permit], On(new(2024, 1, 1), 3).Limits);
        Assert.Equal("column_not_assigned", On(new(2022, 12, 31), 3).Reason);
    }

    [Fact]
    public void On_SiteWithoutAColumn_IsNeverGivenADefaultOne() => Assert.Equal("column_not_assigned", On(Change.AddDays(-1), 2).Reason);

    [Fact]
    public void On_DayBeforeAnyStandard_SaysSo() => Assert.Equal("no_standard", On(new(2016, 2, 29), 1).Reason);

    [Fact]
    public void On_MediumWithoutStandard_SaysSo() => Assert.Equal("no_standard", Book.On(Change, 1, "sediment", "N-NH4", "").Reason);

    [Theory]
    [InlineData("TSS", "")]
    [InlineData("N-NH4", "dissolved")]
    public void On_ParameterOrFractionWithoutLimit_SaysSo(string parameter, string fraction) =>
        Assert.Equal("no_limit", Book.On(Change, 1, "sea_water", parameter, fraction).Reason);

    // Quarter 3/2023 straddles 12/09/2023.
    [Fact]
    public void Within_StandardChangesInside_GivesBothAndTheFirstDayFirst()
    {
        var found = Book.Within(new(2023, 7, 1), new(2023, 9, 30), 1, "sea_water", "N-NH4", "");

        Assert.Equal([new(2023, 7, 1), Change], found.Select(part => part.Day));
        Assert.Equal([OldLimit], found[0].Limits);
        Assert.Equal([NewLimit], found[1].Limits);
    }

    [Theory]
    [InlineData(2023, 9, 12, 2023, 9, 30)]
    [InlineData(2023, 4, 1, 2023, 6, 30)]
    [InlineData(2023, 9, 11, 2023, 9, 11)]
    public void Within_NoChangeInside_GivesOne(int year, int month, int day, int toYear, int toMonth, int toDay) =>
        Assert.Single(Book.Within(new(year, month, day), new(toYear, toMonth, toDay), 1, "sea_water", "N-NH4", ""));

    [Fact]
    public void Within_ChangeOnTheLastDay_GivesBoth() =>
        Assert.Equal(2, Book.Within(new(2023, 9, 1), Change, 1, "sea_water", "N-NH4", "").Count);

    [Fact]
    public void Within_NotAssignedBeforeTheChange_TellsBothParts()
    {
        var found = Book.Within(new(2023, 7, 1), new(2023, 9, 30), 2, "sea_water", "N-NH4", "");

        Assert.Equal(["column_not_assigned", ""], found.Select(part => part.Reason));
    }

    [Fact]
    public void Within_ParameterWithoutLimitInEither_IsToldOnce() =>
        Assert.Equal("no_limit", Assert.Single(Book.Within(new(2023, 7, 1), new(2023, 9, 30), 1, "sea_water", "TSS", "")).Reason);

    private static LimitsOfDay On(DateOnly day, int site) => Book.On(day, site, "sea_water", "N-NH4", "");

    private static LimitRow Row(int id, string? standard, string? column, decimal maximum) =>
        new(id, standard, column, "N-NH4", "", "", DateInterval.Always, new(null, maximum));
}
