using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>What the pages of duties ask for, as the access sees it.</summary>
public sealed class DutiesData(PortalDatabase database, TimeProvider clock)
{
    /// <summary>The board stops here.</summary>
    public const int ListCap = 1000;

    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>What the organisation of the account owes: the open first, soonest first; then what was handed in this year.</summary>
    public async Task<IReadOnlyList<DutyLine>> MineAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var db = await database.OpenAsync(access, cancel);
        var lines = await db.Connection.ListAsync(
            Lines + "WHERE o.organisation_id = $3 AND o.last_day <= $4 ORDER BY f.id IS NOT NULL, o.last_day, o.id LIMIT $5",
            Line, cancel, language, Today, access.OrganisationId, new DateOnly(Today.Year + 1, Today.Month, 1).AddMonths(1), ListCap);
        return lines;
    }

    /// <summary>The board under its filter, worst first.</summary>
    public async Task<IReadOnlyList<DutyLine>> BoardAsync(Domain.Access.Access access, BoardFilter filter, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var db = await database.OpenAsync(access, cancel);
        return await BoardAsync(db, access, filter, new(null, false, 0, ListCap), language, cancel);
    }

    /// <summary>A stretch of the board in the order asked for, and how the whole of it stands.</summary>
    public async Task<DutyPage> PageAsync(Domain.Access.Access access, BoardFilter filter, GridAsk ask, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var db = await database.OpenAsync(access, cancel);
        var (total, late, worst) = (await db.Connection.ListAsync(
            """
            SELECT count(*)::int, count(*) FILTER (WHERE f.id IS NULL AND o.last_day < $2 AND o.last_day >= (o.planned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)::int,
                coalesce(max($2 - o.last_day) FILTER (WHERE f.id IS NULL AND o.last_day >= (o.planned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), 0)
            """ + Owed + Filtered,
            row => (row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)), cancel, language, Today, access.OrganisationId, filter.Duty, filter.Words, filter.State)).Single();
        return new(await BoardAsync(db, access, filter, ask, language, cancel), total, late, worst);
    }

    /// <summary>Who owes one duty on one day, the late first.</summary>
    public async Task<IReadOnlyList<DutyLine>> OfDayAsync(Domain.Access.Access access, string duty, DateOnly day, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            Lines + "WHERE d.code = $4 AND o.last_day = $5 ORDER BY f.id IS NOT NULL, org.name, o.id LIMIT $6",
            Line, cancel, language, Today, access.OrganisationId, duty, day, ListCap);
    }

    private Task<List<DutyLine>> BoardAsync(PortalDb db, Domain.Access.Access access, BoardFilter filter, GridAsk ask, string language, CancellationToken cancel) =>
        db.Connection.ListAsync(
            Lines + Filtered + "ORDER BY " + Order(ask.Order, ask.Descending) +
            "f.id IS NOT NULL, o.last_day < (o.planned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, o.last_day, d.code, org.name, o.id OFFSET $7 LIMIT $8",
            Line, cancel, language, Today, access.OrganisationId, filter.Duty, filter.Words, filter.State, ask.Start, ask.Count);

    // Days late count as such only where the portal has watched; what is handed in comes below what is owed.
    private static string Order(string? column, bool descending) => (column, descending) switch
    {
        ("organisation", false) => "org.name, ",
        ("organisation", true) => "org.name DESC, ",
        ("duty", false) => "3, o.period, ",
        ("duty", true) => "3 DESC, o.period DESC, ",
        ("day", false) => "o.last_day, ",
        ("day", true) => "o.last_day DESC, ",
        ("how", false) => "CASE WHEN f.id IS NULL THEN $2 - o.last_day ELSE f.document_date - o.last_day - 10000 END, ",
        ("how", true) => "CASE WHEN f.id IS NULL THEN $2 - o.last_day ELSE f.document_date - o.last_day - 10000 END DESC, ",
        ("reminders", false) => "15, ",
        ("reminders", true) => "15 DESC, ",
        ("paper", false) => "f.document_date, ",
        ("paper", true) => "f.document_date DESC NULLS LAST, ",
        _ => "",
    };

    /// <summary>Each duty of the last twelve months and the next thirty days.</summary>
    public async Task<IReadOnlyList<DutyTally>> TallyAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT d.code, CASE WHEN $1 = 'en' THEN d.name_en ELSE d.name_vi END, count(*)::int, count(f.id)::int,
                count(*) FILTER (WHERE f.id IS NULL AND o.last_day < $2)::int, coalesce(max($2 - o.last_day) FILTER (WHERE f.id IS NULL AND o.last_day < $2), 0)
            FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id
            LEFT JOIN duty_fulfilment f ON f.occurrence_id = o.id AND f.undone_at IS NULL
            WHERE o.last_day BETWEEN $2 - 400 AND $2 + 30 AND o.last_day >= (o.planned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
            GROUP BY d.id ORDER BY 5 DESC, 6 DESC, d.code
            """,
            row => new DutyTally(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5)), cancel, language, Today);
    }

    /// <summary>The last days of a year, those of one day and duty together.</summary>
    /// <param name="onlyOwn">Of the account's organisation alone.</param>
    public Task<IReadOnlyList<YearEntry>> YearAsync(Domain.Access.Access access, int year, bool onlyOwn, string language, CancellationToken cancel) =>
        BetweenAsync(access, new(year, 1, 1), new(year, 12, 31), onlyOwn, language, cancel);

    /// <summary>The last days from one day to another, both included, those of one day and duty together.</summary>
    /// <param name="onlyOwn">Of the account's organisation alone.</param>
    public async Task<IReadOnlyList<YearEntry>> BetweenAsync(Domain.Access.Access access, DateOnly from, DateOnly to, bool onlyOwn, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT d.code, CASE WHEN $1 = 'en' THEN d.name_en ELSE d.name_vi END, d.article, d.confidence, o.period, o.last_day, count(*)::int, count(f.id)::int,
                count(*) FILTER (WHERE f.id IS NULL AND o.last_day < $2 AND o.last_day >= (o.planned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)::int,
                min(o.id), max(greatest(o.planned_at, f.at))
            FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id
            LEFT JOIN duty_fulfilment f ON f.occurrence_id = o.id AND f.undone_at IS NULL
            WHERE o.last_day BETWEEN $3 AND $6 AND (NOT $4 OR o.organisation_id = $5)
            GROUP BY d.id, o.period, o.last_day ORDER BY o.last_day, d.code
            """,
            row => new YearEntry(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetFieldValue<DateOnly>(5),
                row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.GetInt32(9), row.GetFieldValue<DateTimeOffset>(10)),
            cancel, language, Today, from, onlyOwn, access.OrganisationId, to);
    }

    /// <summary>Holidays of a year.</summary>
    public async Task<IReadOnlyList<YearHoliday>> HolidaysAsync(Domain.Access.Access access, int year, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            "SELECT day, CASE WHEN $1 = 'en' THEN name_en ELSE name_vi END, works, confidence FROM holiday WHERE date_part('year', day) = $2 ORDER BY day",
            row => new YearHoliday(row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetBoolean(2), row.GetString(3)), cancel, language, year);
    }

    /// <summary>All duties that hold or held.</summary>
    public async Task<IReadOnlyList<DutyRuleLine>> RulesAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT d.id, d.code, CASE WHEN $1 = 'en' THEN d.name_en ELSE d.name_vi END, d.kinds, coalesce(org.name, ''), d.every_months, d.month, d.day, d.year_before,
                CASE WHEN $1 = 'en' THEN d.documents_en ELSE d.documents_vi END, d.article, d.confidence,
                CASE WHEN $1 = 'en' THEN d.open_mark_en ELSE d.open_mark_vi END, lower(d.valid), upper(d.valid) - 1, d.origin,
                (SELECT count(*)::int FROM duty_agreement a WHERE a.duty_id = d.id AND a.valid @> $2)
            FROM duty d
            """ + Organisation + "ON org.id = d.organisation_id ORDER BY d.valid @> $2 DESC, d.origin DESC, d.id LIMIT 300",
            row => new DutyRuleLine(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetFieldValue<string[]>(3), row.GetString(4),
                new(row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetBoolean(8)), row.GetString(9), row.GetString(10), row.GetString(11), row.GetString(12),
                Day(row, 13), Day(row, 14), row.GetString(15), row.GetInt32(16)), cancel, language, Today);
    }

    /// <summary>Whether reminders help: what was handed in within seven days after each.</summary>
    public async Task<IReadOnlyList<ReminderEffect>> EffectAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeDuties);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            WITH after AS (
                SELECT f.id, (SELECT r.step FROM duty_reminder r WHERE r.occurrence_id = f.occurrence_id AND r.given AND r.told > 0
                    AND r.handled_at BETWEEN f.at - interval '7 days' AND f.at ORDER BY r.handled_at DESC LIMIT 1) AS step
                FROM duty_fulfilment f WHERE f.undone_at IS NULL)
            SELECT s.step, (SELECT count(*)::int FROM duty_reminder r WHERE r.step = s.step AND r.given AND r.told > 0),
                (SELECT count(*)::int FROM after WHERE after.step IS NOT DISTINCT FROM s.step)
            FROM unnest(ARRAY[-30, -7, -1, 0, 3, 7, 30, NULL]::int[]) WITH ORDINALITY AS s(step, place) ORDER BY s.place
            """,
            row => new ReminderEffect(row.IsDBNull(0) ? null : row.GetInt32(0), row.GetInt32(1), row.GetInt32(2)), cancel);
    }

    /// <summary>Bodies that a duty may be laid on, by name.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> OrganisationsAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDuties);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            "SELECT org.code, org.name FROM (SELECT 1 WHERE $2::date IS NOT NULL) AS one " + Organisation + "ON org.kind <> 'public' AND org.present WHERE org.code IS NOT NULL ORDER BY org.name, org.code LIMIT 2000",
            row => (row.GetString(0), row.GetString(1)), cancel, language, Today);
    }

    private DutyLine Line(NpgsqlDataReader row)
    {
        var lastDay = row.GetFieldValue<DateOnly>(12);
        var planned = DateOnly.FromDateTime(PortalDay.Local(row.GetFieldValue<DateTimeOffset>(13)));
        var paper = row.IsDBNull(15) ? null : new DutyPaper(row.GetString(15), row.GetFieldValue<DateOnly>(16), row.GetString(17), row.GetString(18),
            row.GetFieldValue<DateTimeOffset>(19), row.GetString(20));
        var state = DutyStates.Of(lastDay, planned, paper?.Date, Today);
        var late = state == DutyState.Before ? 0 : DutyStates.DaysLate(lastDay, paper?.Date ?? Today);
        return new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7),
            row.GetString(8), row.GetString(9), row.GetBoolean(10), row.GetString(11), lastDay, state, late, row.GetInt32(14), paper);
    }

    private static DateOnly? Day(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    // $1 language, $2 today. The name is that of the day; "present": it bears one today.
    private const string Organisation =
        """
         LEFT JOIN (
            SELECT org.id, org.code, org.kind, coalesce(n.name, org.code) AS name, coalesce(n.present, false) AS present FROM organisation org
            LEFT JOIN LATERAL (SELECT CASE WHEN $1 = 'en' AND name_en <> '' THEN name_en ELSE name_vi END AS name, valid @> $2::date AS present FROM organisation_name
                WHERE organisation_id = org.id ORDER BY valid @> $2::date DESC, lower(valid) DESC NULLS LAST LIMIT 1) AS n ON true) AS org 
        """;

    private const string Lines =
        """
        SELECT o.id, d.code, CASE WHEN $1 = 'en' THEN d.name_en ELSE d.name_vi END, d.article, d.confidence, CASE WHEN $1 = 'en' THEN d.open_mark_en ELSE d.open_mark_vi END,
            CASE WHEN $1 = 'en' THEN d.documents_en ELSE d.documents_vi END, CASE WHEN $1 = 'en' THEN d.notice_en ELSE d.notice_vi END, org.code, org.name,
            o.organisation_id = $3, o.period, o.last_day, o.planned_at, (SELECT count(*)::int FROM duty_reminder r WHERE r.occurrence_id = o.id AND r.given),
            f.document_number, f.document_date, f.file_name, f.note, f.at, f.account_name
        """ + Owed;

    private const string Owed =
        """

        FROM duty_occurrence o
        JOIN duty d ON d.id = o.duty_id
        LEFT JOIN duty_fulfilment f ON f.occurrence_id = o.id AND f.undone_at IS NULL
        """ + Organisation + "ON org.id = o.organisation_id ";

    // $3 the account's organisation, which the count of a page has no use for but the lines have; $4 duty, $5 words, $6 state.
    private const string Filtered =
        """

        WHERE o.last_day <= $2 + 30 AND o.last_day > $2 - 400 AND $3::int IS NOT NULL AND ($4::text IS NULL OR d.code = $4)
          AND ($5::text IS NULL OR strpos(portal_fold(org.name), portal_fold($5)) > 0)
          AND CASE $6 WHEN 'late' THEN f.id IS NULL AND o.last_day < $2 AND o.last_day >= (o.planned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
              WHEN 'near' THEN f.id IS NULL AND o.last_day >= $2 WHEN 'done' THEN f.id IS NOT NULL ELSE true END

        """;
}
