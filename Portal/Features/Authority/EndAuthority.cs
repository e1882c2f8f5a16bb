using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Authority;

/// <summary>Ends what a document allowed before its time; the tokens that stood on it end with it.</summary>
public sealed class EndAuthority(PortalDatabase database, TimeProvider clock)
{
    /// <returns>Null where it is ended.</returns>
    public async Task<AuthorityProblem?> RunAsync(Domain.Access.Access access, int id, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        reason = WriteAudit.OneLine(reason.Trim());
        if (reason.Length is 0 or > RecordAuthority.PurposeCap)
            return reason.Length == 0 ? AuthorityProblem.ReasonMissing : AuthorityProblem.TooLong;
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var number = await system.ScalarAsync<string>(
            "UPDATE authority SET ended_at = $2, ended_by = $3, ended_reason = $4 WHERE id = $1 AND ended_at IS NULL RETURNING document_number", cancel, id, clock.GetUtcNow(), access.AccountName, reason);
        if (number is null)
            return AuthorityProblem.NotThere;
        var tokens = await system.ListAsync(
            "UPDATE api_token SET revoked_at = $2, revoked_by = $3, revoked_reason = $4 WHERE authority_id = $1 AND revoked_at IS NULL RETURNING name",
            row => row.GetString(0), cancel, id, clock.GetUtcNow(), access.AccountName, reason);
        await WriteAudit.AsAsync(system, access, "authority-ended", number, new { reason, tokens });
        await transaction.CommitAsync(cancel);
        return null;
    }
}
