using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Deletes sealed entries of the audit whose time is over, from the oldest on, and leaves a signed checkpoint in their place. A chain that is
/// broken keeps everything: what is wrong with it is still to be found out. What is set shortens nothing by itself: fewer months than were agreed take two administrators.</summary>
public sealed class ExpireAudit(PortalDatabase database, VerifyAudit verify, BackupSettings settings, TimeProvider clock)
{
    public const string Variable = "QUANTRAC_AUDIT_MONTHS";

    /// <summary>The database refuses anything younger, whatever it is asked.</summary>
    public const int LeastMonths = 24;

    private const int UsualMonths = 36;

    /// <summary>How long entries are kept.</summary>
    /// <exception cref="InvalidOperationException">What is set is no whole number from 24 to 1200.</exception>
    public static int MonthsOf(string? set) => set is not { Length: > 0 } ? UsualMonths
        : int.TryParse(set, NumberStyles.None, CultureInfo.InvariantCulture, out var months) && months is >= LeastMonths and <= 1200 ? months
        : throw new InvalidOperationException($"{Variable} must be a whole number from {LeastMonths} on: nothing was deleted.");

    /// <summary>The number of months that is set; null where it is none that is taken.</summary>
    public static int? SetMonths
    {
        get
        {
            try
            {
                return MonthsOf(Environment.GetEnvironmentVariable(Variable));
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }
    }

    /// <summary>For how long entries are kept at least, whatever is set: as the last two administrators agreed.</summary>
    public async Task<int> AgreedAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ScalarAsync<int>("SELECT portal_audit_months()", cancel);
    }

    /// <param name="months">What is set; more are kept where more were agreed.</param>
    /// <returns>The checkpoint, or null where nothing is old enough.</returns>
    /// <exception cref="InvalidOperationException">The chain is broken.</exception>
    public async Task<AuditCheckpoint?> RunAsync(Domain.Access.Access access, int months, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        ArgumentOutOfRangeException.ThrowIfLessThan(months, LeastMonths);
        months = Math.Max(months, await AgreedAsync(access, cancel));
        var state = await verify.RunAsync(access, await VerifyAudit.HeadsAsync(settings.Place, cancel), cancel);
        if (state.Break is { } broken)
            throw new InvalidOperationException($"The chain of the audit is broken ({broken.Kind}, entry {broken.Entry}): nothing was deleted.");
        var now = clock.GetUtcNow();
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.AllowLongAsync(cancel);
        var found = await FindAsync(db.Connection, state.Checkpoint?.Through ?? 0, now.AddMonths(-months), now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)), cancel);
        if (found is null)
            return null;
        var checkpoint = found with { Signature = found.Sign(await settings.Key(cancel)) };
        await db.Connection.ScalarAsync<long>("SELECT portal_expire_audit($1, $2, $3, $4, $5, $6, $7)", cancel,
            checkpoint.After, checkpoint.Through, checkpoint.Hash, checkpoint.First, checkpoint.Last, checkpoint.At, checkpoint.Signature);
        await WriteAudit.AsAsync(db.Connection, access, "audit-expired", checkpoint.Through.ToString(CultureInfo.InvariantCulture), new
        {
            entries = checkpoint.Entries, first = checkpoint.First, last = checkpoint.Last, hash = checkpoint.Hash, months,
        });
        await transaction.CommitAsync(cancel);
        return checkpoint;
    }

    // The longest beginning of the chain that is old throughout, without its newest link: the next sealing goes on from that.
    private static async Task<AuditCheckpoint?> FindAsync(NpgsqlConnection connection, long after, DateTimeOffset before, DateTimeOffset at, CancellationToken cancel) =>
        (await connection.ListAsync(
            """
            WITH kept AS (SELECT least((SELECT min(s.place) FROM audit_seal s JOIN audit a ON a.id = s.entry_id WHERE a.at >= $1), max(place)) AS place FROM audit_seal)
            SELECT max(s.place), count(*), min(a.at), max(a.at), (SELECT l.hash FROM audit_seal l, kept WHERE l.place = kept.place - 1)
            FROM audit_seal s JOIN audit a ON a.id = s.entry_id, kept WHERE s.place < kept.place HAVING count(*) > 0
            """,
            row => new AuditCheckpoint(after, row.GetInt64(0), row.GetString(4), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), row.GetFieldValue<DateTimeOffset>(3), at, ""),
            cancel, before)).FirstOrDefault();
}
