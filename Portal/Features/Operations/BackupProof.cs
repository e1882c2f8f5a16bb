using System.Text.Json;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Proves a backup the only way there is: restores it, counts it through, and starts the portal on it. Whoever calls holds the <see cref="BackupHold"/>.</summary>
public sealed class BackupProof(BackupSettings settings, BackupKey key, TimeProvider clock)
{
    private readonly CopyDatabase copies = settings.Copies;

    /// <returns>The evidence, also written beside the manifest.</returns>
    /// <exception cref="BackupException">The first thing that is wrong.</exception>
    public async Task<ProofEvidence> RunAsync(string backup, IProgress<BackupStage>? progress, CancellationToken cancel)
    {
        var (at, begun) = (clock.GetUtcNow(), clock.GetTimestamp());
        progress?.Report(BackupStage.CheckingFiles);
        var manifest = await settings.Place.OpenAsync(backup, key, cancel);
        await RequireFilesAsync(backup, manifest, cancel);
        var checkedAt = clock.GetTimestamp();
        await copies.DropLeftoversAsync(cancel);
        var name = copies.ProofName(at);
        try
        {
            progress?.Report(BackupStage.Restoring);
            await copies.CreateAsync(name, cancel);
            await new RestoreDump(settings, key).RunAsync(backup, name, cancel);
            var restoredAt = clock.GetTimestamp();
            progress?.Report(BackupStage.Comparing);
            var server = await CompareAsync(copies, name, manifest, cancel);
            var comparedAt = clock.GetTimestamp();
            progress?.Report(BackupStage.Asking);
            var (answers, compared) = await AskAsync(name, manifest, cancel);
            if (manifest.FilesLacking.Count > 0)
                throw new BackupException(BackupFault.StoreIncomplete, $"{manifest.FilesLacking.Count}", manifest.FilesLacking[0]);
            var evidence = new ProofEvidence(
                at, Seconds(begun), Seconds(begun, checkedAt), Seconds(checkedAt, restoredAt), Seconds(restoredAt, comparedAt), Seconds(comparedAt),
                manifest.Tables.Count, manifest.Tables.Values.Sum(table => table.Rows), manifest.Parts.ToDictionary(kind => kind.Key, kind => kind.Value.Count),
                manifest.Files.Count, server, WriteBackup.Program, answers, compared);
            await BackupPlace.WriteSyncedAsync(settings.Place.PathOf(backup, BackupPlace.ProofName), JsonSerializer.SerializeToUtf8Bytes(evidence), cancel);
            return evidence;
        }
        finally
        {
            await copies.DropAsync(name, CancellationToken.None);
        }
    }

    /// <summary>Counts a restored database through; says which server it is on.</summary>
    public static async Task<string> CompareAsync(CopyDatabase copies, string name, BackupManifest manifest, CancellationToken cancel)
    {
        await using var copy = await copies.OpenAsync(name, DatabaseRole.Backup, cancel);
        await DatabaseCount.PrepareAsync(copy, cancel);
        DatabaseCount.RequireSame(manifest, await DatabaseCount.TablesAsync(copy, cancel), await DatabaseCount.PartsAsync(copy, cancel));
        await DatabaseCount.RequireValidatedAsync(copy, cancel);
        return copy.ServerVersion;
    }

    /// <summary>Every file of the backup: there, whole, of the right content.</summary>
    public async Task RequireFilesAsync(string backup, BackupManifest manifest, CancellationToken cancel)
    {
        await BackupPlace.RequireHashAsync(settings.Place.PathOf(backup, BackupPlace.DumpName), manifest.Dump, cancel);
        await BackupPlace.RequireHashAsync(settings.Place.PathOf(backup, BackupPlace.RolesName), manifest.Roles, cancel);
        await SealedFile.ReadAsync(key, settings.Place.PathOf(backup, BackupPlace.RolesName), Stream.Null, cancel);
        await StoredFiles.RequireWholeAsync(settings, key, manifest, cancel);
    }

    private async Task<(IReadOnlyList<ProofAnswer> Answers, bool Compared)> AskAsync(string name, BackupManifest manifest, CancellationToken cancel)
    {
        var copy = settings.Logins.On(name);
        try
        {
            var answers = await ProofPortal.AskAsync(copy, settings.Data, manifest.Question?.Site, manifest.Question?.Result, cancel);
            // What the map shows follows the calendar and the program; only under the same of both must it be the same.
            var compared = manifest.Question is { } asked && asked.Day == PortalDay.Of(clock) && manifest.Portal == WriteBackup.Program;
            var differing = compared ? manifest.Question!.Answers.Except(answers).FirstOrDefault() : null;
            differing ??= answers.FirstOrDefault(answer => answer.Status != StatusCodes.Status200OK);
            return differing is null ? (answers, compared) : throw new BackupException(BackupFault.AnswerDiffers, differing.Address);
        }
        finally
        {
            foreach (var role in DatabaseRoles.All)
            {
                await using var pooled = new NpgsqlConnection(copy.ConnectionString(role));
                NpgsqlConnection.ClearPool(pooled);
            }
        }
    }

    private double Seconds(long from, long? to = null) => Math.Round((to is { } end ? clock.GetElapsedTime(from, end) : clock.GetElapsedTime(from)).TotalSeconds, 2);
}
