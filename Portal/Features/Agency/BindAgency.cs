using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.Agency;

/// <summary>What came of binding.</summary>
public enum BindOutcome
{
    Bound,
    NotBound,

    /// <summary>Asked, and waits for a second administrator.</summary>
    WaitsForSecond,
    ReasonMissing,
    AlreadyAsked,

    /// <summary>Whoever asks has no say yet.</summary>
    NoWord,
}

/// <summary>Binds somebody whom the agency vouches for to an account that exists, or takes the bond away. One person, one account; administrators
/// sign in with password and code alone.</summary>
public sealed class BindAgency(PortalDatabase database, AskSecondWord ask, TimeProvider clock) : IConfirmedAct
{
    private const string Kind = "agency-bind";

    IReadOnlyCollection<string> IConfirmedAct.Kinds => [Kind];

    /// <summary>Not bound where the account is not there, is an administrator's, or one of the two is bound already. Of an account whose word counts (the Department's) it is
    /// asked, and a second administrator confirms.</summary>
    public async Task<BindOutcome> RunAsync(Domain.Access.Access access, int identity, string accountName, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var connection = await database.OpenSystemAsync(cancel);
        var (id, name) = (await connection.ListAsync(
            "SELECT id, user_name FROM account WHERE normalized_user_name = upper($1) AND role <> 'admin' AND portal_has_say(role, organisation_code)",
            row => (row.GetInt32(0), row.GetString(1)), cancel, accountName)).FirstOrDefault();
        if (id != 0 && access.AccountId is not null)
        {
            return await ask.RunAsync(access, new(Kind, id, name, reason, new { identity }), cancel) switch
            {
                null => BindOutcome.WaitsForSecond,
                WordProblem.ReasonMissing or WordProblem.TooLong => BindOutcome.ReasonMissing,
                WordProblem.AlreadyAsked => BindOutcome.AlreadyAsked,
                _ => BindOutcome.NoWord,
            };
        }
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var bound = await BindAsync(connection, access, identity, accountName, cancel);
        await transaction.CommitAsync(cancel);
        return bound ? BindOutcome.Bound : BindOutcome.NotBound;
    }

    async Task<ActOutcome> IConfirmedAct.CarryOutAsync(Npgsql.NpgsqlConnection system, Domain.Access.Access by, AskedWord word, CancellationToken cancel) =>
        await BindAsync(system, by, (int)word.Facts["identity"]!, word.Subject, cancel) ? new() : new("NotBound");

    private static async Task<bool> BindAsync(Npgsql.NpgsqlConnection connection, Domain.Access.Access access, int identity, string accountName, CancellationToken cancel)
    {
        // The account is held, so that two administrators do not bind it to two people.
        await connection.ExecuteAsync("SELECT FROM account WHERE normalized_user_name = upper($1) FOR UPDATE", cancel, accountName);
        var bound = await connection.ExecuteAsync(
            """
            INSERT INTO account_login (login_provider, provider_key, provider_display_name, user_id)
            SELECT i.issuer, i.subject, i.name, a.id FROM agency_identity AS i, account AS a
            WHERE i.id = $1 AND a.normalized_user_name = upper($2) AND a.role <> 'admin' AND portal_account_open(a.id)
                AND NOT EXISTS (SELECT FROM account_login AS l WHERE l.user_id = a.id)
            ON CONFLICT DO NOTHING
            """, cancel, identity, accountName);
        if (bound == 1)
        {
            var who = await connection.ScalarAsync<string>("SELECT coalesce(nullif(email, ''), subject) FROM agency_identity WHERE id = $1", cancel, identity);
            await WriteAudit.AsAsync(connection, access, "agency-bound", accountName, new { identity = who });
        }
        return bound == 1;
    }

    /// <summary>Takes the bond away; what was opened through it ends.</summary>
    public async Task<bool> UndoAsync(Domain.Access.Access access, int identity, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var connection = await database.OpenSystemAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var name = await connection.ScalarAsync<string>(
            """
            WITH undone AS (
                DELETE FROM account_login AS l USING agency_identity AS i WHERE i.id = $1 AND l.login_provider = i.issuer AND l.provider_key = i.subject RETURNING l.user_id),
            ended AS (
                UPDATE account_session SET ended_at = $2, end_reason = 'rights' WHERE way = 'agency' AND ended_at IS NULL AND account_id = (SELECT user_id FROM undone))
            SELECT a.user_name FROM account AS a JOIN undone AS u ON u.user_id = a.id
            """, cancel, identity, clock.GetUtcNow());
        if (name is not null)
            await WriteAudit.AsAsync(connection, access, "agency-unbound", name);
        await transaction.CommitAsync(cancel);
        return name is not null;
    }
}
