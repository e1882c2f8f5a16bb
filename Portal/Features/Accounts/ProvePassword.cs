using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Asks for the password again before something grave; wrong ones are counted as at the door, but on their own.</summary>
public sealed class ProvePassword(PortalDatabase database, IPasswordHasher<Account> hasher, SignInAttempts attempts)
{
    public async Task<bool> RunAsync(Domain.Access.Access access, string password, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        if (access.AccountId is not { } id || password.Length is 0 or > PasswordRules.Longest || await attempts.TakeAsync(SignInTrial.WithinSession(id), cancel) is null)
            return false;
        await using (var system = await database.OpenSystemAsync(cancel))
        {
            var hash = await system.ScalarAsync<string>("SELECT password_hash FROM account WHERE id = $1", cancel, id);
            if (hash is null || hasher.VerifyHashedPassword(new Account { Role = "", OrganisationCode = "" }, hash, password) == PasswordVerificationResult.Failed)
                return false;
        }
        await attempts.GiveBackAsync(SignInTrial.WithinSession(id), cancel);
        return true;
    }
}
