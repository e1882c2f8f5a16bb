using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Indices;

/// <summary>Which index a medium has, and which stands only beside it.</summary>
public sealed class EventIndexTests
{
    private static readonly DateOnly Day = new(2026, 8, 15);
    private static readonly EventIndex Index = new(SeedBooks.Indices);
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, ReportedValue>> Reviewed = [new Dictionary<string, ReportedValue>()];

    [Theory]
    [InlineData("sea_water", "no_index")]
    [InlineData("groundwater", "no_index")]
    [InlineData("wastewater", "no_index")]
    [InlineData("air", "hourly_needed")]
    public void Of_MediumWithoutALegalIndexOfSamples_IsTheWorstRatio(string medium, string reason) =>
        Assert.Equal(new IndexOutcome("worst-ratio", null, null, reason), Index.Of(medium, Day, Reviewed));

    [Fact]
    public void Of_NothingReviewed_IsNotComputed() => Assert.Equal("unreviewed", Index.Of("surface_water", Day, []).Reason);

    // Four parameters in four campaigns, all within: CCME WQI is 100, class 1.
    [Theory]
    [InlineData("sea_water")]
    [InlineData("groundwater")]
    [InlineData("pond_water")]
    public void Supplementary_OfAWater_IsBesideTheLegal(string medium) => Assert.Equal((100, "ccme-1"), Index.Supplementary(medium, Within));

    // A discharge, and a medium with a legal index: even the history is not asked for.
    [Theory]
    [InlineData("wastewater")]
    [InlineData("surface_water")]
    [InlineData("air")]
    [InlineData("sediment")]
    public void Supplementary_OfWhatHasNone_IsNotComputed(string medium) =>
        Assert.Null(Index.Supplementary(medium, () => throw new InvalidOperationException("The history was asked for.")));

    [Fact]
    public void Supplementary_OfTooFewCampaigns_IsNotComputed() => Assert.Null(Index.Supplementary("sea_water", () => Within().Where(test => test.Sampling < 4)));

    private static IEnumerable<CcmeTest> Within() =>
        from campaign in Enumerable.Range(1, 4)
        from parameter in new[] { "TSS", "N-NH4", "Fe", "Mn" }
        select CcmeTest.Of(new PastResult(campaign, parameter, "", Day.AddMonths(-campaign), Day.AddMonths(-campaign), new(0.5m)), new(null, 1));
}
