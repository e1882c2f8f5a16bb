using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Features.Ui;

/// <summary>The one place where a verdict and a ratio become a class.</summary>
public sealed class BandsTests
{
    [Theory]
    [InlineData("within", 0.5, "le0.5")]
    [InlineData("within", 0.51, "le1")]
    [InlineData("within", 1.0, "le1")]
    [InlineData("within", null, "le0.5")]
    [InlineData("exceeds", 1.4, "le2")]
    [InlineData("exceeds", 2.01, "le5")]
    [InlineData("exceeds", 5.01, "gt5")]
    // What exceeds is never in a good class, whatever the ratio of what is measured beside it.
    [InlineData("exceeds", 0.2, "le2")]
    [InlineData("exceeds", null, "le2")]
    // What cannot be judged is in none.
    [InlineData("cannot judge", 0.2, "none")]
    [InlineData("cannot judge", 3.0, "none")]
    [InlineData("no limit", 0.2, "none")]
    [InlineData(null, null, "none")]
    public void Of_VerdictAndRatio_IsTheClass(string? verdict, double? ratio, string band) =>
        Assert.Equal(band, Bands.Of(verdict, ratio is { } number ? (decimal)number : null));

    [Fact]
    public void Colours_OfClasses_AreOneEach() => Assert.Equal(Bands.All.Count, Bands.All.Select(Bands.Colour).Distinct().Count());
}
