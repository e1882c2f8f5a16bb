using System.Net;
using System.Threading.RateLimiting;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>How often one network may ask for a guest's account.</summary>
public sealed class AskLimit : IDisposable
{
    public const int Most = 5;
    public const int Minutes = 10;

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(network =>
        RateLimitPartition.GetFixedWindowLimiter(network, _ => new FixedWindowRateLimiterOptions { PermitLimit = Most, Window = TimeSpan.FromMinutes(Minutes) }));

    /// <summary>Counts a request of this address's network; false where it was one too many.</summary>
    public bool Allows(IPAddress? address)
    {
        using var lease = limiter.AttemptAcquire(Networks.Of(address));
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}

/// <summary>What somebody without an account writes who wants one.</summary>
public sealed record GuestQuestion(string Name, string Email, string Body, string Purpose);

/// <summary>What came of it.</summary>
public enum AskOutcome
{
    /// <summary>Taken; or the e-mail is known already: nobody learns which.</summary>
    Taken,
    NameMissing,
    EmailWrong,
    PurposeMissing,
    TooLong,
    TooMany,
}

/// <summary>Anybody asks for a guest's account (Điều 6.2a): a request for the Centre to assemble and the Department to approve.</summary>
public sealed class AskAccount(PortalDatabase database, AskLimit limit, AccountNotices notices, WriteAudit audit, TimeProvider clock)
{
    public const int BodyCap = 200;
    public const int PurposeCap = 1000;

    // More waiting than anybody reads in a week: somebody is playing.
    private const int MostWaiting = 1000;

    public async Task<AskOutcome> TryAsync(HttpContext context, GuestQuestion question, string trap)
    {
        if (!limit.Allows(context.Connection.RemoteIpAddress))
            return AskOutcome.TooMany;
        var asked = new GuestQuestion(AccountNaming.Tidy(question.Name), question.Email.Trim().ToLowerInvariant(), question.Body.Trim(), question.Purpose.Trim());
        if (Check(asked) is { } wrong)
            return wrong;
        // A field that people do not see was filled in: a machine, which is told the same.
        if (trap.Length == 0)
            await KeepAsync(context, asked);
        return AskOutcome.Taken;
    }

    private static AskOutcome? Check(GuestQuestion asked) =>
        asked.Name.Length == 0 ? AskOutcome.NameMissing
        : !AccountNaming.IsEmail(asked.Email) ? AskOutcome.EmailWrong
        : asked.Purpose.Length == 0 ? AskOutcome.PurposeMissing
        : asked.Name.Length > RequestPersons.NameCap || asked.Body.Length > BodyCap || asked.Purpose.Length > PurposeCap ? AskOutcome.TooLong
        : null;

    // The same work whether the e-mail is known or not, so that the time does not tell; where it is, nothing of it is kept.
    private async Task KeepAsync(HttpContext context, GuestQuestion asked)
    {
        var now = clock.GetUtcNow();
        await using var system = await database.OpenSystemAsync(context.RequestAborted);
        await using var transaction = await system.BeginTransactionAsync(context.RequestAborted);
        var known = await system.ScalarAsync<bool>(
            """
            SELECT EXISTS (SELECT FROM account WHERE lower(email) = $1 AND left_at IS NULL)
                OR EXISTS (SELECT FROM account_request_person p JOIN account_request r ON r.id = p.request_id WHERE p.email = $1 AND p.act = 'grant' AND r.state IN ('sent', 'assembled', 'approved'))
                OR (SELECT count(*) FROM account_request WHERE kind = 'guest' AND state = 'sent') >= $2
            """, context.RequestAborted, asked.Email, (long)MostWaiting);
        var id = await system.ScalarAsync<int>(
            """
            WITH place AS (SELECT portal_guest_organisation() AS id)
            INSERT INTO account_request (kind, organisation_id, asker_organisation_id, body, purpose, state, asked_name, created_at, changed_at)
            SELECT 'guest', id, id, $1, $2, 'sent', $3, $4, $4 FROM place RETURNING id
            """, context.RequestAborted, asked.Body, asked.Purpose, asked.Name, now);
        await system.ExecuteAsync(
            "INSERT INTO account_request_person (request_id, act, full_name, user_name, role, email) VALUES ($1, 'grant', $2, $3, 'guest', $4)",
            context.RequestAborted, id, asked.Name, await FreeNameAsync(system, asked.Email, context.RequestAborted), asked.Email);
        await system.ExecuteAsync("INSERT INTO account_request_step (request_id, step, at, account_name) VALUES ($1, 'sent', $2, $3)", context.RequestAborted, id, now, asked.Name);
        if (known)
            return;
        await transaction.CommitAsync(context.RequestAborted);
        await audit.BySystemAsync("account-asked", asked.Name, context);
        await notices.ToCentreAsync(id, "Asked", asked.Name, now, null, context.RequestAborted);
    }

    // What stands before the "@", as far as it is plain; the Centre corrects it.
    private static async Task<string> FreeNameAsync(NpgsqlConnection system, string email, CancellationToken cancel)
    {
        var start = new string([.. email[..email.IndexOf('@', StringComparison.Ordinal)].Where(sign => char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign is '.' or '-' or '_').Take(30)]);
        var name = AccountNaming.IsPlain(start) ? start : "khach." + start.Trim('.', '-', '_');
        return AccountNaming.IsPlain(name) && !await system.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM account WHERE normalized_user_name = upper($1))", cancel, name) ? name : "";
    }
}
