using System.Text.Json;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>A run of the backup, or a backup that lies in the folder and has no run (the table was restored from an older one).</summary>
/// <param name="Name">Empty where the run made none.</param>
/// <param name="State">running, proven, unproven or failed.</param>
/// <param name="Bytes">Of dump, roles and all files that belong to it.</param>
/// <param name="OnDisk">Whether it can be restored.</param>
public sealed record BackupLine(
    string Name, string Kind, DateTimeOffset At, string State, long? Bytes, double? DumpSeconds, double? ProofSeconds,
    string Problem, IReadOnlyList<string> Facts, DateTimeOffset? ProvenAt, string By, ProofEvidence? Evidence, bool OnDisk);

/// <summary>What the page of backups shows.</summary>
public sealed class BackupsData(BackupSettings settings, PortalDatabase database)
{
    private const int Most = 200;

    /// <summary>The second place, or null.</summary>
    public string? SecondPlace => settings.Copy;

    /// <summary>The newest first, 200 at most.</summary>
    public async Task<IReadOnlyList<BackupLine>> ListAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        var names = settings.Place.Names().ToHashSet();
        await using var db = await database.OpenAsync(access, cancel);
        var lines = await db.Connection.ListAsync(
            """
            SELECT folder, kind, started_at, state, bytes, dump_seconds, proof_seconds, problem, facts, proven_at, started_by, evidence::text
            FROM backup_run WHERE state <> 'dropped' ORDER BY started_at DESC, id DESC LIMIT $1
            """,
            row => new BackupLine(
                row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetInt64(4),
                row.IsDBNull(5) ? null : row.GetDouble(5), row.IsDBNull(6) ? null : row.GetDouble(6), row.GetString(7), row.GetFieldValue<string[]>(8),
                row.IsDBNull(9) ? null : row.GetFieldValue<DateTimeOffset>(9), row.GetString(10), row.IsDBNull(11) ? null : Evidence(row.GetString(11)), names.Contains(row.GetString(0))),
            cancel, Most);
        foreach (var name in names.Except(lines.Select(line => line.Name)))
        {
            if (await settings.Place.PeekAsync(name, cancel) is { } manifest)
                lines.Add(await FromFolderAsync(name, manifest, cancel));
        }
        return [.. lines.OrderByDescending(line => line.At).Take(Most)];
    }

    private async Task<BackupLine> FromFolderAsync(string name, BackupManifest manifest, CancellationToken cancel)
    {
        var proof = settings.Place.PathOf(name, BackupPlace.ProofName);
        var evidence = File.Exists(proof) ? Evidence(await File.ReadAllTextAsync(proof, cancel)) : null;
        return new(name, manifest.Kind, manifest.TakenAt, evidence is null ? "unproven" : "proven", manifest.Bytes, manifest.DumpSeconds, evidence?.Seconds,
            "", [], evidence?.At, "", evidence, OnDisk: true);
    }

    private static ProofEvidence? Evidence(string json) => JsonSerializer.Deserialize<ProofEvidence>(json);
}
