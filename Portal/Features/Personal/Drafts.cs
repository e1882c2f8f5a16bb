using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Personal;

/// <summary>What stands in a form that was not sent yet.</summary>
/// <param name="Fields">As JSON, an object.</param>
public sealed record Draft(string Fields, DateTimeOffset KeptAt);

/// <summary>Keeps what a person has typed into a form until it is sent: a restart, another language or leaving the page loses nothing. Nobody else sees it.</summary>
public sealed class Drafts(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Letters that a draft may have, as JSON.</summary>
    public const int Cap = 60_000;

    /// <summary>Days after which a draft that nobody took up again is gone.</summary>
    public const int Days = 30;

    /// <param name="form">Name of the form, with what it is about: <c>duties/new</c>, <c>desk/17/answer</c>.</param>
    /// <returns>Null where nothing was kept.</returns>
    public async Task<Draft?> FindAsync(Domain.Access.Access access, string form, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var connection = await database.OpenSystemAsync(cancel);
        return (await connection.ListAsync(
            "SELECT fields::text, kept_at FROM form_draft WHERE account_id = $1 AND form = $2",
            row => new Draft(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1)), cancel, access.AccountId ?? 0, form)).FirstOrDefault();
    }

    /// <summary>Keeps it in the place of what was kept; more than <see cref="Cap"/> is not kept.</summary>
    /// <returns>Whether it was kept.</returns>
    public async Task<bool> KeepAsync(Domain.Access.Access access, string form, string fields, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        if (fields.Length > Cap || access.AccountId is not { } account)
            return false;
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenSystemAsync(cancel);
        await connection.ExecuteAsync("DELETE FROM form_draft WHERE account_id = $1 AND kept_at < $2", cancel, account, now.AddDays(-Days));
        await connection.ExecuteAsync(
            """
            INSERT INTO form_draft (account_id, form, fields, kept_at) VALUES ($1, $2, $3::jsonb, $4)
            ON CONFLICT (account_id, form) DO UPDATE SET fields = excluded.fields, kept_at = excluded.kept_at
            """, cancel, account, form, fields, now);
        return true;
    }

    public async Task DropAsync(Domain.Access.Access access, string form, CancellationToken cancel)
    {
        access.Demand(Capability.UseOwnAccount);
        await using var connection = await database.OpenSystemAsync(cancel);
        await connection.ExecuteAsync("DELETE FROM form_draft WHERE account_id = $1 AND form = $2", cancel, access.AccountId ?? 0, form);
    }
}
