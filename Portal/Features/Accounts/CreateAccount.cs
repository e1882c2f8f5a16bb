using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Makes an account with a one-time password.</summary>
public sealed class CreateAccount(UserManager<Account> accounts, SystemDb system, PortalDatabase database, TimeProvider clock)
{
    // No letters or digits that are mistaken for one another when read aloud.
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>The one-time password, or the codes of what is wrong (as the framework names them, or "UnknownOrganisation").</summary>
    public async Task<(string? Password, IReadOnlyList<string> Problems)> RunAsync(
        Domain.Access.Access access, string name, Role role, string organisationCode, string? password = null, bool demo = false)
    {
        access.Demand(Capability.CreateAccount);
        // Nobody makes a second account for themselves: people ask by letter, the Department approves. Here only whoever has the machine.
        if (access.AccountId is not null)
            return (null, ["ByLetterOnly"]);
        if (!await OrganisationExistsAsync(organisationCode))
            return (null, ["UnknownOrganisation"]);
        var account = new Account
        {
            UserName = name,
            DisplayName = name,
            Role = role.ToString().ToLowerInvariant(),
            OrganisationCode = organisationCode,
            MustChangePassword = password is null,
            PasswordChangedAt = password is null ? null : clock.GetUtcNow(),
            Demo = demo,
            LockoutEnabled = true,
            CreatedAt = clock.GetUtcNow(),
        };
        password ??= OneTimePassword();
        // The account and the word of it, or neither.
        await using var transaction = await system.Database.BeginTransactionAsync();
        var result = await accounts.CreateAsync(account, password);
        if (result.Succeeded)
        {
            await WriteAudit.AsAsync((NpgsqlConnection)system.Database.GetDbConnection(), access, "account-created", name, new { role = account.Role, organisation = organisationCode });
            await transaction.CommitAsync();
        }
        return result.Succeeded ? (password, []) : (null, result.Errors.Select(error => error.Code).ToList());
    }

    /// <summary>A password to be changed at the first sign-in.</summary>
    internal static string OneTimePassword() => RandomNumberGenerator.GetString(Alphabet, 16);

    private async Task<bool> OrganisationExistsAsync(string code)
    {
        await using var connection = await database.OpenSystemAsync();
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM organisation WHERE code = $1)", connection)
        { Parameters = { new() { Value = code } } };
        return (bool)(await command.ExecuteScalarAsync())!;
    }
}
