using QuanTrac.Portal.Features.Map;

namespace QuanTrac.Portal.Tests.Features.Map;

public class MapFilterTests
{
    [Fact]
    public void Address_EveryField_ComesBack()
    {
        var filter = new MapFilter
        {
            Medium = "sea_water", Group = "a", Organisation = "so & ban", Area = "06685", Campaign = "Q3/2023",
            View = MapFilter.OfTheDay, Parameter = "N-NH4", Text = "bãi cháy", Site = "NB15",
        };

        Assert.Equal(filter, MapFilter.FromQuery(filter.ToAddress()[1..]));
    }

    [Fact]
    public void LayerAddress_ChosenSiteAndParameter_DoNotChangeIt()
    {
        var filter = new MapFilter { Medium = "sea_water" };

        Assert.Equal("/map/sites?medium=sea_water", (filter with { Site = "NB1", Parameter = "TSS" }).ToLayerAddress());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?view=anything&site=&unknown=1")]
    public void FromQuery_NothingKnown_IsTheWholeMapUnderTodaysStandard(string query) =>
        Assert.Equal(new MapFilter(), MapFilter.FromQuery(query));
}
