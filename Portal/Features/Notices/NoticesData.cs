using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>One thing that a person was told.</summary>
public sealed record NoticeLine(long Id, string Kind, IReadOnlyList<string> Facts, string Address, DateTimeOffset At, bool Read);

/// <summary>How a person wants to be told.</summary>
/// <param name="Email">Empty where none is given.</param>
/// <param name="Language">vi or en.</param>
/// <param name="Mail">each, daily or none.</param>
public sealed record NoticeChoice(string Email, string Language, string Mail);

/// <summary>What the account that looks was told; never another's.</summary>
public sealed class NoticesData(PortalDatabase database, TimeProvider clock)
{
    /// <summary>The list ends here: what is older is read or forgotten.</summary>
    public const int Cap = 200;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<NoticeLine>> ListAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeNotices);
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ListAsync(
            "SELECT id, kind, facts, address, at, read_at IS NOT NULL FROM notice WHERE account_id = $1 ORDER BY id DESC LIMIT $2",
            row => new NoticeLine(row.GetInt64(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetBoolean(5)),
            cancel, access.AccountId ?? 0, Cap);
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
