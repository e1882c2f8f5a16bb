using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>What an account proves beside its password. The secret of the codes lies encrypted with the keys of data protection, recovery codes only as
/// hashes; a code counts once, which the database holds to.</summary>
public sealed class SecondStep(PortalDatabase database, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string Provider = "quantrac";
    private const string Secret = "second-step";
    private const string Proposed = "second-step-proposed";
    private const int RecoveryCodes = 10;

    // Eighty bits: the hash of one is not turned round.
    private const string RecoveryAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int RecoveryLetters = 16;

    private readonly IDataProtector protector = protection.CreateProtector("QuanTrac.SecondStep");

    /// <summary>The secret in base 32; null where the account has none.</summary>
    public Task<string?> SecretAsync(int account, CancellationToken cancel) => ReadAsync(account, Secret, cancel);

    /// <summary>The secret that is shown until a code of it is given back; the same one at every look.</summary>
    public async Task<string> ProposeAsync(int account, CancellationToken cancel)
    {
        await using (var system = await database.OpenSystemAsync(cancel))
        {
            await system.ExecuteAsync(
                "INSERT INTO account_token (user_id, login_provider, name, value) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                cancel, account, Provider, Proposed, protector.Protect(TimeCode.NewSecret()));
        }
        return (await ReadAsync(account, Proposed, cancel))!;
    }

    /// <summary>Whether a code of the proposed secret is right.</summary>
    public async Task<bool> UseProposedAsync(int account, string code, CancellationToken cancel) =>
        await ReadAsync(account, Proposed, cancel) is { } secret && await UseAsync(account, secret, code, cancel);

    /// <summary>Whether a code is right and was never used: six digits of the app, or a recovery code.</summary>
    public async Task<bool> UseAsync(int account, string code, CancellationToken cancel)
    {
        var typed = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        if (typed.Length != RecoveryLetters)
            return await SecretAsync(account, cancel) is { } secret && await UseAsync(account, secret, typed, cancel);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ExecuteAsync(
            "UPDATE account_recovery_code SET used_at = $3 WHERE account_id = $1 AND sha256 = $2 AND used_at IS NULL", cancel, account, HashOf(account, typed), clock.GetUtcNow()) == 1;
    }

    /// <summary>The proposed secret becomes the account's, in the caller's transaction.</summary>
    /// <returns>The recovery codes, to be shown once.</returns>
    public async Task<IReadOnlyList<string>> ConfirmAsync(NpgsqlConnection system, int account, CancellationToken cancel)
    {
        await system.ExecuteAsync("DELETE FROM account_token WHERE user_id = $1 AND login_provider = $2 AND name = $3", cancel, account, Provider, Secret);
        await system.ExecuteAsync("UPDATE account_token SET name = $4 WHERE user_id = $1 AND login_provider = $2 AND name = $3", cancel, account, Provider, Proposed, Secret);
        await system.ExecuteAsync("UPDATE account SET two_factor_enabled = true WHERE id = $1", cancel, account);
        return await NewRecoveryCodesAsync(system, account, cancel);
    }

    /// <summary>Those from before open nothing any more.</summary>
    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(NpgsqlConnection system, int account, CancellationToken cancel)
    {
        await system.ExecuteAsync("DELETE FROM account_recovery_code WHERE account_id = $1", cancel, account);
        List<string> codes = [];
        for (var number = 0; number < RecoveryCodes; number++)
        {
            var code = RandomNumberGenerator.GetString(RecoveryAlphabet, RecoveryLetters);
            await system.ExecuteAsync(
                "INSERT INTO account_recovery_code (account_id, sha256, made_at) VALUES ($1, $2, $3)", cancel, account, HashOf(account, code), clock.GetUtcNow());
            codes.Add(string.Join('-', code.Chunk(4).Select(part => new string(part))));
        }
        return codes;
    }

    /// <summary>Nothing of it stays; a code that was used stays used.</summary>
    public static async Task RemoveAsync(NpgsqlConnection system, int account, CancellationToken cancel)
    {
        await system.ExecuteAsync("DELETE FROM account_token WHERE user_id = $1 AND login_provider = $2", cancel, account, Provider);
        await system.ExecuteAsync("DELETE FROM account_recovery_code WHERE account_id = $1", cancel, account);
        await system.ExecuteAsync("UPDATE account SET two_factor_enabled = false WHERE id = $1", cancel, account);
    }

    /// <summary>Sets a secret of its own where an account has none (demo accounts).</summary>
    internal async Task EnsureAsync(int account, CancellationToken cancel)
    {
        if (await SecretAsync(account, cancel) is not null)
            return;
        await ProposeAsync(account, cancel);
        await using var system = await database.OpenSystemAsync(cancel);
        await ConfirmAsync(system, account, cancel);
    }

    private async Task<bool> UseAsync(int account, string secret, string code, CancellationToken cancel)
    {
        if (TimeCode.StepOf(secret, code, clock.GetUtcNow()) is not { } step)
            return false;
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ExecuteAsync("INSERT INTO account_code (account_id, step, used_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", cancel, account, step, clock.GetUtcNow()) == 1;
    }

    private async Task<string?> ReadAsync(int account, string name, CancellationToken cancel)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        var value = await system.ScalarAsync<string>("SELECT value FROM account_token WHERE user_id = $1 AND login_provider = $2 AND name = $3", cancel, account, Provider, name);
        return value is null ? null : protector.Unprotect(value);
    }

    private static string HashOf(int account, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{account}:{code}"))));
}
