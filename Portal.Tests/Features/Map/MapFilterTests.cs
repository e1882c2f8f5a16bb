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
            View = MapFilter.OfTheDay, Fill = MapFilter.ByLimits, Parameter = "N-NH4", Text = "bãi cháy", Site = "NB15",
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

    // All media in view: one index that every medium has. A medium that the person chose: its legal index where it has one. CCME WQI is asked for, and never of a discharge.
    [Theory]
    [InlineData("", "limits")]
    [InlineData("?fill=index", "limits")]
    [InlineData("?fill=ccme", "limits")]
    [InlineData("?group=a", "limits")]
    [InlineData("?medium=surface_water", "index")]
    [InlineData("?medium=surface_water&fill=limits", "limits")]
    [InlineData("?medium=surface_water&fill=ccme", "index")]
    [InlineData("?medium=air", "index")]
    [InlineData("?medium=sea_water", "limits")]
    [InlineData("?medium=sea_water&fill=index", "limits")]
    [InlineData("?medium=sea_water&fill=ccme", "ccme")]
    [InlineData("?medium=wastewater&fill=ccme", "limits")]
    [InlineData("?medium=sediment&fill=index", "limits")]
    [InlineData("?medium=surface_water&fill=rainbow", "index")]
    public void ShownFill_OfAnAddress_IsOneScale(string query, string fill) => Assert.Equal(fill, MapFilter.FromQuery(query).ShownFill);
}
