using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>An occurrence that is not fulfilled and of which reminders may still come due.</summary>
/// <param name="PlannedAt">By the clocks in Quảng Ninh.</param>
internal sealed record OwedDuty(
    int Id, DateOnly LastDay, DateTime PlannedAt, int[] Handled, string Code, string NameVi, string NameEn, string Period,
    string Organisation, string OrganisationVi, string OrganisationEn)
{
    // The first reminder is moved at most over the longest holidays.
    private const int LongestAhead = 50;

    public static Task<List<OwedDuty>> ReadAsync(NpgsqlConnection connection, DateOnly today, CancellationToken cancel) => connection.ListAsync(
        """
        SELECT o.id, o.last_day, o.planned_at, coalesce((SELECT array_agg(r.step) FROM duty_reminder r WHERE r.occurrence_id = o.id), '{}'),
            d.code, d.name_vi, d.name_en, o.period, org.code, n.name_vi, coalesce(nullif(n.name_en, ''), n.name_vi)
        FROM duty_occurrence o
        JOIN duty d ON d.id = o.duty_id
        JOIN organisation org ON org.id = o.organisation_id
        JOIN LATERAL (SELECT name_vi, name_en FROM organisation_name WHERE organisation_id = org.id
            ORDER BY valid @> $1 DESC, lower(valid) DESC NULLS LAST LIMIT 1) AS n ON true
        WHERE o.last_day <= $2
          AND NOT EXISTS (SELECT FROM duty_reminder r WHERE r.occurrence_id = o.id AND r.step = 30)
          AND NOT EXISTS (SELECT FROM duty_fulfilment f WHERE f.occurrence_id = o.id AND f.undone_at IS NULL)
        ORDER BY o.last_day, o.id
        """,
        row => new OwedDuty(row.GetInt32(0), row.GetFieldValue<DateOnly>(1), PortalDay.Local(row.GetFieldValue<DateTimeOffset>(2)), row.GetFieldValue<int[]>(3),
            row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7), row.GetString(8), row.GetString(9), row.GetString(10)),
        cancel, today, today.AddDays(LongestAhead));
}
