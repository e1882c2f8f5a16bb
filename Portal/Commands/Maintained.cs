using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Commands;

/// <summary>What is done at the server by hand, and every upgrade, stands in the audit and in the register of what allows it (Điều 4.3).</summary>
public static class Maintained
{
    // Starting the portal is no maintenance.
    private const string Start = "serve";

    /// <summary>A verb was run, under the authority for maintenance that holds today, where there is one. Nothing where the database is still to be made or upgraded.</summary>
    public static async Task ByVerbAsync(string ownerConnection, string verb, CancellationToken cancel)
    {
        if (verb is "" or Start)
            return;
        await using var owner = new NpgsqlConnection(ownerConnection);
        await owner.OpenAsync(cancel);
        if (!await owner.ScalarAsync<bool>("SELECT to_regclass('public.authority') IS NOT NULL", cancel))
            return;
        var allowed = await owner.ListAsync(
            "SELECT document_number FROM authority WHERE kind = 'maintenance' AND portal_authority_holds(id) ORDER BY id", row => row.GetString(0), cancel);
        await WriteAudit.AsAsync(owner, CommandContext.Console, "verb-run", verb, new { authority = allowed });
    }

    /// <summary>The schema went from one version to another: an entry that waits for its document. A first installation is no upgrade.</summary>
    /// <param name="applied">The migrations of now, in their order.</param>
    public static async Task UpgradeAsync(string ownerConnection, IReadOnlyList<string> applied, CancellationToken cancel)
    {
        if (applied.Count == 0)
            return;
        await using var owner = new NpgsqlConnection(ownerConnection);
        await owner.OpenAsync(cancel);
        await using var transaction = await owner.BeginTransactionAsync(cancel);
        var versions = await owner.ScalarAsync<string>(
            """
            INSERT INTO authority (kind, from_day, to_day, purpose, recorded_by, recorded_at)
            SELECT 'upgrade', portal_today(), portal_today(), left(max(name) FILTER (WHERE NOT name = ANY ($1)), 4) || ' → ' || left(max(name), 4), 'console', clock_timestamp()
            FROM schema_migration HAVING bool_or(NOT name = ANY ($1)) RETURNING purpose
            """, cancel, [applied.ToArray()]);
        if (versions is not null)
            await WriteAudit.AsAsync(owner, CommandContext.Console, "upgraded", versions);
        await transaction.CommitAsync(cancel);
    }
}
