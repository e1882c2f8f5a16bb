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

    /// <summary>A checkpoint of the retention is gone.</summary>
    CheckpointMissing,

    /// <summary>A checkpoint does not say what the portal signed.</summary>
    CheckpointForged,

    /// <summary>The chain is whole in itself, but is not the one whose head a backup carries.</summary>
    HeadDiffers,
}

/// <summary>The first break.</summary>
/// <param name="Entry">Number of the audit entry; of a missing seal the first entry after it; 0 where there is none.</param>
/// <param name="Source">The backup whose head differs, or the last place that a checkpoint stands for; empty otherwise.</param>
public sealed record AuditBreak(AuditBreakKind Kind, long Entry, string Source = "");

/// <summary>The end of the chain at some time.</summary>
public sealed record AuditHead(long Place, string Hash);

/// <summary>The state of the audit.</summary>
/// <param name="Head">Null while nothing is sealed.</param>
/// <param name="Unsealed">Entries that wait for the next sealing.</param>
public sealed record AuditState(AuditHead? Head, long Unsealed, AuditBreak? Break)
{
    /// <summary>When the newest link was sealed.</summary>
    public DateTimeOffset? SealedAt { get; init; }

    /// <summary>What stands for the entries whose time was over; null while none was deleted.</summary>
    public AuditCheckpoint? Checkpoint { get; init; }
}

/// <summary>Walks the chain of the audit from its first link, or from the checkpoint of the retention, and computes every hash anew, here and not in the database that is being doubted.</summary>
public sealed class VerifyAudit(PortalDatabase database, BackupSettings settings)
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
        await db.Connection.AllowLongAsync(cancel);
        var restores = await db.Connection.ListAsync("SELECT subject, at FROM audit WHERE act = 'backup-restored'",
            row => (Backup: row.GetString(0), At: row.GetFieldValue<DateTimeOffset>(1)), cancel);
        var checkpoints = await AuditCheckpoint.ListAsync(db.Connection, cancel);
        var start = checkpoints.Count > 0 ? checkpoints[^1] : null;
        // A restore takes the chain back to its backup: those between that and the restore tell of entries that the old database kept.
        // A backup from before the checkpoint tells of links that the checkpoint stands for.
        var valid = known.Where(item => !restores.Exists(restore => string.CompareOrdinal(item.Source, restore.Backup) > 0
                && string.CompareOrdinal(item.Source, BackupPlace.NameOf(restore.At, "")) < 0)
            && (start is null || (item.Head.Place >= start.Through && string.CompareOrdinal(item.Source, BackupPlace.NameOf(start.Last, "")) > 0)));
        var forged = checkpoints.Count > 0 ? AuditCheckpoint.Broken(checkpoints, await settings.Key(cancel)) : null;
        var (head, broken) = await WalkAsync(db.Connection, start, valid.ToDictionary(item => item.Source, item => item.Head), cancel);
        var (unsealed, inserted, sealedAt) = (await db.Connection.ListAsync(UnsealedSql,
            row => (row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetInt64(1), row.IsDBNull(2) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(2)), cancel))[0];
        return new(head, unsealed, forged ?? broken ?? (inserted > 0 ? new(AuditBreakKind.Inserted, inserted) : null)) { SealedAt = sealedAt, Checkpoint = start };
    }

    private static async Task<(AuditHead? Head, AuditBreak? Break)> WalkAsync(
        NpgsqlConnection connection, AuditCheckpoint? start, Dictionary<string, AuditHead> known, CancellationToken cancel)
    {
        // What the audit itself says of each deletion: a gap that ends at such a place is a checkpoint that was taken away.
        var expired = await connection.ListAsync("SELECT subject FROM audit WHERE act = 'audit-expired'", row => row.GetString(0), cancel);
        await using var command = new NpgsqlCommand(ChainSql, connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancel);
        AuditHead? head = start is null ? null : new(start.Through, start.Hash);
        if (Passed(head, known) is { } other)
            return (head, new(AuditBreakKind.HeadDiffers, 0, other));
        while (await row.ReadAsync(cancel))
        {
            var (place, entry, hash) = (row.GetInt64(0), row.GetInt64(1), row.GetString(2));
            if (place != (head?.Place ?? 0) + 1)
                return (head, expired.Contains($"{place - 1}") ? new(AuditBreakKind.CheckpointMissing, entry, $"{place - 1}") : new(AuditBreakKind.SealMissing, entry));
            if (row.IsDBNull(3))
                return (head, new(AuditBreakKind.Deleted, entry));
            if (hash != Link(head?.Hash ?? "", row.GetString(3)))
                return (head, new(AuditBreakKind.Changed, entry));
            head = new(place, hash);
            if (Passed(head, known) is { } source)
                return (head, new(AuditBreakKind.HeadDiffers, entry, source));
        }
        // A backup knows a longer chain than there is: its end was cut off.
        return (head, known.Count > 0 ? new(AuditBreakKind.HeadDiffers, 0, known.Keys.Order(StringComparer.Ordinal).Last()) : null);
    }

    // Takes away the heads of this place that agree; the source of one that does not.
    private static string? Passed(AuditHead? head, Dictionary<string, AuditHead> known)
    {
        foreach (var source in known.Where(item => item.Value.Place == head?.Place).Select(item => item.Key).ToList())
        {
            if (known[source].Hash != head!.Hash)
                return source;
            known.Remove(source);
        }
        return null;
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
        SELECT count(*), min(a.id) FILTER (WHERE a.at < (SELECT max(sealed_before) FROM audit_seal)), (SELECT max(sealed_before) FROM audit_seal)
        FROM audit a WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = a.id)
        """;
}
