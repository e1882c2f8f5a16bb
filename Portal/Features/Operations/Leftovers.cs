using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What became of something that was written after the backup that a restore went back to.</summary>
public enum LeftoverState
{
    Open,

    /// <summary>Put into the restored data before anybody came in.</summary>
    Carried,

    /// <summary>Made again through its own use-case.</summary>
    Taken,

    /// <summary>Closed by a person with a word.</summary>
    Settled,
}

/// <summary>Something that only the kept database has.</summary>
/// <param name="Kept">The database that was there before the restore.</param>
/// <param name="Facts">What a person knows it by.</param>
/// <param name="Outcome">Of a <see cref="TakeOverResult"/> its name, then its facts, or a person's words; empty while it is open and was not tried.</param>
public sealed record Leftover(
    int Id, string Kept, string Kind, string Key, DateTimeOffset At, string Who, string Organisation, IReadOnlyList<string> Facts,
    LeftoverState State, IReadOnlyList<string> Outcome, DateTimeOffset? SettledAt, string SettledBy);

/// <summary>What a restore left behind in the kept database, and the word that closes it where nothing is taken over.</summary>
public sealed class Leftovers(PortalDatabase database)
{
    public const int WordsCap = 500;

    /// <summary>More are not shown on a page at once.</summary>
    public const int Shown = 2000;

    /// <summary>Of the newest restore that left any, or of one: what is open and can be taken over, what is open, the rest; the oldest first.</summary>
    /// <param name="kept">A kept database; null: the newest.</param>
    public async Task<IReadOnlyList<Leftover>> ListAsync(Domain.Access.Access access, string? kept, CancellationToken cancel, int atMost = int.MaxValue)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT id, kept, kind, key, at, who, organisation, facts, state, outcome, settled_at, settled_by FROM restore_leftover
            WHERE kept = coalesce(nullif($1, ''), (SELECT max(kept) FROM restore_leftover)) ORDER BY state <> 'open', kind IN ('organisations', 'act'), at, id LIMIT $2
            """, Read, cancel, kept ?? "", atMost);
    }

    /// <summary>How many of them are open.</summary>
    public async Task<int> OpenAsync(Domain.Access.Access access, string? kept, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ScalarAsync<int>(
            "SELECT count(*)::int FROM restore_leftover WHERE kept = coalesce(nullif($1, ''), (SELECT max(kept) FROM restore_leftover)) AND state = 'open'", cancel, kept ?? "");
    }

    /// <summary>Kept databases that left something, the newest first.</summary>
    public async Task<IReadOnlyList<string>> KeptAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync("SELECT DISTINCT kept FROM restore_leftover ORDER BY kept DESC", row => row.GetString(0), cancel);
    }

    /// <summary>Closes one without taking it over.</summary>
    /// <param name="words">Why: done again by hand, not wanted.</param>
    /// <returns>False without words, or where it is not open.</returns>
    public async Task<bool> SettleAsync(Domain.Access.Access access, int id, string words, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        if (string.IsNullOrWhiteSpace(words) || words.Length > WordsCap)
            return false;
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        var done = await db.Connection.ExecuteAsync(
            "UPDATE restore_leftover SET state = 'settled', outcome = $2, settled_at = clock_timestamp(), settled_by = $3 WHERE id = $1 AND state = 'open'",
            cancel, id, words.Trim(), access.AccountName);
        if (done > 0)
            await WriteAudit.AsAsync(db.Connection, access, "leftover-settled", $"{id}", new { words });
        await transaction.CommitAsync(cancel);
        return done > 0;
    }

    internal static Leftover Read(Npgsql.NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetString(5), row.GetString(6), row.GetFieldValue<string[]>(7),
        Enum.Parse<LeftoverState>(row.GetString(8), ignoreCase: true), row.GetString(9).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        row.IsDBNull(10) ? null : row.GetFieldValue<DateTimeOffset>(10), row.GetString(11));
}
