using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Duties;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>What is written under an item.</summary>
/// <param name="To">What the item comes to by it.</param>
internal sealed record DeskEntry(DeskState To, string Words = "", string Step = "", (string Sha256, string Name)? File = null, (int Id, string Name)? Owner = null);

/// <summary>An item as its use-cases read and write it.</summary>
internal sealed record DeskRecord(
    int Id, string Number, string Title, DeskKind Kind, string Severity, bool PersonalData, DateTimeOffset At, DateTimeOffset Since, DeskState State, int? AccountId,
    int? OwnerId, DateTimeOffset? ClosedAt, string Version)
{
    /// <summary>Null where the access does not see it.</summary>
    public static async Task<DeskRecord?> FindAsync(NpgsqlConnection connection, int id, CancellationToken cancel) => (await connection.ListAsync(
        """
        SELECT id, number, title, kind, severity, personal_data, at, since, state, account_id, owner_id, closed_at, xmin::text FROM desk_item WHERE id = $1
        """,
        row => new DeskRecord(row.GetInt32(0), row.GetString(1), row.GetString(2), Enum.Parse<DeskKind>(row.GetString(3), true), row.GetString(4), row.GetBoolean(5),
            row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7), Enum.Parse<DeskState>(row.GetString(8), true),
            row.IsDBNull(9) ? null : row.GetInt32(9), row.IsDBNull(10) ? null : row.GetInt32(10),
            row.IsDBNull(11) ? null : row.GetFieldValue<DateTimeOffset>(11), row.GetString(12)), cancel, id)).FirstOrDefault();

    /// <summary>Writes a note and what it changes.</summary>
    /// <returns>The note; null where somebody wrote in between: then nothing is written.</returns>
    public async Task<long?> WriteAsync(
        NpgsqlConnection connection, Domain.Access.Access access, DeskEntry entry, bool office, DateTimeOffset now, CancellationToken cancel)
    {
        var since = entry.To.AwaitsOffice() && !State.AwaitsOffice() ? now : Since;
        var due = await DueAsync(connection, entry, since, cancel);
        object?[] values = [Id, Version, entry.To.Word(), since, due, now];
        var done = office
            ? await connection.ExecuteAsync(
                """
                UPDATE desk_item SET state = $3, since = $4, due_at = $5, changed_at = $6, closed_at = CASE WHEN $3 = 'closed' THEN coalesce(closed_at, $6) END,
                    answered_at = CASE WHEN $3 = 'answered' THEN coalesce(answered_at, $6) ELSE answered_at END,
                    owner_id = coalesce($7::int, owner_id), owner_name = coalesce($8, owner_name)
                WHERE id = $1 AND xmin::text = $2
                """, cancel, [.. values, entry.Owner?.Id, entry.Owner?.Name])
            : await connection.ExecuteAsync(
                """
                UPDATE desk_item SET state = $3, since = $4, due_at = $5, changed_at = $6, closed_at = CASE WHEN $3 = 'closed' THEN coalesce(closed_at, $6) END
                WHERE id = $1 AND xmin::text = $2
                """, cancel, values);
        return done == 0 ? null : await connection.ScalarAsync<long>(
            """
            INSERT INTO desk_note (item_id, words, state, step, owner_name, office, file_sha256, file_name, at, account_id, account_name)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
            """,
            cancel, Id, entry.Words, entry.To == State ? "" : entry.To.Word(), entry.Step, entry.Owner is { } owner && owner.Id != OwnerId ? owner.Name : "", office,
            entry.File?.Sha256, entry.File?.Name ?? "", now, access.AccountId, access.AccountName);
    }

    /// <summary>The deadlines of the data.</summary>
    public static Task<List<DeskDeadline>> DeadlinesAsync(NpgsqlConnection connection, CancellationToken cancel) => connection.ListAsync(
        "SELECT code, kind, severity, personal_data, what = 'report', amount, unit FROM desk_deadline ORDER BY code",
        row => new DeskDeadline(row.GetString(0), Enum.Parse<DeskKind>(row.GetString(1), true), row.GetString(2), row.GetBoolean(3), row.GetBoolean(4),
            row.IsDBNull(5) ? null : row.GetInt32(5), row.GetString(6) == "working_days" ? DeadlineUnit.WorkingDays : DeadlineUnit.Hours), cancel);

    /// <summary>The next open deadline of an item that is asked now.</summary>
    public static async Task<DateTimeOffset?> FirstDueAsync(NpgsqlConnection connection, DeskQuestion asked, DateTimeOffset now, CancellationToken cancel)
    {
        var deadlines = (await DeadlinesAsync(connection, cancel)).Where(one => one.AppliesTo(asked.Kind, asked.Severity, asked.PersonalData)).ToList();
        return Instant(new DeskClock(deadlines, PortalDay.Local(now), PortalDay.Local(now), DeskState.New, new HashSet<string>())
            .Next(await DutyCalendar.ReadAsync(connection, cancel)));
    }

    /// <summary>From the clocks of Quảng Ninh.</summary>
    public static DateTimeOffset? Instant(DateTime? local) => local is { } shown ? new DateTimeOffset(shown, PortalDay.Zone.GetUtcOffset(shown)).ToUniversalTime() : null;

    private async Task<DateTimeOffset?> DueAsync(NpgsqlConnection connection, DeskEntry entry, DateTimeOffset since, CancellationToken cancel)
    {
        var reported = await connection.ListAsync("SELECT step FROM desk_note WHERE item_id = $1 AND step <> ''", row => row.GetString(0), cancel, Id);
        var deadlines = (await DeadlinesAsync(connection, cancel)).Where(one => one.AppliesTo(Kind, Severity, PersonalData)).ToList();
        var clock = new DeskClock(deadlines, PortalDay.Local(At), PortalDay.Local(since), entry.To, reported.Append(entry.Step).ToHashSet());
        return Instant(clock.Next(await DutyCalendar.ReadAsync(connection, cancel)));
    }
}
