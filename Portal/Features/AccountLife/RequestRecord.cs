using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>A request as it is decided on, and the writing of each step.</summary>
internal sealed record RequestRecord(
    int Id, bool Guest, int OrganisationId, string OrganisationCode, string Kind, int AskerOrganisationId, string Letter, DateOnly? Dated, bool HasFile, RequestState State,
    int? AskedBy, int? AssembledBy, string Version)
{
    public string Number => NumberOf(Id);

    public static string NumberOf(int id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null where it is not there or not for this reader: one's own organisation's, or one asked for by it; all that was sent for the Centre and the Department.</summary>
    public static async Task<RequestRecord?> FindAsync(NpgsqlConnection system, Domain.Access.Access reader, int id, CancellationToken cancel)
    {
        var only = await AccountReach.OfAsync(system, reader, cancel);
        return (await system.ListAsync(
            """
            SELECT r.id, r.kind = 'guest', r.organisation_id, o.code, o.kind, r.asker_organisation_id, r.letter_number, r.letter_date, r.file_sha256 IS NOT NULL, r.state, r.asked_by,
                r.assembled_by, r.xmin::text
            FROM account_request r JOIN organisation o ON o.id = r.organisation_id
            WHERE r.id = $1 AND (r.asker_organisation_id = $2 OR (r.state <> 'draft' AND ($3::text IS NULL OR o.code = $3)))
            """,
            row => new RequestRecord(row.GetInt32(0), row.GetBoolean(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetInt32(5), row.GetString(6),
                row.IsDBNull(7) ? null : row.GetFieldValue<DateOnly>(7), row.GetBoolean(8), AccountWords.RequestStateOf(row.GetString(9)), Number32(row, 10), Number32(row, 11), row.GetString(12)),
            cancel, id, reader.OrganisationId, only)).FirstOrDefault();
    }

    /// <summary>Whether the reader may write in it as it stands: whoever asks in a draft, the Centre in what was sent.</summary>
    public bool IsWritableBy(Domain.Access.Access reader) => State switch
    {
        RequestState.Draft => !Guest && reader.OrganisationId == AskerOrganisationId,
        RequestState.Sent => reader.May(Capability.ManageAccounts),
        _ => false,
    };

    /// <summary>Goes on to a state, from the version that was read.</summary>
    /// <returns>False where somebody was faster: then nothing is written.</returns>
    public async Task<bool> GoAsync(NpgsqlConnection system, Domain.Access.Access by, RequestState to, string step, string words, DateTimeOffset now, CancellationToken cancel)
    {
        var done = await system.ExecuteAsync(
            """
            UPDATE account_request SET state = $3, changed_at = $4, assembled_by = CASE $5 WHEN 'assembled' THEN $6::int WHEN 'returned' THEN NULL ELSE assembled_by END,
                decided_by = CASE WHEN $5 IN ('approved', 'refused') THEN $6::int ELSE decided_by END, granted_by = CASE WHEN $5 = 'granted' THEN $6::int ELSE granted_by END
            WHERE id = $1 AND xmin::text = $2
            """, cancel, Id, Version, to.Word(), now, step, by.AccountId);
        if (done == 0)
            return false;
        await WriteStepAsync(system, Id, by, step, words, now, cancel);
        return true;
    }

    public static Task WriteStepAsync(NpgsqlConnection system, int id, Domain.Access.Access by, string step, string words, DateTimeOffset now, CancellationToken cancel) =>
        system.ExecuteAsync(
            "INSERT INTO account_request_step (request_id, step, words, at, account_id, account_name) VALUES ($1, $2, $3, $4, $5, $6)",
            cancel, id, step, words, now, by.AccountId, by.AccountName);

    /// <summary>A new version of the request, so that whoever read it before is told.</summary>
    /// <returns>False where somebody was faster.</returns>
    public async Task<bool> TouchAsync(NpgsqlConnection system, DateTimeOffset now, CancellationToken cancel) =>
        await system.ExecuteAsync("UPDATE account_request SET changed_at = $3 WHERE id = $1 AND xmin::text = $2", cancel, Id, Version, now) == 1;

    private static int? Number32(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
