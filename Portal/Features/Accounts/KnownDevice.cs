using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using QuanTrac.Portal.Data.Accounts;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Browsers in which somebody has signed in before: what strangers try on the account elsewhere does not shut these out. The mark belongs to one
/// account and to its stamp, so that another password, or signing out everywhere, takes it away. It opens nothing.</summary>
public sealed class KnownDevice(IDataProtectionProvider protection)
{
    public const string Cookie = "quantrac-device";
    private static readonly TimeSpan Lasting = TimeSpan.FromDays(180);
    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("QuanTrac.KnownDevice").ToTimeLimitedDataProtector();

    /// <summary>The number of the device where it is known to the account.</summary>
    public string? Of(HttpContext context, Account account)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } kept)
            return null;
        try
        {
            return protector.Unprotect(kept).Split('|') is [var device, var id, var stamp]
                && id == account.Id.ToString(CultureInfo.InvariantCulture) && stamp == (account.SecurityStamp ?? "") ? device : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>After all was proven. Another number each time, so that a mark that was copied counts apart.</summary>
    public void Remember(HttpContext context, int account, string stamp) => context.Response.Cookies.Append(
        Cookie,
        protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{Guid.NewGuid():N}|{account}|{stamp}"), Lasting),
        new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/sign-in", MaxAge = Lasting });
}
