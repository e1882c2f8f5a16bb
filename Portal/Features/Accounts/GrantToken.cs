using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Why a token was not granted or revoked.</summary>
public enum TokenProblem
{
    AccountUnknown,
    NameMissing,
    DocumentMissing,

    /// <summary>The document is of a day to come.</summary>
    DocumentAhead,

    /// <summary>Over before it begins, or longer than the rule lets it.</summary>
    ExpiryWrong,
    ReasonMissing,
}

/// <summary>What is granted to whom, by which document, until when.</summary>
public sealed record TokenGrant(string Account, string Name, string DocumentNumber, DateOnly? DocumentDate, DateOnly? ExpiresOn);

/// <summary>Grants a read-only token (Điều 4.3), and takes it back.</summary>
public sealed class GrantToken(PortalDatabase database, TokensData data, TimeProvider clock)
{
    public const int NameCap = 100;

    /// <summary>The token, which is shown once, or what is wrong.</summary>
    public async Task<(string? Token, TokenProblem? Problem)> RunAsync(Domain.Access.Access access, TokenGrant grant, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        var today = PortalDay.Of(clock);
        var (name, number) = (WriteAudit.OneLine(grant.Name.Trim()), WriteAudit.OneLine(grant.DocumentNumber.Trim()));
        if (name.Length is 0 or > NameCap)
            return (null, TokenProblem.NameMissing);
        if (number.Length is 0 or > NameCap || grant.DocumentDate is not { } dated)
            return (null, TokenProblem.DocumentMissing);
        if (dated > today)
            return (null, TokenProblem.DocumentAhead);
        if (grant.ExpiresOn is not { } expires || expires < today || expires > today.AddDays(await data.LongestAsync(access, cancel)))
            return (null, TokenProblem.ExpiryWrong);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var account = await system.ScalarAsync<int>(
            "SELECT id FROM account WHERE normalized_user_name = $1 AND portal_account_open(id)", cancel, grant.Account.Trim().ToUpperInvariant());
        if (account == 0)
            return (null, TokenProblem.AccountUnknown);
        var token = ApiTokens.New();
        await system.ExecuteAsync(
            """
            INSERT INTO api_token (account_id, name, sha256, document_number, document_date, granted_by, granted_at, expires_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """, cancel, account, name, ApiTokens.HashOf(token), number, dated, access.AccountName, clock.GetUtcNow(), expires);
        await WriteAudit.AsAsync(system, access, "token-granted", name, new { account = grant.Account.Trim(), document = number, dated, expires });
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
