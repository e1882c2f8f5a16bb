using QuanTrac.Portal.Features.Standards;

namespace QuanTrac.Portal.Tests.Features.Standards;

public sealed class ColumnHeadsTests
{
    [Fact]
    public void Of_NamesThatBeginAlike_SaysItOnce()
    {
        var heads = ColumnHeads.Of(["Bảng 3 (hồ, ao, đầm), mức A", "Bảng 3 (hồ, ao, đầm), mức B"]);
        Assert.Equal("Bảng 3 (hồ, ao, đầm)", heads.Common);
        Assert.Equal(["mức A", "mức B"], heads.Names);
    }

    [Theory]
    [InlineData("Cột A: một", "Cột B: hai")]
    [InlineData("Một mình")]
    public void Of_NamesThatShareNoPart_LeavesThem(params string[] names)
    {
        var heads = ColumnHeads.Of(names);
        Assert.Null(heads.Common);
        Assert.Equal(names, heads.Names);
    }
}
