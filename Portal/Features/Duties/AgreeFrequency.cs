using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>Writes down another frequency that was agreed in writing with one organisation (Điều 7.1a), from today on.</summary>
public sealed class AgreeFrequency(PortalDatabase database, PlanDuties plan, TimeProvider clock)
{
    /// <param name="document">Number and date of the agreement.</param>
    /// <returns>Null where it is done.</returns>
    public async Task<DutyProblem?> RunAsync(
        Domain.Access.Access access, int duty, string organisation, int everyMonths, int month, int day, string document, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDuties);
        if (!Recurrence.CanBe(everyMonths, month, day))
            return DutyProblem.RuleWrong;
        if (string.IsNullOrWhiteSpace(document))
            return DutyProblem.DocumentMissing;
        await using (var db = await database.OpenAsync(access, cancel))
        {
            await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
            var today = PortalDay.Of(clock);
            // What was agreed before ends yesterday; what was agreed today was a slip.
            if (await db.Connection.ScalarAsync<bool>(
                """
                SELECT EXISTS (SELECT FROM duty_agreement a JOIN organisation o ON o.id = a.organisation_id WHERE a.duty_id = $1 AND o.code = $2 AND lower(a.valid) >= $3)
                """, cancel, duty, organisation, today))
                return DutyProblem.Overlaps;
            await db.Connection.ExecuteAsync(
                """
                UPDATE duty_agreement a SET valid = a.valid * daterange(NULL, $3) FROM organisation o
                WHERE o.id = a.organisation_id AND o.code = $2 AND a.duty_id = $1 AND a.valid @> $3
                """, cancel, duty, organisation, today);
            var done = await db.Connection.ExecuteAsync(
                """
                INSERT INTO duty_agreement (duty_id, organisation_id, every_months, month, day, document, valid)
                SELECT d.id, o.id, $3, $4, $5, $6, daterange($7, NULL) FROM duty d, organisation o
                WHERE d.id = $1 AND o.code = $2 AND (o.id = d.organisation_id OR o.kind = ANY (d.kinds))
                """, cancel, duty, organisation, everyMonths, month, day, document.Trim(), today);
            if (done == 0)
                return DutyProblem.NobodyOwes;
            await WriteAudit.AsAsync(db.Connection, access, "duty-frequency-agreed", organisation, new { duty, everyMonths, month, day, document });
            await transaction.CommitAsync(cancel);
        }
        await plan.RunAsync(access, cancel);
        return null;
    }
}
