using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>A duty that an administrator adds.</summary>
/// <param name="Kinds">Every organisation of these kinds; empty: <paramref name="Organisation"/> alone.</param>
/// <param name="Organisation">Code.</param>
/// <param name="Basis">Article, or the paper that orders it.</param>
public sealed record NewDuty(
    string NameVi, string NameEn, IReadOnlyList<string> Kinds, string Organisation, int EveryMonths, int Month, int Day, string DocumentsVi, string DocumentsEn, string Basis);

/// <summary>Adds a duty of the province's own, from today on, and plans it.</summary>
public sealed class AddDuty(PortalDatabase database, PlanDuties plan, TimeProvider clock)
{
    /// <returns>Null where it is done.</returns>
    public async Task<DutyProblem?> RunAsync(Domain.Access.Access access, NewDuty duty, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDuties);
        if (Check(duty) is { } problem)
            return problem;
        var today = PortalDay.Of(clock);
        await using (var db = await database.OpenAsync(access, cancel))
        {
            await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
            var english = duty.NameEn.Trim().Length == 0 ? duty.NameVi.Trim() : duty.NameEn.Trim();
            var documents = duty.DocumentsEn.Trim().Length == 0 ? duty.DocumentsVi.Trim() : duty.DocumentsEn.Trim();
            var id = await db.Connection.ScalarAsync<int>(
                """
                INSERT INTO duty (code, name_vi, name_en, kinds, organisation_id, every_months, month, day, valid, documents_vi, documents_en, notice_vi, notice_en,
                    article, confidence, source, origin)
                SELECT $1, $2, $3, $4, o.id, $6, $7, $8, daterange($9, NULL), $10, $11, '', '', $12, 'high', $12, 'local'
                FROM (SELECT 1) AS one LEFT JOIN organisation o ON o.code = $5
                WHERE (cardinality($4) = 0) = (o.id IS NOT NULL) RETURNING id
                """,
                cancel, string.Create(CultureInfo.InvariantCulture, $"local-{clock.GetUtcNow():yyyyMMddHHmmssfff}"), duty.NameVi.Trim(), english, duty.Kinds.ToArray(),
                duty.Kinds.Count > 0 ? "" : duty.Organisation, duty.EveryMonths, duty.Month, duty.Day, today, duty.DocumentsVi.Trim(), documents, duty.Basis.Trim());
            if (id == 0)
                return DutyProblem.NobodyOwes;
            await WriteAudit.AsAsync(db.Connection, access, "duty-added", id.ToString(CultureInfo.InvariantCulture), duty);
            await transaction.CommitAsync(cancel);
        }
        await plan.RunAsync(access, cancel);
        return null;
    }

    private static DutyProblem? Check(NewDuty duty) =>
        string.IsNullOrWhiteSpace(duty.NameVi) ? DutyProblem.NameMissing
        : duty.Kinds.Count == 0 && string.IsNullOrWhiteSpace(duty.Organisation) ? DutyProblem.NobodyOwes
        : !Recurrence.CanBe(duty.EveryMonths, duty.Month, duty.Day) ? DutyProblem.RuleWrong
        : string.IsNullOrWhiteSpace(duty.DocumentsVi) || string.IsNullOrWhiteSpace(duty.Basis) ? DutyProblem.DocumentMissing
        : null;
}

/// <summary>Ends a duty today: what fell due stays, what would fall due later is owed no more. A row of the seed becomes the province's own by it.</summary>
public sealed class EndDuty(PortalDatabase database, PlanDuties plan, TimeProvider clock)
{
    /// <returns>Null where it is done.</returns>
    public async Task<DutyProblem?> RunAsync(Domain.Access.Access access, int duty, string reason, CancellationToken cancel)
    {
        access.Demand(Capability.ManageDuties);
        if (string.IsNullOrWhiteSpace(reason))
            return DutyProblem.ReasonMissing;
        await using (var db = await database.OpenAsync(access, cancel))
        {
            await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
            var done = await db.Connection.ExecuteAsync(
                "UPDATE duty SET valid = valid * daterange(NULL, $2, '[]'), origin = 'local' WHERE id = $1 AND (upper(valid) IS NULL OR upper(valid) > $2 + 1) AND lower(valid) <= $2",
                cancel, duty, PortalDay.Of(clock));
            if (done == 0)
                return DutyProblem.NotThere;
            await WriteAudit.AsAsync(db.Connection, access, "duty-ended", duty.ToString(CultureInfo.InvariantCulture), new { reason });
            await transaction.CommitAsync(cancel);
        }
        await plan.RunAsync(access, cancel);
        return null;
    }
}

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
