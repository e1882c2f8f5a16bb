using QuanTrac.Portal.Domain.Accounts;

namespace QuanTrac.Portal.Tests.Features.Accounts;

public sealed class AccountNamingTests
{
    [Theory]
    [InlineData("nguyen.van.an", true)]
    [InlineData("an1", true)]
    [InlineData("an", false)]
    [InlineData("1an", false)]
    [InlineData("An", false)]
    [InlineData("ân.b", false)]
    [InlineData("a b c", false)]
    [InlineData("tokens", false)]
    [InlineData("nghi-0042", false)]
    public void IsPlain_Name_IsAsExpected(string name, bool plain) => Assert.Equal(plain, AccountNaming.IsPlain(name));

    [Theory]
    [InlineData("a@b.vn", true)]
    [InlineData("a@b", false)]
    [InlineData("@b.vn", false)]
    [InlineData("a@@b.vn", false)]
    [InlineData("a@b.vn.", false)]
    [InlineData("a b@c.vn", false)]
    [InlineData("a@b.vn\n", false)]
    [InlineData("<a@b.vn>", false)]
    public void IsEmail_Address_IsAsExpected(string email, bool right) => Assert.Equal(right, AccountNaming.IsEmail(email));

    [Fact]
    public void LockOn_NightsMissed_NeverComesBeforeTheNoticeHasStood()
    {
        var rule = new IdleRule(45, 7);
        var used = new DateOnly(2026, 1, 1);
        Assert.Equal(new DateOnly(2026, 2, 8), rule.NoticeFrom(used));
        Assert.Equal(new DateOnly(2026, 2, 15), rule.LockOn(used, new(2026, 2, 8)));
        Assert.Equal(new DateOnly(2026, 3, 8), rule.LockOn(used, new(2026, 3, 1)));
    }

    [Fact]
    public void Pseudonym_OfAnAccount_HasItsNumber() => Assert.Equal("nghi-0042", AccountNaming.PseudonymOf(42));
}
