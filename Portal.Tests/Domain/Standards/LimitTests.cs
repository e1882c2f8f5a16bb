using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Tests.Domain.Standards;

public sealed class LimitTests
{
    private static readonly Unit MilligramsPerLitre = new("mg/L", "mass concentration", 1m, "", "");
    private static readonly Unit MicrogramsPerLitre = new("µg/L", "mass concentration", 0.001m, "", "");
    private static readonly Unit Metres = new("m", "length", 1m, "", "");
    private static readonly Parameter Aldrin = new("Aldrin", "Aldrin", "Aldrin", MicrogramsPerLitre, 1);

    [Fact]
    public void New_LowerAboveUpper_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new LimitValue(LimitKind.Range, 8.5m, 6.5m, MilligramsPerLitre));

    [Fact]
    public void New_LowerEqualsUpper_IsBuilt() => Assert.Equal(7m, new LimitValue(LimitKind.Range, 7m, 7m, MilligramsPerLitre).Upper);

    [Theory]
    [InlineData(LimitKind.Max, 1, null)]
    [InlineData(LimitKind.Max, null, null)]
    [InlineData(LimitKind.Min, null, 1)]
    [InlineData(LimitKind.Min, 1, 2)]
    [InlineData(LimitKind.Range, 1, null)]
    [InlineData(LimitKind.ClassText, null, 1)]
    public void New_BoundsThatDoNotSuitTheKind_AreRefused(LimitKind kind, int? lower, int? upper) =>
        Assert.Throws<ArgumentException>(() => new LimitValue(kind, lower, upper, MilligramsPerLitre));

    [Fact]
    public void Canonical_OtherUnitOfTheQuantity_IsConverted()
    {
        var limit = Make(new(LimitKind.Max, null, 0.0001m, MilligramsPerLitre));

        Assert.Equal(0.1m, limit.Canonical.Upper);
        Assert.Equal("µg/L", limit.Canonical.Unit.Code);
        Assert.Equal(0.0001m, limit.Value.Upper);
    }

    [Fact]
    public void New_UnitOfAnotherQuantity_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Make(new(LimitKind.Max, null, 1m, Metres)));

    [Fact]
    public void Codes_EveryMember_ComesBack()
    {
        Assert.All(Enum.GetValues<LimitKind>(), kind => Assert.Equal(kind, StandardCodes.FindLimitKind(kind.Code())));
        Assert.All(Enum.GetValues<Confidence>(), confidence => Assert.Equal(confidence, StandardCodes.FindConfidence(confidence.Code())));
        Assert.Null(StandardCodes.FindConfidence("sure"));
    }

    private static Limit Make(LimitValue value) =>
        new(new("QCVN X", "all", "Bảng 1"), Aldrin, "", Averaging.Single, value, DateInterval.Always, new("", Confidence.Low, "test", ""));
}
