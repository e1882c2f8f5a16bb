using System.Security.Cryptography;
using System.Text;
using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>How the audit was tampered with.</summary>
public enum AuditBreakKind
{
    /// <summary>The entry does not say what it said when it was sealed.</summary>
    Changed,

    /// <summary>The entry was sealed and is gone.</summary>
    Deleted,

    /// <summary>The entry was put in after its time had been sealed.</summary>
    Inserted,

    /// <summary>A link of the chain is gone.</summary>
    SealMissing,

    /// <summary>The chain is whole in itself, but is not the one whose head a backup carries.</summary>
    HeadDiffers,
}

/// <summary>The first break.</summary>
/// <param name="Entry">Number of the audit entry; of a missing seal the first entry after it; 0 where there is none.</param>
/// <param name="Source">The backup whose head differs; empty otherwise.</param>
public sealed record AuditBreak(AuditBreakKind Kind, long Entry, string Source = "");

/// <summary>The end of the chain at some time.</summary>
public sealed record AuditHead(long Place, string Hash);

/// <summary>The state of the audit.</summary>
/// <param name="Head">Null while nothing is sealed.</param>
/// <param name="Unsealed">Entries that wait for the next sealing.</param>
public sealed record AuditState(AuditHead? Head, long Unsealed, AuditBreak? Break);

/// <summary>Walks the chain of the audit from its first link and computes every hash anew, here and not in the database that is being doubted.</summary>
public sealed class VerifyAudit(PortalDatabase database)
{
    /// <summary>The heads that the backups of a place carry.</summary>
    public static async Task<List<(string Source, AuditHead Head)>> HeadsAsync(BackupPlace place, CancellationToken cancel)
    {
        List<(string, AuditHead)> known = [];
        foreach (var backup in place.Names())
        {
            if (await place.PeekAsync(backup, cancel) is { AuditPlace: > 0 } manifest)
                known.Add((backup, new(manifest.AuditPlace, manifest.AuditHash)));
        }
        return known;
    }

    /// <param name="known">Heads that were written down elsewhere, by their source: an end of the chain that was cut off is found by them alone.</param>
    public async Task<AuditState> RunAsync(Domain.Access.Access access, IReadOnlyCollection<(string Source, AuditHead Head)> known, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        // One view of both tables, so that a sealing in the middle breaks nothing.
        await using var transaction = await db.Connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var (head, broken) = await WalkAsync(db.Connection, known.ToDictionary(item => item.Source, item => item.Head), cancel);
        var (unsealed, inserted) = (await db.Connection.ListAsync(UnsealedSql, row => (row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetInt64(1)), cancel))[0];
        return new(head, unsealed, broken ?? (inserted > 0 ? new(AuditBreakKind.Inserted, inserted) : null));
    }

    private static async Task<(AuditHead? Head, AuditBreak? Break)> WalkAsync(
        NpgsqlConnection connection, Dictionary<string, AuditHead> known, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ChainSql, connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancel);
        AuditHead? head = null;
        while (await row.ReadAsync(cancel))
        {
            var (place, entry, hash) = (row.GetInt64(0), row.GetInt64(1), row.GetString(2));
            if (place != (head?.Place ?? 0) + 1)
                return (head, new(AuditBreakKind.SealMissing, entry));
            if (row.IsDBNull(3))
                return (head, new(AuditBreakKind.Deleted, entry));
            if (hash != Link(head?.Hash ?? "", row.GetString(3)))
                return (head, new(AuditBreakKind.Changed, entry));
            head = new(place, hash);
            foreach (var source in known.Where(item => item.Value.Place == place).Select(item => item.Key).ToList())
            {
                if (known[source].Hash != hash)
                    return (head, new(AuditBreakKind.HeadDiffers, entry, source));
                known.Remove(source);
            }
        }
        // A backup knows a longer chain than there is: its end was cut off.
        return (head, known.Count > 0 ? new(AuditBreakKind.HeadDiffers, 0, known.Keys.Order(StringComparer.Ordinal).Last()) : null);
    }

    private static string Link(string before, string entry) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + entry)));

    // The text of an entry as portal_seal_audit() writes it.
    private const string ChainSql =
        """
        SELECT s.place, s.entry_id, s.hash, CASE WHEN a.id IS NOT NULL THEN jsonb_build_array(a.id, (extract(epoch FROM a.at) * 1000000)::bigint,
            a.account_id, a.account_name, a.organisation_id, a.login, a.act, a.subject, a.details)::text END
        FROM audit_seal s LEFT JOIN audit a ON a.id = s.entry_id ORDER BY s.place
        """;

    private const string UnsealedSql =
        """
        SELECT count(*), min(a.id) FILTER (WHERE a.at < (SELECT max(sealed_before) FROM audit_seal))
        FROM audit a WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = a.id)
        """;
}
