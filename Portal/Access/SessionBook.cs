using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Access;

/// <summary>Which sessions are open, as the database says. An answer is kept for two seconds, so that the many requests of one page ask once.</summary>
public sealed class SessionBook(PortalDatabase database, SessionLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, string? Ended)> known = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> active = new();

    /// <summary>What a session that nobody knows, or no cookie names, ends with.</summary>
    public const string Unknown = "unknown";

    /// <summary>The session that a cookie names; null where it names none.</summary>
    public static Guid? Of(ClaimsPrincipal? user) =>
        Guid.TryParseExact(user?.FindFirstValue(AccessClaims.Session), "D", out var session) ? session : null;

    /// <summary>Why a session counts for nothing any more (a reason of account_session, or <see cref="Unknown"/>); null while it is open.</summary>
    public async ValueTask<string?> EndOfAsync(Guid session, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(session, out var answer) && now - answer.At < Fresh)
            return answer.Ended;
        await using var connection = await database.OpenSystemAsync(cancel);
        var ended = await connection.ListAsync(
            """
            SELECT CASE WHEN ended_at IS NOT NULL THEN end_reason WHEN ends_at <= $2 THEN 'expired' WHEN seen_at <= $3 THEN 'idle'
                WHEN NOT portal_account_open(account_id) THEN 'locked' END
            FROM account_session WHERE id = $1
            """, row => row.IsDBNull(0) ? null : row.GetString(0), cancel, session, now, now - limits.Idle) is [var reason] ? reason : Unknown;
        known[session] = (now, ended);
        return ended;
    }

    /// <summary>A person did something in it.</summary>
    public void Use(Guid session) => active[session] = clock.GetUtcNow();

    /// <summary>Writes down what was used, ends what its limits end, and gives of these sessions the ones that are over, with the reason.</summary>
    /// <param name="here">The sessions of this node's circuits.</param>
    public async Task<IReadOnlyList<(Guid Session, string Reason)>> SettleAsync(IReadOnlyCollection<Guid> here, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var used = active.ToArray();
        await using var connection = await database.OpenSystemAsync(cancel);
        if (used.Length > 0)
        {
            // A sign of life is worth a write three times a minute, not at every move.
            await connection.ExecuteAsync(
                """
                UPDATE account_session AS s SET seen_at = u.at FROM unnest($1::uuid[], $2::timestamptz[]) AS u (id, at)
                WHERE s.id = u.id AND s.ended_at IS NULL AND s.seen_at < u.at - interval '20 seconds'
                """, cancel, used.Select(one => one.Key).ToArray(), new Npgsql.NpgsqlParameter { Value = used.Select(one => one.Value.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        }
        foreach (var one in used)
            active.TryRemove(one);
        await connection.ExecuteAsync(
            """
            UPDATE account_session SET ended_at = $1, end_reason = CASE WHEN ends_at <= $1 THEN 'expired' WHEN seen_at <= $2 THEN 'idle' ELSE 'locked' END
            WHERE ended_at IS NULL AND (ends_at <= $1 OR seen_at <= $2 OR (id = ANY ($3) AND NOT portal_account_open(account_id)))
            """, cancel, now, now - limits.Idle, here.ToArray());
        var over = await connection.ListAsync(
            """
            SELECT h.id, coalesce(s.end_reason, 'unknown') FROM unnest($1::uuid[]) AS h (id) LEFT JOIN account_session AS s ON s.id = h.id
            WHERE s.id IS NULL OR s.ended_at IS NOT NULL
            """, row => (row.GetGuid(0), row.GetString(1)), cancel, here.ToArray());
        foreach (var (session, reason) in over)
            known[session] = (now, reason);
        foreach (var old in known.Where(one => now - one.Value.At > TimeSpan.FromMinutes(1)).Select(one => one.Key).ToList())
            known.TryRemove(old, out _);
        return over;
    }

    /// <summary>Writes down which sessions have how many pages open on a node.</summary>
    public async Task CountAsync(string node, IReadOnlyDictionary<Guid, int> circuits, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenSystemAsync(cancel);
        // Rows of a node that is long gone go, too.
        await connection.ExecuteAsync("DELETE FROM session_node WHERE (node = $1 AND NOT session_id = ANY ($2)) OR at < $3 - interval '1 hour'",
            cancel, node, circuits.Keys.ToArray(), now);
        await connection.ExecuteAsync(
            """
            INSERT INTO session_node (session_id, node, circuits, at)
            SELECT u.id, $1, u.circuits, $4 FROM unnest($2::uuid[], $3::int[]) AS u (id, circuits) JOIN account_session AS s ON s.id = u.id
            ON CONFLICT (session_id, node) DO UPDATE SET circuits = excluded.circuits, at = excluded.at
            """, cancel, node, circuits.Keys.ToArray(), circuits.Values.ToArray(), now);
    }

    /// <summary>The address of the door for whoever was put out.</summary>
    /// <param name="address">Where they were, from the root.</param>
    public static string DoorAfter(string reason, string address) =>
        string.Create(CultureInfo.InvariantCulture, $"/sign-in?ended={reason}&returnUrl={Uri.EscapeDataString(address)}");
}
