using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>One thing that a person was told.</summary>
public sealed record NoticeLine(long Id, string Kind, IReadOnlyList<string> Facts, string Address, DateTimeOffset At, bool Read);

/// <summary>A stretch of what a person was told, and how many there are in all and not read yet.</summary>
public sealed record NoticePage(IReadOnlyList<NoticeLine> Lines, int Total, int Unread);

/// <summary>How a person wants to be told.</summary>
/// <param name="Email">Empty where none is given.</param>
/// <param name="Language">vi or en.</param>
/// <param name="Mail">each, daily or none.</param>
public sealed record NoticeChoice(string Email, string Language, string Mail);

/// <summary>What the account that looks was told; never another's.</summary>
public sealed class NoticesData(PortalDatabase database, TimeProvider clock)
{
    /// <summary>A stretch of what the account was told, the newest first where no other order is asked for. What is alike stands together in the order of <c>what</c>.</summary>
    public async Task<NoticePage> PageAsync(Domain.Access.Access access, GridAsk ask, CancellationToken cancel)
    {
        access.Demand(Capability.SeeNotices);
        await using var connection = await database.OpenSystemAsync(cancel);
        var account = access.AccountId ?? 0;
        var (total, unread) = (await connection.ListAsync("SELECT count(*)::int, count(*) FILTER (WHERE read_at IS NULL)::int FROM notice WHERE account_id = $1",
            row => (row.GetInt32(0), row.GetInt32(1)), cancel, account)).Single();
        var lines = await connection.ListAsync(
            """
            SELECT id, kind, facts, address, at, read FROM (
                SELECT *, read_at IS NOT NULL AS read, CASE $2 WHEN 'what' THEN concat_ws(' ', kind, array_to_string(facts, ' '))
                    WHEN 'at' THEN to_char(at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS') WHEN 'state' THEN (read_at IS NOT NULL)::text END AS word
                FROM notice WHERE account_id = $1) AS told
            ORDER BY CASE WHEN NOT $3 THEN word END, CASE WHEN $3 THEN word END DESC NULLS LAST, id DESC LIMIT $4 OFFSET $5
            """,
            row => new NoticeLine(row.GetInt64(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetBoolean(5)),
            cancel, account, ask.Order ?? "", ask.Descending, ask.Count, ask.Start);
        return new(lines, total, unread);
    }

    /// <summary>How many are not read yet.</summary>
    public async Task<int> UnreadAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeNotices);
        await using var connection = await database.OpenSystemAsync(cancel);
        return (int)await connection.ScalarAsync<long>("SELECT count(*) FROM notice WHERE account_id = $1 AND read_at IS NULL", cancel, access.AccountId ?? 0);
    }

    /// <summary>Marks one as read, or with null all.</summary>
    public async Task ReadAsync(Domain.Access.Access access, long? id, CancellationToken cancel)
    {
        access.Demand(Capability.SeeNotices);
        await using var connection = await database.OpenSystemAsync(cancel);
        await connection.ExecuteAsync(
            "UPDATE notice SET read_at = $3 WHERE account_id = $1 AND read_at IS NULL AND ($2::bigint IS NULL OR id = $2)", cancel,
            access.AccountId ?? 0, new Npgsql.NpgsqlParameter { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint }, clock.GetUtcNow());
        await connection.ExecuteAsync("SELECT pg_notify('quantrac_notice', '')", cancel);
    }

    /// <summary>How the account wants to be told.</summary>
    public async Task<NoticeChoice> ChoiceAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeNotices);
        await using var connection = await database.OpenSystemAsync(cancel);
        return (await connection.ListAsync("SELECT email, language, mail FROM notice_choice WHERE account_id = $1",
            row => new NoticeChoice(row.GetString(0), row.GetString(1), row.GetString(2)), cancel, access.AccountId ?? 0)).FirstOrDefault() ?? new("", "vi", "none");
    }
}
