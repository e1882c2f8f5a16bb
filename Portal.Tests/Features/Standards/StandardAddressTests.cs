using QuanTrac.Portal.Features.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Standards;

public sealed class StandardAddressTests
{
    [Theory]
    [InlineData("QCVN 10:2023/BTNMT", "qcvn-10-2023-btnmt")]
    [InlineData("QCVN 10-MT:2015/BTNMT", "qcvn-10-mt-2015-btnmt")]
    [InlineData("QĐ 1460/QĐ-TCMT", "qd-1460-qd-tcmt")]
    [InlineData("CCME WQI 1.0", "ccme-wqi-1-0")]
    public void Slug_Code_IsSafeInAnAddress(string code, string slug) => Assert.Equal(slug, StandardAddress.Slug(code));

    [Fact]
    public void Slug_EveryStandardOfTheSeed_IsItsOwn()
    {
        var codes = SeedBooks.Standards.All.Select(standard => standard.Code).Concat(SeedBooks.Indices.All.Select(index => index.Papers.Code)).ToList();
        Assert.Equal(codes.Count, codes.Select(StandardAddress.Slug).Append("compare").Append("download").Distinct().Count() - 2);
    }

    [Fact]
    public void Of_ColumnAndParameter_AreEscaped() => Assert.Equal(
        "/standards/qcvn-10-2023-btnmt?day=2026-05-12&column=%3E24&parameter=Heptachlor%26epoxide",
        StandardAddress.Of("QCVN 10:2023/BTNMT", ">24", "Heptachlor&epoxide", new DateOnly(2026, 5, 12)));

    [Theory]
    [InlineData("12/05/2026")]
    [InlineData("2026-02-30")]
    [InlineData("")]
    public void Filter_DayThatIsNone_IsToday(string day) => Assert.Equal(new StandardFilter(null, null, null), StandardFilter.Of(day, " ", null));
}
