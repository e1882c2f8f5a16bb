using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Demo;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Accounts;

public sealed class PasswordRulesTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    [Theory]
    [InlineData("matkhau123456")]
    [InlineData("MatKhau@123456")]
    [InlineData("M4tKh4u!2026")]
    [InlineData("Mật khẩu 123456")]
    [InlineData("quangninh2026")]
    [InlineData("QuangNinh@2031")]
    [InlineData("P@ssw0rd12345")]
    [InlineData("administrator1")]
    [InlineData("qwertyuiop123")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("passwordpassword")]
    [InlineData("Abcdefghijkl")]
    [InlineData("987654321098")]
    [InlineData("aaaaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("CorrectHorseBatteryStaple")]
    public void Has_WhatIsTriedFirst_InAnyLetters(string password) => Assert.True(new CommonPasswords().Has(password));

    [Theory]
    [InlineData("thuyền nan qua vịnh 41")]
    [InlineData("tram do nuoc ngam so bay")]
    [InlineData("xk7Qm2pR9vTd")]
    [InlineData("quang ninh co ba con tau cu")]
    public void Has_WhatIsNotTriedFirst_IsFree(string password) => Assert.False(new CommonPasswords().Has(password));

    [Theory]
    [InlineData("bảy con tàu", "PasswordTooShort")]
    [InlineData("matkhau123456", "PasswordCommon")]
    [InlineData("toi la Thi.Hoa ngoi day", "PasswordHasName")]
    [InlineData("toi thich Qu4ntrac nhat nha", "PasswordHasPortal")]
    [InlineData("mot cau dai vua du dung", "PasswordSame")]
    [InlineData(DemoAccounts.Password, "PasswordHasPortal")]
    [InlineData("tram do nuoc ngam so bay", "")]
    public async Task Validate_EachFault_IsNamed(string password, string code)
    {
        var account = new Account { UserName = "thi.hoa", Role = "guest", OrganisationCode = "SONNMT" };
        Assert.Equal(code, await ValidateAsync(account, "mot cau dai vua du dung", password));
    }

    [Fact]
    public async Task Validate_PasswordOfTheDemo_IsForDemoAccountsAlone()
    {
        Assert.Equal("", await ValidateAsync(new Account { UserName = "m", Role = "guest", OrganisationCode = "SONNMT", Demo = true }, "khong ai dung cau nay", DemoAccounts.Password));
        Assert.NotEqual("", await ValidateAsync(new Account { UserName = "m", Role = "guest", OrganisationCode = "SONNMT" }, "khong ai dung cau nay", DemoAccounts.Password));
    }

    private Task<string> ValidateAsync(Account account, string before, string password) => portal.WithAsync<UserManager<Account>, string>(async accounts =>
    {
        account.PasswordHash = accounts.PasswordHasher.HashPassword(account, before);
        var found = new List<string>();
        foreach (var rule in accounts.PasswordValidators)
            found.AddRange((await rule.ValidateAsync(accounts, account, password)).Errors.Select(error => error.Code));
        return string.Join(' ', found.Distinct());
    });
}
