using QuanTrac.Portal.Domain.Assessment.Trend;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Trend;

public sealed class NormalTests
{
    // erfc(z/√2) by the C library (glibc 2.36); 1 is where the series gives way to the fraction (z = 1.41).
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 0.920344325445942)]
    [InlineData(1, 0.31731050786291415)]
    [InlineData(-1, 0.31731050786291415)]
    [InlineData(1.41, 0.15853968290678483)]
    [InlineData(1.42, 0.15560768105309283)]
    [InlineData(1.959963984540054, 0.05000000000000004)]
    [InlineData(2.8, 0.005110260660855874)]
    [InlineData(2.9, 0.003731626600768077)]
    [InlineData(5, 5.733031437583892e-07)]
    [InlineData(8, 1.2441921148543639e-15)]
    [InlineData(20, 5.507248237212663e-89)]
    [InlineData(37, 1.1451142445050278e-299)]
    public void TwoSided_CentreAndTails_IsTheLibrarys(double z, double expected) => Assert.Equal(1, Normal.TwoSided(z) / expected, z < 30 ? 1e-13 : 1e-12);

    // Abramowitz and Stegun, Table 26.1.
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 0.841344746068543)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(3, 0.998650101968370)]
    public void Cumulative_Table_IsMet(double z, double expected) => Assert.Equal(expected, Normal.Cumulative(z), 1e-14);

    // Abramowitz and Stegun, Table 26.5; 0.975 as in OEIS A220510.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400545)]
    [InlineData(0.025, -1.9599639845400545)]
    [InlineData(0.95, 1.6448536269514722)]
    [InlineData(0.995, 2.5758293035489004)]
    [InlineData(0.9995, 3.2905267314918945)]
    public void Quantile_UsualLevels_AreExact(double p, double expected) => Assert.Equal(expected, Normal.Quantile(p), 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Quantile_NoProbability_Throws(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(p));
}
