using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Features.Demo;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>What a password must not be, beside too short: one that is tried first, the name of the account or of the portal, the one before.
/// The texts <c>Password.(code)</c> say it.</summary>
public sealed class PasswordRules(CommonPasswords common) : IPasswordValidator<Account>
{
    /// <summary>Longer ones only cost time.</summary>
    public const int Longest = 128;

    // A name of two letters is in half of all words.
    private const int ShortestName = 3;

    private const string PortalName = "quantrac";

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var text = password ?? "";
        // Printed at every start; it opens demo data only.
        if (user.Demo && text == DemoAccounts.Password)
            return Task.FromResult(IdentityResult.Success);
        if (text.Length > Longest)
            return Task.FromResult(IdentityResult.Failed(Problem("PasswordTooLong")));
        List<string> found = [];
        if (common.Has(text))
            found.Add("PasswordCommon");
        var read = CommonPasswords.Read(text);
        if (user.UserName is { Length: >= ShortestName } name && read.Contains(CommonPasswords.Read(name), StringComparison.Ordinal))
            found.Add("PasswordHasName");
        if (read.Contains(PortalName, StringComparison.Ordinal))
            found.Add("PasswordHasPortal");
        if (user.PasswordHash is { } hash && manager.PasswordHasher.VerifyHashedPassword(user, hash, text) != PasswordVerificationResult.Failed)
            found.Add("PasswordSame");
        return Task.FromResult(found.Count == 0 ? IdentityResult.Success : IdentityResult.Failed([.. found.Select(Problem)]));
    }

    private static IdentityError Problem(string code) => new() { Code = code, Description = code };
}
