using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>What is tried, and from where.</summary>
/// <param name="Subject">The account, or the hash of a name that nobody has: both are counted alike.</param>
/// <param name="Lane">The network, the known device, or the session within which a password is asked for again.</param>
public sealed record SignInTrial(string Subject, string Lane)
{
    private const string Within = "within";
    private const string DeviceStart = "device:";

    /// <summary>Of somebody at the door.</summary>
    /// <param name="account">Null where nobody has the name.</param>
    public static SignInTrial AtDoor(HttpContext context, string name, Account? account, KnownDevice devices) => account is null
        ? new($"name:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToUpperInvariant())))}", Networks.Of(context.Connection.RemoteIpAddress))
        : new(SubjectOf(account.Id), devices.Of(context, account) is { } device ? DeviceStart + device : Networks.Of(context.Connection.RemoteIpAddress));

    /// <summary>Of somebody who is signed in: what strangers try at the door does not count here.</summary>
    public static SignInTrial WithinSession(int account) => new(SubjectOf(account), Within);

    public static string SubjectOf(int account) => string.Create(CultureInfo.InvariantCulture, $"account:{account}");

    /// <summary>Whether many failures elsewhere slow it down.</summary>
    public bool IsOfAStranger => Lane != Within && !Lane.StartsWith(DeviceStart, StringComparison.Ordinal);
}

/// <summary>Counts what is tried on an account, passwords and codes alike, from one network or known device at a time (checklist S06): whoever guesses
/// shuts out the own network. Many failures from many networks slow the answers, and shut nobody out. An attempt is taken before it is looked at: of
/// many at once, on whatever node, only as many are looked at as may be wrong. The figures stand in sign_in_rule.</summary>
public sealed class SignInAttempts(PortalDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    /// <returns>How long to wait before the attempt is looked at; null where there is none left.</returns>
    public async Task<TimeSpan?> TakeAsync(SignInTrial trial, CancellationToken cancel = default)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        await TidyAsync(system, trial, cancel);
        var (taken, failed, calm, slowest) = (await system.ListAsync(
            """
            WITH rule AS (
                SELECT max(value) FILTER (WHERE code = 'trials') AS most, make_interval(mins => max(value) FILTER (WHERE code = 'trial_minutes')) AS span,
                    max(value) FILTER (WHERE code = 'trials_before_slowing') AS calm, max(value) FILTER (WHERE code = 'slowest_answer_seconds') AS slowest
                FROM sign_in_rule),
            taken AS (
                INSERT INTO sign_in_trial AS t (subject, lane, failed, first_at, last_at, shut_until)
                SELECT $1, $2, 1, $3::timestamptz, $3::timestamptz, CASE WHEN most = 1 THEN $3::timestamptz + span END FROM rule
                ON CONFLICT (subject, lane) DO UPDATE SET
                    (failed, first_at, last_at, shut_until) = (
                        SELECT now_failed, CASE WHEN stale THEN $3::timestamptz ELSE t.first_at END, $3::timestamptz, CASE WHEN now_failed >= most THEN $3::timestamptz + span END
                        FROM rule, LATERAL (SELECT t.shut_until IS NOT NULL OR t.first_at <= $3::timestamptz - span AS stale) AS s,
                            LATERAL (SELECT CASE WHEN stale THEN 1 ELSE t.failed + 1 END AS now_failed) AS n)
                WHERE t.shut_until IS NULL OR t.shut_until <= $3::timestamptz
                RETURNING 1)
            SELECT EXISTS (SELECT FROM taken), calm, slowest,
                (SELECT coalesce(sum(failed), 0)::int FROM sign_in_trial WHERE subject = $1 AND lane <> 'within' AND NOT starts_with(lane, 'device:') AND last_at > $3::timestamptz - span)
            FROM rule
            """,
            row => (row.GetBoolean(0), row.GetInt32(3), row.GetInt32(1), row.GetInt32(2)), cancel, trial.Subject, trial.Lane, clock.GetUtcNow())).Single();
        return taken ? trial.IsOfAStranger ? Wait(failed - calm, TimeSpan.FromSeconds(slowest)) : TimeSpan.Zero : null;
    }

    /// <summary>It was right, but there is more to prove: wrong codes still count together.</summary>
    public async Task GiveBackAsync(SignInTrial trial, CancellationToken cancel = default)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        await system.ExecuteAsync(
            "UPDATE sign_in_trial SET failed = greatest(failed - 1, 0), shut_until = NULL WHERE subject = $1 AND lane = $2", cancel, trial.Subject, trial.Lane);
    }

    /// <summary>All was right. What others tried from elsewhere stays counted.</summary>
    public async Task ForgetAsync(SignInTrial trial, CancellationToken cancel = default)
    {
        await using var system = await database.OpenSystemAsync(cancel);
        await system.ExecuteAsync("DELETE FROM sign_in_trial WHERE subject = $1 AND lane = $2", cancel, trial.Subject, trial.Lane);
    }

    /// <summary>A quarter of a second, a half, one … up to the slowest.</summary>
    /// <param name="over">Failures above those that slow nobody.</param>
    public static TimeSpan Wait(int over, TimeSpan slowest) =>
        over <= 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(slowest.Ticks, FirstWait.Ticks << Math.Min(over - 1, 20)));

    // Names that somebody made up stay a day.
    private async Task TidyAsync(NpgsqlConnection system, SignInTrial trial, CancellationToken cancel) => await system.ExecuteAsync(
        """
        DELETE FROM sign_in_trial WHERE (subject, lane) IN (
            SELECT subject, lane FROM sign_in_trial WHERE last_at < $2 AND subject <> $1 ORDER BY last_at LIMIT 100 FOR UPDATE SKIP LOCKED)
        """, cancel, trial.Subject, clock.GetUtcNow() - TimeSpan.FromDays(1));
}
