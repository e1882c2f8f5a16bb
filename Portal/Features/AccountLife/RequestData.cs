using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>What the pages of requests ask for.</summary>
public sealed class RequestData(PortalDatabase database, TimeProvider clock)
{
    public const int ListCap = 1000;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>Requests that the reader sees: those whose turn it is to do something first, then the newest.</summary>
    /// <param name="state">open, done or all.</param>
    public async Task<IReadOnlyList<RequestLine>> ListAsync(Domain.Access.Access access, string state, string language, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        var only = await AccountReach.OfAsync(system, access, cancel);
        var (centre, department) = (access.May(Capability.ManageAccounts), await AccountReach.IsDepartmentAsync(system, access, cancel));
        var lines = await system.ListAsync(
            """
            SELECT r.id, r.kind = 'guest', o.code, CASE WHEN r.kind = 'guest' THEN r.body ELSE org.name END, r.letter_number, r.letter_date, r.state,
                (SELECT count(*)::int FROM account_request_person p WHERE p.request_id = r.id), r.asked_name, r.changed_at, r.asked_by, r.assembled_by, r.asker_organisation_id
            FROM account_request r JOIN organisation o ON o.id = r.organisation_id
            CROSS JOIN LATERAL (SELECT CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END AS name
                FROM organisation_name n WHERE n.organisation_id = o.id ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1) org
            WHERE (r.asker_organisation_id = $3 OR (r.state <> 'draft' AND ($4::text IS NULL OR o.code = $4)))
              AND CASE $5 WHEN 'all' THEN true WHEN 'done' THEN r.state IN ('granted', 'refused', 'closed') ELSE r.state NOT IN ('granted', 'refused', 'closed') END
            ORDER BY r.changed_at DESC, r.id DESC LIMIT $6
            """,
            row =>
            {
                var stands = AccountWords.RequestStateOf(row.GetString(6));
                int? Of(int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
                var turn = stands switch
                {
                    RequestState.Draft => row.GetInt32(12) == access.OrganisationId,
                    RequestState.Sent or RequestState.Approved => centre,
                    RequestState.Assembled => department && Of(10) != access.AccountId && Of(11) != access.AccountId,
                    _ => false,
                };
                return new RequestLine(row.GetInt32(0), row.GetBoolean(1), row.GetString(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetFieldValue<DateOnly>(5),
                    stands, row.GetInt32(7), row.GetString(8), row.GetFieldValue<DateTimeOffset>(9), turn);
            },
            cancel, language, Today, access.OrganisationId, only, state, ListCap);
        return [.. lines.OrderByDescending(line => line.Turn)];
    }

    /// <summary>Null where it is not there, or not for this account.</summary>
    public async Task<RequestDetail?> FindAsync(Domain.Access.Access access, int id, string language, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        if (await RequestRecord.FindAsync(system, access, id, cancel) is not { } record)
            return null;
        var persons = await RequestPersons.ReadAsync(system, id, cancel);
        var steps = await system.ListAsync(
            "SELECT step, words, at, account_name FROM account_request_step WHERE request_id = $1 ORDER BY id LIMIT 500",
            row => new RequestStep(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3)), cancel, id);
        var (centre, department) = (access.May(Capability.ManageAccounts), await AccountReach.IsDepartmentAsync(system, access, cancel));
        var own = record.AskerOrganisationId == access.OrganisationId;
        return (await system.ListAsync(
            """
            SELECT CASE WHEN $2 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END, r.file_name, r.body, r.purpose, r.asked_name
            FROM account_request r JOIN organisation_name n ON n.organisation_id = r.organisation_id WHERE r.id = $1 ORDER BY n.valid @> $3 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1
            """,
            row => new RequestDetail(id, record.Guest, record.OrganisationCode, row.GetString(0), record.Kind, record.Letter, record.Dated, row.GetString(1), row.GetString(2), row.GetString(3),
                record.State, row.GetString(4), record.Version, persons, steps)
            {
                MayEdit = record.IsWritableBy(access),
                MayAssemble = centre && record.State == RequestState.Sent,
                MayDecide = department && record.State == RequestState.Assembled && record.AskedBy != access.AccountId && record.AssembledBy != access.AccountId,
                MayGrant = centre && record.State == RequestState.Approved,
                MayClose = own && !record.Guest && record.State is RequestState.Draft or RequestState.Sent,
            },
            cancel, id, language, Today)).Single();
    }

    /// <summary>Organisations in being for which the reader may ask: all for the Centre; else one's own, and those that it manages by a document (Điều 6.2b).</summary>
    public async Task<IReadOnlyList<AskableOrganisation>> AskableAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT o.id, o.code, CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END, o.kind
            FROM organisation o JOIN organisation_name n ON n.organisation_id = o.id AND n.valid @> $2
            WHERE ($3 AND o.kind <> 'public') OR o.id = $4
              OR EXISTS (SELECT FROM visible_organisation v WHERE v.organisation_id = $4 AND v.sees_id = o.id AND v.manage AND v.valid @> portal_today())
            ORDER BY o.id = $4 DESC, portal_fold(n.name_vi), o.code
            """,
            row => new AskableOrganisation(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3)), cancel, language, Today, access.May(Capability.ManageAccounts),
            access.OrganisationId);
    }

    /// <summary>Accounts of the organisation of a request, that a change, lock or handover may concern.</summary>
    public async Task<IReadOnlyList<AccountDetail>> AccountsAsync(Domain.Access.Access access, int request, CancellationToken cancel)
    {
        access.Demand(Capability.AskForAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        if (await RequestRecord.FindAsync(system, access, request, cancel) is not { } record)
            return [];
        return await system.ListAsync(
            AccountsData.Lines.Replace("a.demo", "a.demo, a.email, a.phone, a.created_at", StringComparison.Ordinal) +
            "WHERE a.organisation_code = $4 AND a.left_at IS NULL ORDER BY 3, a.id LIMIT 500",
            row => new AccountDetail(AccountsData.Line(row), row.GetString(11), row.GetString(12), row.GetFieldValue<DateTimeOffset>(13), null, "", "", null, null, false, null, "", false, false),
            cancel, "vi", Today, Now, record.OrganisationCode);
    }
}
