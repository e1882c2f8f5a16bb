using System.Globalization;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Tests.Features.Accounts;

public sealed class TimeCodeTests
{
    // "12345678901234567890" in base 32, the secret of RFC 6238, appendix B.
    private const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    // The last six of the eight digits of the table there.
    [Theory]
    [InlineData("1970-01-01T00:00:59Z", "287082")]
    [InlineData("2005-03-18T01:58:29Z", "081804")]
    [InlineData("2005-03-18T01:58:31Z", "050471")]
    [InlineData("2009-02-13T23:31:30Z", "005924")]
    [InlineData("2033-05-18T03:33:20Z", "279037")]
    [InlineData("2603-10-11T11:33:20Z", "353130")]
    public void At_MomentsOfTheRfc_GivesItsDigits(string moment, string digits)
    {
        var at = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
        Assert.Equal(digits, TimeCode.At(Secret, TimeCode.StepOf(at)));
        Assert.Equal(TimeCode.StepOf(at), TimeCode.StepOf(Secret, digits, at));
    }

    [Theory]
    [InlineData("2005-03-18T01:57:59Z", true)]
    [InlineData("2005-03-18T01:58:58Z", true)]
    [InlineData("2005-03-18T01:57:29Z", false)]
    [InlineData("2005-03-18T01:59:01Z", false)]
    public void StepOf_ClockThatDiffers_IsTakenForOneStep(string clock, bool taken) =>
        Assert.Equal(taken, TimeCode.StepOf(Secret, "081804", DateTimeOffset.Parse(clock, CultureInfo.InvariantCulture)) is not null);

    [Theory]
    [InlineData("")]
    [InlineData("81804")]
    [InlineData("0818040")]
    [InlineData("٠٨١٨٠٤")]
    public void StepOf_WhatIsNoCode_IsNoStep(string code) =>
        Assert.Null(TimeCode.StepOf(Secret, code, DateTimeOffset.Parse("2005-03-18T01:58:29Z", CultureInfo.InvariantCulture)));

    [Fact]
    public void NewSecret_EachTime_IsAnotherOf160Bits()
    {
        var secrets = Enumerable.Range(0, 50).Select(_ => TimeCode.NewSecret()).ToList();
        Assert.All(secrets, secret => Assert.Matches("^[A-Z2-7]{32}$", secret));
        Assert.Equal(50, secrets.Distinct().Count());
    }
}
