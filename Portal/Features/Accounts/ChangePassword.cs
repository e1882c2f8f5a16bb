using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Another password: every session of the account ends, and a fresh one opens in this browser.</summary>
public sealed class ChangePassword(
    UserManager<Account> accounts, SystemDb system, ProvePassword prove, OpenSession session, TimeProvider clock)
{
    /// <summary>What is wrong, as the texts <c>Password.(code)</c> name it; empty where it was changed.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(Domain.Access.Access access, HttpContext context, string current, string wanted, string repeated)
    {
        access.Demand(Capability.UseOwnAccount);
        var cancel = context.RequestAborted;
        if (wanted != repeated)
            return ["NotRepeated"];
        if (!await prove.RunAsync(access, current, cancel))
            return ["CurrentWrong"];
        var account = (await accounts.FindByNameAsync(access.AccountName))!;
        await using (var transaction = await system.Database.BeginTransactionAsync(cancel))
        {
            // Gives the account a new stamp too: what bears the old one is worth nothing.
            var result = await accounts.ChangePasswordAsync(account, current, wanted);
            if (!result.Succeeded)
                return [.. result.Errors.Select(error => error.Code)];
            var connection = (NpgsqlConnection)system.Database.GetDbConnection();
            await connection.ExecuteAsync("UPDATE account SET must_change_password = false, password_changed_at = $2 WHERE id = $1", cancel, account.Id, clock.GetUtcNow());
            await OwnSessions.EndAllAsync(connection, account.Id, clock.GetUtcNow(), "everywhere", cancel);
            await WriteAudit.AsAsync(connection, access, "password-changed", account.UserName!);
            await transaction.CommitAsync(cancel);
        }
        account.MustChangePassword = false;
        await session.RunAsync(context, account, account.TwoFactorEnabled ? SignInWay.Code : SignInWay.Password);
        return [];
    }
}
