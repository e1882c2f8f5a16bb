using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Asks for help, reports an incident, gives feedback: by oneself, for one's own organisation. The administrators are told.</summary>
public sealed class AskDesk(PortalDatabase database, DeskNotices notices, TimeProvider clock)
{
    public const int TitleCap = 150;
    public const int WordsCap = 5000;
    public const int DataCap = 1000;
    public const int ReferenceCap = 60;

    /// <summary>One account in 24 hours: a desk that is flooded answers nobody.</summary>
    public const int MostInADay = 20;

    /// <returns>Its id, or why it was not taken.</returns>
    public async Task<(int Id, DeskProblem? Problem)> RunAsync(Domain.Access.Access access, DeskQuestion question, CancellationToken cancel)
    {
        access.Demand(Capability.UseDesk);
        var asked = Tidy(question);
        if (Check(asked) is { } problem)
            return (0, problem);
        var now = clock.GetUtcNow();
        await using var db = await database.OpenAsync(access, cancel);
        if (!access.May(Capability.ManageDesk) && await db.Connection.ScalarAsync<long>(
            "SELECT count(*) FROM desk_item WHERE account_id = $1 AND at > $2", cancel, access.AccountId, now.AddDays(-1)) >= MostInADay)
            return (0, DeskProblem.TooMany);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        var due = await DeskRecord.FirstDueAsync(db.Connection, asked, now, cancel);
        // Year and numbers are the database's: it counts over what the asker does not see.
        var (id, number) = (await db.Connection.ListAsync(
            """
            INSERT INTO desk_item (kind, year, serial, number, title, words, expected, severity, data_affected, personal_data, reference, organisation_id, account_id,
                account_name, at, since, due_at, changed_at)
            VALUES ($1, 0, 0, '', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $12) RETURNING id, number
            """,
            row => (row.GetInt32(0), row.GetString(1)), cancel, asked.Kind.Word(), asked.Title, asked.Words, asked.Expected, asked.Severity, asked.DataAffected,
            asked.PersonalData, asked.Reference, access.OrganisationId, access.AccountId, access.AccountName, now, due)).Single();
        await WriteAudit.AsAsync(db.Connection, access, "desk-asked", number, new { kind = asked.Kind.Word(), asked.Severity });
        await transaction.CommitAsync(cancel);
        await notices.AskedAsync(id, number, asked, access, cancel);
        return (id, null);
    }

    private static DeskQuestion Tidy(DeskQuestion asked)
    {
        var incident = asked.Kind == DeskKind.Incident;
        return new(asked.Kind, asked.Title.Trim(), asked.Words.Trim(), asked.Expected.Trim(), incident ? asked.Severity : "",
            incident ? asked.DataAffected.Trim() : "", incident && asked.PersonalData, asked.Reference.Trim());
    }

    private static DeskProblem? Check(DeskQuestion asked) =>
        asked.Title.Length == 0 ? DeskProblem.TitleMissing
        : asked.Words.Length == 0 ? DeskProblem.WordsMissing
        : asked.Title.Length > TitleCap || asked.Words.Length > WordsCap || asked.Expected.Length > WordsCap || asked.DataAffected.Length > DataCap
            || asked.Reference.Length > ReferenceCap ? DeskProblem.TooLong
        : asked.Kind == DeskKind.Incident && asked.Severity is not ("normal" or "serious") ? DeskProblem.SeverityMissing
        : null;
}
