namespace QuanTrac.Portal.Features.Watch;

/// <summary>What the rules look for. Each gives account id, account name, address, amount and moment; one row for each thing and day.</summary>
internal static class WatchSql
{
    /// <summary>$1 since, $2 minutes, $3 amount, $4 act: so many acts of one name within so many minutes.</summary>
    public const string ByAccount =
        """
        SELECT DISTINCT ON (account_name, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) account_id, account_name, place, n, at FROM (
            SELECT account_id, account_name, coalesce(details ->> 'from', '') AS place, at,
                count(*) OVER (PARTITION BY account_name ORDER BY at RANGE BETWEEN make_interval(mins => $2) PRECEDING AND CURRENT ROW) AS n
            FROM audit WHERE act = $4 AND at > $1 AND account_name <> '') AS f
        WHERE n >= $3 ORDER BY account_name, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, n DESC, at
        """;

    /// <summary>$1 since, $2 minutes, $3 amount: so many failed sign-ins from one address.</summary>
    public const string ByAddress =
        """
        SELECT DISTINCT ON (place, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) NULL::int, '', place, n, at FROM (
            SELECT details ->> 'from' AS place, at,
                count(*) OVER (PARTITION BY details ->> 'from' ORDER BY at RANGE BETWEEN make_interval(mins => $2) PRECEDING AND CURRENT ROW) AS n
            FROM audit WHERE act = 'sign-in-failed' AND at > $1 AND details ->> 'from' IS NOT NULL) AS f
        WHERE n >= $3 ORDER BY place, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, n DESC, at
        """;

    /// <summary>$1 since, $2 minutes, $3 bytes: so much taken out by one account.</summary>
    public const string Exports =
        """
        SELECT DISTINCT ON (account_name, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) account_id, account_name, place, bytes, at FROM (
            SELECT account_id, account_name, coalesce(details ->> 'from', '') AS place, at,
                (sum((details ->> 'bytes')::bigint) OVER (PARTITION BY account_name ORDER BY at RANGE BETWEEN make_interval(mins => $2) PRECEDING AND CURRENT ROW))::bigint AS bytes
            FROM audit WHERE act = 'exported' AND at > $1 AND account_id IS NOT NULL) AS f
        WHERE bytes >= $3 ORDER BY account_name, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, bytes DESC, at
        """;

    /// <summary>$1 since, $2 first hour, $3 the hour at which it ends, $4 acts: rights changed at night, by a person.</summary>
    public const string AtNight =
        """
        SELECT DISTINCT ON (account_name, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) account_id, account_name, coalesce(details ->> 'from', ''), NULL::bigint, at FROM audit
        WHERE act = ANY ($4) AND at > $1 AND account_id IS NOT NULL
            AND CASE WHEN $2 < $3 THEN extract(hour FROM at AT TIME ZONE 'Asia/Ho_Chi_Minh') BETWEEN $2 AND $3 - 1
                ELSE extract(hour FROM at AT TIME ZONE 'Asia/Ho_Chi_Minh') >= $2 OR extract(hour FROM at AT TIME ZONE 'Asia/Ho_Chi_Minh') < $3 END
        ORDER BY account_name, (at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, at
        """;

    /// <summary>$1 since, $2 minutes that places are remembered: a session from a place that the account, which has others, never came from.</summary>
    public const string NewPlace =
        """
        SELECT s.account_id, a.user_name, s.from_address, NULL::bigint, min(s.started_at) FROM account_session AS s JOIN account AS a ON a.id = s.account_id
        WHERE s.started_at > $1 AND portal_place(s.from_address) IS NOT NULL
            AND EXISTS (SELECT FROM account_session AS e WHERE e.account_id = s.account_id AND e.started_at < s.started_at)
            AND NOT EXISTS (
                SELECT FROM account_session AS e WHERE e.account_id = s.account_id AND e.started_at < s.started_at AND e.started_at > s.started_at - make_interval(mins => $2)
                    AND portal_place(e.from_address) = portal_place(s.from_address))
        GROUP BY s.account_id, a.user_name, s.from_address
        """;

    /// <summary>$1 now, $2 minutes: open sessions of one account, used within so many minutes from different places.</summary>
    public const string TwoPlaces =
        """
        SELECT s.account_id, a.user_name, string_agg(DISTINCT s.from_address, ', '), count(DISTINCT portal_place(s.from_address)), max(s.seen_at)
        FROM account_session AS s JOIN account AS a ON a.id = s.account_id
        WHERE s.ended_at IS NULL AND s.seen_at > $1 - make_interval(mins => $2)
        GROUP BY s.account_id, a.user_name HAVING count(DISTINCT portal_place(s.from_address)) > 1
        """;
}
