using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Duties;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>What planning did: occurrences that are new, that have another last day now, that are owed no more.</summary>
public sealed record DutyPlan(int Added, int Moved, int Removed);

/// <summary>Writes down who owes what by when in the running and the next year. Harmless when run twice; what has passed or is fulfilled stays.</summary>
public sealed class PlanDuties(PortalDatabase database, TimeProvider clock)
{
    // Planning and reminding wait for each other, on whatever node.
    internal const long Lock = 2_620_229_015;

    public async Task<DutyPlan> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDuties);
        var today = PortalDay.Of(clock);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancel, Lock);
        var rules = await db.Connection.ListAsync(
            """
            SELECT id, 0, every_months, month, day, year_before FROM duty
            UNION ALL SELECT a.duty_id, a.id, a.every_months, a.month, a.day, d.year_before AND a.every_months = 12 FROM duty_agreement a JOIN duty d ON d.id = a.duty_id
            """,
            row => (Duty: row.GetInt32(0), Agreement: row.GetInt32(1),
                Rule: new Recurrence(row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), row.GetBoolean(5))), cancel);
        var days = rules.SelectMany(rule => new[] { today.Year, today.Year + 1 }.SelectMany(rule.Rule.In)
            .Select(owed => (rule.Duty, rule.Agreement, owed.Period, owed.LastDay))).ToList();
        object?[] plan = [days.Select(day => day.Duty).ToArray(), days.Select(day => day.Agreement).ToArray(),
            days.Select(day => day.Period).ToArray(), days.Select(day => day.LastDay).ToArray()];

        var moved = await db.Connection.ExecuteAsync(Plan + MoveSql, cancel, [.. plan, today]);
        var removed = await db.Connection.ExecuteAsync(Plan + RemoveSql, cancel, [.. plan, today]);
        var added = await db.Connection.ExecuteAsync(Plan + AddSql, cancel, [.. plan, clock.GetUtcNow()]);
        await transaction.CommitAsync(cancel);
        return new(added, moved, removed);
    }

    // A body owes what falls on a day on which it exists under some name; an agreement in writing goes before the duty's own rule.
    private const string Plan =
        """
        WITH plan AS (
            SELECT p.duty_id, o.id AS organisation_id, p.period, p.last_day
            FROM unnest($1::int[], $2::int[], $3::text[], $4::date[]) AS p(duty_id, agreement_id, period, last_day)
            JOIN duty d ON d.id = p.duty_id AND d.valid @> p.last_day
            JOIN organisation o ON o.id = d.organisation_id OR o.kind = ANY (d.kinds)
            LEFT JOIN duty_agreement a ON a.duty_id = d.id AND a.organisation_id = o.id AND a.valid @> p.last_day
            WHERE coalesce(a.id, 0) = p.agreement_id
              AND EXISTS (SELECT FROM organisation_name n WHERE n.organisation_id = o.id AND n.valid @> p.last_day))

        """;

    private const string MoveSql =
        """
        UPDATE duty_occurrence AS o SET last_day = plan.last_day FROM plan
        WHERE (o.duty_id, o.organisation_id, o.period) = (plan.duty_id, plan.organisation_id, plan.period) AND o.last_day <> plan.last_day AND o.last_day > $5
          AND NOT EXISTS (SELECT FROM duty_fulfilment f WHERE f.occurrence_id = o.id)
        """;

    private const string RemoveSql =
        """
        DELETE FROM duty_occurrence AS o WHERE o.last_day > $5
          AND NOT EXISTS (SELECT FROM plan WHERE (o.duty_id, o.organisation_id, o.period) = (plan.duty_id, plan.organisation_id, plan.period))
          AND NOT EXISTS (SELECT FROM duty_fulfilment f WHERE f.occurrence_id = o.id)
        """;

    private const string AddSql =
        """
        INSERT INTO duty_occurrence (duty_id, organisation_id, period, last_day, planned_at)
        SELECT duty_id, organisation_id, period, last_day, $5 FROM plan ORDER BY last_day, duty_id, organisation_id
        ON CONFLICT ON CONSTRAINT duty_occurrence_once DO NOTHING
        """;
}
