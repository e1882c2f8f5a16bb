using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Features.Territories;

namespace QuanTrac.Portal.Tests.Features.Territories;

public sealed class UnitMatchTests
{
    private static readonly UnitOfRegister[] Units =
    [
        new("06652", "commune", "Phường Hà Tu", ["Phường Hà Tu"], null, false),
        new("07192", "commune", "Đặc khu Cô Tô", ["Đặc khu Cô Tô"], null, false),
        new("07180", "commune", "Phường Liên Hòa", ["Phường Liên Hòa"], null, false),
        new("193", "district", "Thành phố Hạ Long", ["Thành phố Hạ Long"], new(2025, 6, 30), false),
        new("205", "district", "Thành phố Đông Triều", ["Thị xã Đông Triều", "Thành phố Đông Triều"], new(2025, 6, 30), false),
        new("207", "district", "Huyện Cô Tô", ["Huyện Cô Tô"], new(2025, 6, 30), false),
    ];

    [Theory]
    [InlineData("code", "06652", MatchReason.Code, "06652")]
    [InlineData("MaXa", "6652", MatchReason.Code, "06652")]
    [InlineData("ma", "193", MatchReason.Code, "193")]
    [InlineData("name", "HÀ TU", MatchReason.Name, "06652")]
    [InlineData("ten", "phường Hà Tu", MatchReason.Name, "06652")]
    // Old and new places of the tone mark.
    [InlineData("name", "Liên Hoà", MatchReason.Name, "07180")]
    // A commune and a district may have the same name: the key or the word before it says which is meant.
    [InlineData("name", "Cô Tô", MatchReason.Name, "07192")]
    [InlineData("huyen", "Cô Tô", MatchReason.Name, "207")]
    [InlineData("name", "Huyện Cô Tô", MatchReason.Name, "207")]
    [InlineData("huyen", "Đông Triều", MatchReason.Name, "205")]
    [InlineData("ten", "Thị xã Đông Triều", MatchReason.Name, "205")]
    [InlineData("name", "Hà Nội", MatchReason.None, null)]
    [InlineData("code", "99999", MatchReason.None, null)]
    [InlineData("area", "12", MatchReason.None, null)]
    public void Match_OneFeature_IsFoundByCodeElseByName(string key, string value, MatchReason reason, string? unit)
    {
        var match = Assert.Single(UnitMatch.Of([Feature(1, (key, value))], Units));
        Assert.Equal((reason, unit), (match.Reason, match.Unit));
    }

    [Fact]
    public void Match_WrongCodeButRightName_GoesByName() =>
        Assert.Equal((MatchReason.Name, "06652"), Of(Feature(1, ("code", "x1"), ("name", "Hà Tu"), ("huyen", "Hạ Long"))));

    [Fact]
    public void Match_TwoFeaturesOfOneUnit_AreBothLeftToThePerson() =>
        Assert.All(UnitMatch.Of([Feature(1, ("code", "06652")), Feature(2, ("name", "Hà Tu"))], Units), match => Assert.Equal((MatchReason.Several, null), (match.Reason, match.Unit)));

    private static (MatchReason, string?) Of(AreaFeature feature) => UnitMatch.Of([feature], Units) is [var match] ? (match.Reason, match.Unit) : default;

    private static AreaFeature Feature(int number, params (string Key, string Value)[] properties) =>
        new(number, properties.ToDictionary(one => one.Key, one => one.Value, StringComparer.OrdinalIgnoreCase), "{}");
}

public sealed class CornerTextTests
{
    [Theory]
    [InlineData("107.12 20.95")]
    [InlineData("107,12 20,95")]
    [InlineData("107.12, 20.95")]
    [InlineData("107,12; 20,95")]
    [InlineData("  107.12\t20.95  ")]
    public void Read_OneCorner_InEachWayOfWriting(string line) => Assert.Equal([(107.12, 20.95)], CornerText.Read(line).Corners);

    [Fact]
    public void Read_ClosedRingAndEmptyLines_GivesCornersOnce() =>
        Assert.Equal([(107, 20.9), (107.1, 20.9), (107.1, 21)], CornerText.Read("107 20.9\r\n107.1 20.9\n\n107.1 21\n107 20.9\n").Corners);

    [Theory]
    [InlineData("107 20.9\n107.1", 2)]
    // Four numbers or two: nothing is guessed.
    [InlineData("107,12,20,95", 1)]
    [InlineData("107 20.9\n\nNB1 107 21", 3)]
    [InlineData("107 1e3", 1)]
    public void Read_LineThatIsNoCorner_IsNamed(string text, int line) => Assert.Equal(line, CornerText.Read(text).WrongLine);

    [Fact]
    public void Read_TooManyLines_NamesTheFirstOver() =>
        Assert.Equal(1002, CornerText.Read(string.Join('\n', Enumerable.Range(0, 1100).Select(n => FormattableString.Invariant($"107.{n:0000} 21")))).WrongLine);
}
