using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What stands for entries of the audit that were deleted because their time was over.</summary>
/// <param name="After">The place before the first of them.</param>
/// <param name="Through">The place of the last of them: the chain goes on from there.</param>
/// <param name="Hash">Of the last of them.</param>
/// <param name="Signature">By the backup key, which the database does not hold.</param>
public sealed record AuditCheckpoint(
    long After, long Through, string Hash, long Entries, DateTimeOffset First, DateTimeOffset Last, DateTimeOffset At, string Signature)
{
    public static Task<List<AuditCheckpoint>> ListAsync(NpgsqlConnection connection, CancellationToken cancel) => connection.ListAsync(
        "SELECT after_place, through_place, hash, entries, first_at, last_at, at, signature FROM audit_checkpoint ORDER BY through_place",
        row => new AuditCheckpoint(row.GetInt64(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4),
            row.GetFieldValue<DateTimeOffset>(5), row.GetFieldValue<DateTimeOffset>(6), row.GetString(7)), cancel);

    /// <summary>The first that is gone or that the key did not sign; null where all are as they were.</summary>
    /// <param name="checkpoints">In the order of their places.</param>
    public static AuditBreak? Broken(IEnumerable<AuditCheckpoint> checkpoints, BackupKey key)
    {
        long place = 0;
        foreach (var checkpoint in checkpoints)
        {
            if (checkpoint.Signature != checkpoint.Sign(key))
                return new(AuditBreakKind.CheckpointForged, 0, $"{checkpoint.Through}");
            if (checkpoint.After != place)
                return new(AuditBreakKind.CheckpointMissing, 0, $"{checkpoint.After}");
            place = checkpoint.Through;
        }
        return null;
    }

    public string Sign(BackupKey key) => key.SignCheckpoint(string.Create(CultureInfo.InvariantCulture,
        $"{After}|{Through}|{Hash}|{Entries}|{Microseconds(First)}|{Microseconds(Last)}|{Microseconds(At)}"));

    private static long Microseconds(DateTimeOffset moment) => (moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;
}
