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
