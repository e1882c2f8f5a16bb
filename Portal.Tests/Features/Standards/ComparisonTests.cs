using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Features.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Standards;

/// <summary>What became of a limit; figures by hand, no law.</summary>
public sealed class ComparisonTests
{
    private static readonly Unit MgL = SeedBooks.Books.Units["mg/L"];
    private static readonly Unit MicroL = SeedBooks.Books.Units["µg/L"];
    private static readonly Parameter Zinc = new("Zn", "Kẽm", "Zinc", MgL, 1);

    public static TheoryData<string, string, LimitChange> Pairs => new()
    {
        { "max 2", "max 1", LimitChange.Stricter },
        { "max 1", "max 2", LimitChange.Looser },
        { "min 4", "min 5", LimitChange.Stricter },
        { "range 6 9", "range 6.5 8.5", LimitChange.Stricter },
        { "range 6 9", "range 6.5 9", LimitChange.Stricter },
        { "range 6.5 8.5", "range 6 9", LimitChange.Looser },
        { "range 6 8", "range 7 9", LimitChange.Moved },
        { "max 9", "range 6 9", LimitChange.Stricter },
        { "min 6", "max 9", LimitChange.Moved },
        { "max 1.0", "max 1", LimitChange.Same },
    };

    [Theory, MemberData(nameof(Pairs))]
    public void Of_TwoLimits_TellsTheChange(string old, string now, LimitChange change) =>
        Assert.Equal(change, Assert.Single(Comparison.Of([Limit(old)], [Limit(now)])).Change);

    [Fact]
    public void Of_OtherUnit_ComparesAmountsAndSaysSo()
    {
        var row = Assert.Single(Comparison.Of([Limit("max 0.5")], [Limit("max 500", unit: MicroL)]));
        Assert.Equal((LimitChange.Same, true), (row.Change, row.UnitDiffers));
    }

    [Fact]
    public void Of_OtherMean_DoesNotCompareFigures()
    {
        var row = Assert.Single(Comparison.Of([Limit("max 2")], [Limit("max 1", Averaging.Annual)]));
        Assert.Equal((LimitChange.OtherBasis, true), (row.Change, row.AveragingDiffers));
    }

    [Fact]
    public void Of_SameMeanOnBothSides_IsPairedBeforeAnother()
    {
        var rows = Comparison.Of([Limit("max 300", Averaging.Hour), Limit("max 50", Averaging.Annual)], [Limit("max 45", Averaging.Annual), Limit("max 100", Averaging.Day)]);
        Assert.Equal([LimitChange.Stricter, LimitChange.OtherBasis], rows.Select(row => row.Change));
    }

    [Fact]
    public void Of_OtherCoefficients_DoesNotCompareFigures()
    {
        var row = Assert.Single(Comparison.Of([Limit("max 2", coefficients: ["Kq", "Kf"])], [Limit("max 1")]));
        Assert.Equal((LimitChange.OtherBasis, true), (row.Change, row.CoefficientsDiffer));
    }

    private static Limit Limit(string words, Averaging averaging = default, Unit? unit = null, string[]? coefficients = null)
    {
        var parts = words.Split(' ');
        var numbers = parts[1..].Select(text => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var value = parts[0] switch
        {
            "max" => new LimitValue(LimitKind.Max, null, numbers[0], unit ?? MgL),
            "min" => new LimitValue(LimitKind.Min, numbers[0], null, unit ?? MgL),
            _ => new LimitValue(LimitKind.Range, numbers[0], numbers[1], unit ?? MgL),
        };
        return new(new("S", "c", "t"), Zinc, "", averaging, value, DateInterval.Always, new("", Confidence.High, "", ""), coefficients);
    }
}
