using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>What the pages of the desk ask for, as the access sees it.</summary>
public sealed class DeskData(PortalDatabase database, TimeProvider clock)
{
    /// <summary>The list stops here.</summary>
    public const int ListCap = 1000;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The list under its filter: the most overdue first, then what falls due next, then the newest.</summary>
    public async Task<IReadOnlyList<DeskLine>> ListAsync(Domain.Access.Access access, DeskFilter filter, string language, CancellationToken cancel)
    {
        access.Demand(Capability.UseDesk);
        await using var db = await database.OpenAsync(access, cancel);
        return await ListAsync(db.Connection, access, filter, new(null, false, 0, ListCap), language, cancel);
    }

    /// <summary>A stretch of the list in the order asked for, and how many there are.</summary>
    public async Task<DeskPageLines> PageAsync(Domain.Access.Access access, DeskFilter filter, GridAsk ask, string language, CancellationToken cancel)
    {
        access.Demand(Capability.UseDesk);
        await using var db = await database.OpenAsync(access, cancel);
        var tally = (await db.Connection.ListAsync(
            """
            SELECT count(*)::int, count(*) FILTER (WHERE state <> 'closed' OR due_at IS NOT NULL)::int, count(*) FILTER (WHERE due_at < $1)::int,
                count(*) FILTER (WHERE state = 'waiting')::int FROM desk_item
            """,
            row => new DeskTally(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)), cancel, Now)).Single();
        var total = await db.Connection.ScalarAsync<int>("SELECT count(*)::int FROM (" + Lines + Filtered + ") AS line",
            cancel, language, PortalDay.Of(clock), access.AccountId ?? 0, filter.Mine, filter.Kind?.Word(), filter.State, filter.Words, Now);
        return new(await ListAsync(db.Connection, access, filter, ask, language, cancel), total, tally);
    }

    private Task<List<DeskLine>> ListAsync(NpgsqlConnection connection, Domain.Access.Access access, DeskFilter filter, GridAsk ask, string language, CancellationToken cancel) =>
        connection.ListAsync(
            Lines + Filtered + "ORDER BY " + Order(ask.Order, ask.Descending) + "i.due_at, i.state = 'closed', i.changed_at DESC, i.id OFFSET $9 LIMIT $10",
            Line, cancel, language, PortalDay.Of(clock), access.AccountId ?? 0, filter.Mine, filter.Kind?.Word(), filter.State, filter.Words, Now, ask.Start, ask.Count);

    private static string Order(string? column, bool descending) => (column, descending) switch
    {
        ("what", false) => "i.title, ",
        ("what", true) => "i.title DESC, ",
        ("number", false) => "i.number, ",
        ("number", true) => "i.number DESC, ",
        ("state", false) => "array_position(ARRAY['new', 'working', 'waiting', 'answered', 'closed'], i.state), ",
        ("state", true) => "array_position(ARRAY['new', 'working', 'waiting', 'answered', 'closed'], i.state) DESC, ",
        ("due", false) => "i.due_at, ",
        ("due", true) => "i.due_at DESC NULLS LAST, ",
        ("asker", false) => "org.name, i.account_name, ",
        ("asker", true) => "org.name DESC NULLS LAST, i.account_name DESC, ",
        ("at", false) => "i.at, ",
        ("at", true) => "i.at DESC, ",
        ("owner", false) => "nullif(i.owner_name, ''), ",
        ("owner", true) => "nullif(i.owner_name, '') DESC NULLS LAST, ",
        _ => "",
    };

    /// <summary>Null where it is not there, or not for this account.</summary>
    public async Task<DeskItem?> FindAsync(Domain.Access.Access access, int id, string language, CancellationToken cancel)
    {
        access.Demand(Capability.UseDesk);
        await using var db = await database.OpenAsync(access, cancel);
        if (await DeskRecord.FindAsync(db.Connection, id, cancel) is not { } record)
            return null;
        var notes = await NotesAsync(db.Connection, id, language, cancel);
        var steps = await StepsAsync(db.Connection, record, language, cancel);
        return (await db.Connection.ListAsync(
            Lines.Replace("i.changed_at", "i.changed_at, i.words, i.expected, i.data_affected, i.personal_data, i.reference, i.answered_at", StringComparison.Ordinal)
                + "WHERE i.id = $3",
            row =>
            {
                var line = Line(row);
                return new DeskItem(id, line.Number, new(line.Kind, line.Title, row.GetString(12), row.GetString(13), line.Severity, row.GetString(14), row.GetBoolean(15),
                        row.GetString(16)), line.Organisation, line.AskedBy, record.AccountId == access.AccountId, line.At, record.OwnerId, line.Owner, record.State,
                    line.Due, Instant(row, 17), record.ClosedAt, record.Version, notes, steps);
            }, cancel, language, PortalDay.Of(clock), id)).FirstOrDefault();
    }

    /// <summary>By when each kind is answered and incidents are reported, for whoever is about to ask.</summary>
    public async Task<IReadOnlyList<DeskStep>> DeadlinesAsync(Domain.Access.Access access, DeskQuestion asked, string language, CancellationToken cancel)
    {
        access.Demand(Capability.UseDesk);
        await using var db = await database.OpenAsync(access, cancel);
        var now = Now;
        return await StepsAsync(db.Connection, new(0, "", "", asked.Kind, asked.Severity, asked.PersonalData, now, now, DeskState.New, null, null, null, ""), language, cancel);
    }

    /// <summary>Who may take something on.</summary>
    public async Task<IReadOnlyList<(int Id, string Name)>> OwnersAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDesk);
        return await DeskOwners.ReadAsync(database, cancel);
    }

    private static Task<List<DeskNote>> NotesAsync(NpgsqlConnection connection, int id, string language, CancellationToken cancel) => connection.ListAsync(
        """
        SELECT n.id, n.words, n.state, coalesce(CASE WHEN $2 = 'en' THEN d.step_en ELSE d.step_vi END, n.step), n.owner_name, n.office, n.file_name, n.at, n.account_name
        FROM desk_note n LEFT JOIN desk_deadline d ON d.code = n.step WHERE n.item_id = $1 ORDER BY n.id LIMIT 1000
        """,
        row => new DeskNote(row.GetInt64(0), row.GetString(1), row.GetString(2).Length == 0 ? null : Enum.Parse<DeskState>(row.GetString(2), true), row.GetString(3),
            row.GetString(4), row.GetBoolean(5), row.GetString(6), row.GetFieldValue<DateTimeOffset>(7), row.GetString(8)), cancel, id, language);

    private static async Task<IReadOnlyList<DeskStep>> StepsAsync(NpgsqlConnection connection, DeskRecord item, string language, CancellationToken cancel)
    {
        var done = (await connection.ListAsync("SELECT step, at, words FROM desk_note WHERE item_id = $1 AND step <> ''",
            row => (Step: row.GetString(0), At: row.GetFieldValue<DateTimeOffset>(1), Document: row.GetString(2)), cancel, item.Id)).ToDictionary(note => note.Step);
        var words = (await connection.ListAsync(
            """
            SELECT code, CASE WHEN $1 = 'en' THEN step_en ELSE step_vi END, article, confidence, CASE WHEN $1 = 'en' THEN open_mark_en ELSE open_mark_vi END FROM desk_deadline
            """,
            row => (Code: row.GetString(0), Name: row.GetString(1), Article: row.GetString(2), Confidence: row.GetString(3), Open: row.GetString(4)), cancel, language))
            .ToDictionary(deadline => deadline.Code);
        var deadlines = (await DeskRecord.DeadlinesAsync(connection, cancel)).Where(one => one.AppliesTo(item.Kind, item.Severity, item.PersonalData)).ToList();
        var days = await DutyCalendar.ReadAsync(connection, cancel);
        var runs = new DeskClock(deadlines, PortalDay.Local(item.At), PortalDay.Local(item.Since), item.State, done.Keys.ToHashSet());
        return [.. deadlines.Select(one =>
        {
            var (said, reported) = (words[one.Code], done.TryGetValue(one.Code, out var note));
            var due = one.IsReport || item.State.AwaitsOffice() ? DeskRecord.Instant(runs.End(one, days)) : null;
            return new DeskStep(one.Code, said.Name, one.IsReport, due, reported ? note.At : null, reported ? note.Document : "", said.Article, said.Confidence, said.Open);
        }).OrderBy(step => step.Due ?? DateTimeOffset.MaxValue).ThenBy(step => step.Code, StringComparer.Ordinal)];
    }

    private static DeskLine Line(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), Enum.Parse<DeskKind>(row.GetString(2), true), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        row.GetFieldValue<DateTimeOffset>(7), row.GetString(8), Enum.Parse<DeskState>(row.GetString(9), true), Instant(row, 10), row.GetFieldValue<DateTimeOffset>(11));

    private static DateTimeOffset? Instant(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    // $1 language, $2 today. The organisation is named as it is today.
    private const string Lines =
        """
        SELECT i.id, i.number, i.kind, i.severity, i.title, coalesce(org.name, ''), i.account_name, i.at, i.owner_name, i.state, i.due_at, i.changed_at
        FROM desk_item i
        LEFT JOIN LATERAL (SELECT CASE WHEN $1 = 'en' AND name_en <> '' THEN name_en ELSE name_vi END AS name FROM organisation_name
            WHERE organisation_id = i.organisation_id ORDER BY valid @> $2::date DESC, lower(valid) DESC NULLS LAST LIMIT 1) AS org ON true

        """;

    private const string Filtered =
        """
        WHERE (NOT $4 OR i.account_id = $3 OR i.owner_id = $3) AND ($5::text IS NULL OR i.kind = $5)
          AND CASE $6 WHEN 'open' THEN i.state <> 'closed' OR i.due_at IS NOT NULL WHEN 'overdue' THEN i.due_at < $8 WHEN 'all' THEN true ELSE i.state = $6 END
          AND ($7::text IS NULL OR strpos(portal_fold(concat_ws(' ', i.number, i.title, i.words, org.name, i.account_name)), portal_fold($7)) > 0)

        """;
}
