using Bunit;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Components;

public sealed class AccountsTests : KitContext
{
    private static readonly DateTimeOffset At = new(2026, 11, 29, 18, 0, 0, TimeSpan.Zero);

    // The day is that of Quảng Ninh: on the 29th at 18:00 UTC it is the 30th.
    public AccountsTests() => Services.AddSingleton<TimeProvider>(new TestClock(At));

    [Theory]
    [InlineData("2026-11-30", false, "badge good", "Đến hết 30/11/2026")]
    [InlineData("2026-11-29", false, "badge ", "Hết hạn 29/11/2026")]
    [InlineData("2026-12-31", true, "badge bad", "Thu hồi 30/11/2026 01:00")]
    public void Token_Holds_UntilItsLastDayOrItIsRevoked(string expires, bool revoked, string look, string words)
    {
        var token = new GrantedToken(1, "company", "Phần mềm", "245/QĐ", new(2026, 1, 2), "admin", At, DateOnly.Parse(expires, System.Globalization.CultureInfo.InvariantCulture), revoked ? At : null, "admin", "", null, "");
        var state = Render<TokenState>(given => given.Add(one => one.Token, token)).Find("span");
        Assert.Equal((look, words), (state.ClassName, Words(state)));
    }

    [Fact]
    public void RecoveryCodes_AreListedToBeCopied() =>
        Assert.Equal(["a-1", "b-2"], Render<RecoveryCodeList>(given => given.Add(one => one.Codes, ["a-1", "b-2"])).FindAll("li").Select(Words));
}
