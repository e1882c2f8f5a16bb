using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Keeps what became of each run, in the table that the page reads. Whoever calls holds the <see cref="BackupHold"/>.</summary>
public sealed class BackupRuns(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Begins a run; whatever still says that it runs was killed.</summary>
    internal async Task<int> BeginAsync(string kind, Domain.Access.Access access, CancellationToken cancel)
    {
        await using var db = await database.OpenAsync(access, cancel);
        await db.Connection.ExecuteAsync("UPDATE backup_run SET state = 'failed', ended_at = $2, problem = $1 WHERE state = 'running'",
            cancel, nameof(BackupFault.Interrupted), clock.GetUtcNow());
        return await db.Connection.ScalarAsync<int>("INSERT INTO backup_run (kind, started_at, started_by) VALUES ($1, $2, $3) RETURNING id",
            cancel, kind, clock.GetUtcNow(), access.AccountName);
    }

    /// <summary>The dump is written and counts as a backup, not proven yet.</summary>
    internal async Task WrittenAsync(Domain.Access.Access access, int run, string backup, BackupManifest manifest, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        await db.Connection.ExecuteAsync("UPDATE backup_run SET folder = $2, bytes = $3, dump_seconds = $4 WHERE id = $1",
            cancel, run, backup, manifest.Bytes, manifest.DumpSeconds);
    }

    /// <summary>Ends a run, with an entry in the audit.</summary>
    internal async Task EndAsync(Domain.Access.Access access, int run, BackupOutcome outcome, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await db.Connection.ExecuteAsync(
            """
            UPDATE backup_run SET state = $2, ended_at = $3, problem = $4, facts = $5, evidence = $6, proof_seconds = $7, proven_at = CASE WHEN $2 = 'proven' THEN $3 END WHERE id = $1
            """, cancel, run, State(outcome), clock.GetUtcNow(), outcome.Fault?.ToString() ?? "", outcome.Facts.ToArray(), Evidence(outcome.Evidence),
            new NpgsqlParameter { Value = (object?)outcome.Evidence?.Seconds ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        await WriteAudit.AsAsync(db.Connection, access, "backup", outcome.Backup ?? "", new { state = State(outcome), problem = outcome.Fault?.ToString() });
        await transaction.CommitAsync(cancel);
    }

    /// <summary>A backup was proven again, or found wanting.</summary>
    internal async Task ProvenAgainAsync(Domain.Access.Access access, BackupOutcome outcome, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        var run = await db.Connection.ScalarAsync<int>("SELECT id FROM backup_run WHERE folder = $1 ORDER BY id DESC LIMIT 1", cancel, outcome.Backup);
        if (run > 0)
            await EndAsync(access, run, outcome, cancel);
    }

    /// <summary>Those that the rule let go.</summary>
    internal async Task DroppedAsync(Domain.Access.Access access, IReadOnlyCollection<string> backups, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        await db.Connection.ExecuteAsync("UPDATE backup_run SET state = 'dropped' WHERE folder = ANY ($1)", cancel, (object)backups.ToArray());
    }

    private static string State(BackupOutcome outcome) => outcome.Proven ? "proven" : outcome.Backup is null ? "failed" : "unproven";

    private static NpgsqlParameter Evidence(ProofEvidence? evidence) => new()
    {
        Value = evidence is null ? DBNull.Value : JsonSerializer.Serialize(evidence), NpgsqlDbType = NpgsqlDbType.Jsonb,
    };
}
