using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>What a round of reminders did.</summary>
/// <param name="Given">Reminders given, one for each occurrence at most.</param>
/// <param name="Replaced">Older ones that were not given any more.</param>
/// <param name="Unreached">Reminders whose organisation has no account.</param>
public sealed record RemindersGiven(int Given, int Replaced, int Unreached);

/// <summary>Gives every reminder that came due and was not yet given, each once on whatever node. Notices are raised before the round is written
/// down and are told once under their key: a node that dies in between makes nobody hear it twice, and nobody miss it.</summary>
public sealed class RemindDuties(PortalDatabase database, RaiseNotice raise, TimeProvider clock)
{
    public async Task<RemindersGiven> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDuties);
        var now = clock.GetUtcNow();
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancel, PlanDuties.Lock);
        var days = await DutyCalendar.ReadAsync(db.Connection, cancel);
        var due = (await OwedDuty.ReadAsync(db.Connection, PortalDay.Of(clock), cancel))
            .Select(owed => (Owed: owed, Reminder: Reminders.Due(owed.LastDay, owed.PlannedAt, owed.Handled, PortalDay.Local(now), days)))
            .Where(item => item.Reminder is not null).Select(item => (item.Owed, Reminder: item.Reminder!)).ToList();
        if (due.Count == 0)
            return new(0, 0, 0);

        await using var system = await database.OpenSystemAsync(cancel);
        var notices = new DutyNotices(await DutyAudience.ReadAsync(db.Connection, system, PortalDay.Of(clock), cancel), PortalDay.Of(clock));
        foreach (var (notice, accounts) in due.SelectMany(item => notices.ToOwner(item.Owed, item.Reminder)).Concat(notices.ToOthers(due)))
            await raise.RunAsync(notice, accounts, cancel);

        var rows = due.SelectMany(item => item.Reminder.Replaces.Select(old => (item.Owed.Id, old.Step, old.DueAt, Given: false, Told: 0))
            .Append((item.Owed.Id, item.Reminder.Step, item.Reminder.DueAt, Given: true, Told: notices.Told(item.Owed)))).ToList();
        await db.Connection.ExecuteAsync(
            """
            INSERT INTO duty_reminder (occurrence_id, step, due_at, handled_at, given, told)
            SELECT r.occurrence_id, r.step, r.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', $6, r.given, r.told
            FROM unnest($1::int[], $2::int[], $3::timestamp[], $4::boolean[], $5::int[]) AS r(occurrence_id, step, due_at, given, told)
            ON CONFLICT (occurrence_id, step) DO NOTHING
            """,
            cancel, rows.Select(row => row.Id).ToArray(), rows.Select(row => row.Step).ToArray(), rows.Select(row => row.DueAt).ToArray(),
            rows.Select(row => row.Given).ToArray(), rows.Select(row => row.Told).ToArray(), now);
        await transaction.CommitAsync(cancel);
        return new(due.Count, rows.Count - due.Count, due.Count(item => notices.Told(item.Owed) == 0));
    }
}
