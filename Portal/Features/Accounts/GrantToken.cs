using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Why a token was not granted or revoked.</summary>
public enum TokenProblem
{
    AccountUnknown,
    NameMissing,

    /// <summary>No document of the register that holds today.</summary>
    DocumentMissing,

    /// <summary>Over before it begins, longer than the rule lets it, or longer than its document holds.</summary>
    ExpiryWrong,
    ReasonMissing,
}

/// <summary>What is granted to whom, by which document of the register (table authority), until when.</summary>
public sealed record TokenGrant(string Account, string Name, int? Authority, DateOnly? ExpiresOn);

/// <summary>Grants a read-only token (Điều 4.3), and takes it back.</summary>
public sealed class GrantToken(PortalDatabase database, TokensData data, TimeProvider clock)
{
    public const int NameCap = 100;

    /// <summary>The token, which is shown once, or what is wrong.</summary>
    public async Task<(string? Token, TokenProblem? Problem)> RunAsync(Domain.Access.Access access, TokenGrant grant, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        var today = PortalDay.Of(clock);
        var name = WriteAudit.OneLine(grant.Name.Trim());
        if (name.Length is 0 or > NameCap)
            return (null, TokenProblem.NameMissing);
        if (grant.ExpiresOn is not { } expires || expires < today || expires > today.AddDays(await data.LongestAsync(access, cancel)))
            return (null, TokenProblem.ExpiryWrong);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        // Held, so that it is not ended meanwhile.
        var (number, last) = (await system.ListAsync(
            """
            SELECT document_number, to_day FROM authority
            WHERE id = $1 AND (kind = 'token' OR (kind = 'connection' AND connection = 'data-sharing')) AND portal_authority_holds(id) FOR SHARE
            """, row => (row.GetString(0), row.IsDBNull(1) ? DateOnly.MaxValue : row.GetFieldValue<DateOnly>(1)), cancel, grant.Authority ?? 0)).FirstOrDefault();
        if (number is null)
            return (null, TokenProblem.DocumentMissing);
        if (expires > last)
            return (null, TokenProblem.ExpiryWrong);
        var account = await system.ScalarAsync<int>(
            "SELECT id FROM account WHERE normalized_user_name = $1 AND portal_account_open(id)", cancel, grant.Account.Trim().ToUpperInvariant());
        if (account == 0)
            return (null, TokenProblem.AccountUnknown);
        var token = ApiTokens.New();
        await system.ExecuteAsync(
            """
            INSERT INTO api_token (account_id, name, sha256, authority_id, granted_by, granted_at, expires_on) VALUES ($1, $2, $3, $4, $5, $6, $7)
            """, cancel, account, name, ApiTokens.HashOf(token), grant.Authority, access.AccountName, clock.GetUtcNow(), expires);
        await WriteAudit.AsAsync(system, access, "token-granted", name, new { account = grant.Account.Trim(), document = number, expires });
        await transaction.CommitAsync(cancel);
        return (token, null);
    }

    /// <summary>It opens nothing from now on. Null where it was revoked, or was so before.</summary>
    public async Task<TokenProblem?> RevokeAsync(Domain.Access.Access access, int token, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        if (string.IsNullOrWhiteSpace(reason))
            return TokenProblem.ReasonMissing;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var name = await system.ScalarAsync<string>(
            "UPDATE api_token SET revoked_at = $2, revoked_by = $3, revoked_reason = $4 WHERE id = $1 AND revoked_at IS NULL RETURNING name",
            cancel, token, clock.GetUtcNow(), access.AccountName, reason.Trim());
        if (name is not null)
            await WriteAudit.AsAsync(system, access, "token-revoked", name, new { reason = reason.Trim() });
        await transaction.CommitAsync(cancel);
        return null;
    }
}
