using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Writes one backup: dump, roles and the files not yet copied, all encrypted, and the manifest last.</summary>
public sealed class WriteBackup(BackupSettings settings, BackupKey key, TimeProvider clock)
{
    private const long Megabyte = 1024 * 1024;

    // Beside the dump: roles, manifest, room for the database to go on working.
    private const long Reserve = 64 * Megabyte;

    private readonly BackupPlace place = settings.Place;

    /// <returns>The name of the backup.</returns>
    /// <exception cref="BackupException">With what is wrong; nothing counts as a backup then.</exception>
    public async Task<(string Name, BackupManifest Manifest)> RunAsync(string kind, BackupSnapshot snapshot, ProofQuestion? question, CancellationToken cancel)
    {
        var (begun, watch) = (clock.GetUtcNow(), clock.GetTimestamp());
        var name = BackupPlace.NameOf(begun, kind);
        var draft = place.Begin(name);
        try
        {
            var files = await FilesAsync(snapshot, cancel);
            await RequireRoomAsync(snapshot, files.Present, cancel);
            var dumping = DumpAsync(Path.Combine(draft, BackupPlace.DumpName), snapshot.Id, cancel);
            var tables = DatabaseCount.TablesAsync(snapshot.Connection, cancel);
            // Both to their end, so that neither is left running when the other fails. The count first: it knows whether the database went away.
            await Task.WhenAll(tables, dumping);
            var dump = await dumping;
            var roles = await RolesAsync(Path.Combine(draft, BackupPlace.RolesName), cancel);
            await CopyFilesAsync(files.Present, cancel);
            var (auditPlace, auditHash) = (await snapshot.Connection.ListAsync(
                "SELECT place, hash FROM public.audit_seal ORDER BY place DESC LIMIT 1", row => (row.GetInt64(0), row.GetString(1)), cancel)).FirstOrDefault();
            var manifest = new BackupManifest(
                kind, begun, Program, settings.Logins.Database, snapshot.Connection.ServerVersion, snapshot.DataVersion,
                (await snapshot.Connection.ListAsync("SELECT name, hash FROM public.schema_migration ORDER BY number",
                    row => (row.GetString(0), row.GetString(1)), cancel)).ToDictionary(row => row.Item1, row => row.Item2),
                await tables, await DatabaseCount.PartsAsync(snapshot.Connection, cancel), auditPlace, auditHash ?? "",
                dump, roles, files.Present, files.Lacking, clock.GetElapsedTime(watch).TotalSeconds, question);
            await place.FinishAsync(name, manifest, key, cancel);
            return (name, manifest);
        }
        catch (IOException e)
        {
            throw BackupPlace.Explain(e, place.Root);
        }
        finally
        {
            place.Abandon(name);
        }
    }

    /// <summary>Version of the program that writes.</summary>
    public static string Program => typeof(WriteBackup).Assembly.GetName().Version!.ToString(3);

    private async Task<(List<StoredContent> Present, List<string> Lacking)> FilesAsync(BackupSnapshot snapshot, CancellationToken cancel)
    {
        var named = await snapshot.Connection.ListAsync("SELECT sha256, bytes FROM public.stored_file ORDER BY sha256",
            row => new StoredContent(row.GetString(0), row.GetInt64(1)), cancel);
        var present = named.ToLookup(file => File.Exists(place.ContentOf(file.Sha256)) || File.Exists(settings.Store.PathOf(file.Sha256)));
        return ([.. present[true]], [.. present[false].Select(file => file.Sha256)]);
    }

    // The dump is compressed, but by how much is not known before. The proof restores it beside the original: where that is a cluster of our own, its disk must hold both.
    private async Task RequireRoomAsync(BackupSnapshot snapshot, List<StoredContent> files, CancellationToken cancel)
    {
        var database = await snapshot.Connection.ScalarAsync<long>("SELECT pg_database_size(current_database())", cancel);
        var written = database + files.Where(file => !File.Exists(place.ContentOf(file.Sha256))).Sum(file => file.Bytes) + Reserve;
        var restored = Directory.Exists(settings.Data.Cluster) ? database + Reserve : 0;
        var together = DiskOf(place.Root) == DiskOf(settings.Data.Cluster);
        RequireRoom(place.Root, together ? written + restored : written);
        if (!together && restored > 0)
            RequireRoom(settings.Data.Cluster, restored);
    }

    private void RequireRoom(string folder, long needed)
    {
        if (settings.FreeBytes(folder) is var free && free < needed)
            throw new BackupException(BackupFault.NoSpace, folder, $"{needed / Megabyte}", $"{free / Megabyte}");
    }

    // Where the disk is mounted on which a path lies.
    private static string DiskOf(string path) =>
        DriveInfo.GetDrives().Select(drive => drive.Name.TrimEnd('/') + '/').Where(mount => (path + '/').StartsWith(mount, StringComparison.Ordinal)).MaxBy(mount => mount.Length) ?? "/";

    private async Task<StoredContent> DumpAsync(string path, string snapshot, CancellationToken cancel) =>
        await SaidAsync("pg_dump", ["--format=custom", "--no-password", "--snapshot", snapshot], path, cancel);

    // Roles belong to the server. The portal makes its own from its file of logins; this text is for whoever builds the server anew by hand.
    private async Task<StoredContent> RolesAsync(string path, CancellationToken cancel) =>
        await SaidAsync("pg_dumpall", ["--roles-only", "--no-role-passwords", "--no-password", "--database", settings.Logins.Database], path, cancel);

    private async Task<StoredContent> SaidAsync(string program, string[] arguments, string path, CancellationToken cancel)
    {
        StoredContent? written = null;
        var (code, said) = await new PostgresClient(settings.Logins).RunAsync(program, DatabaseRole.Backup, settings.Logins.Database, arguments, null, async output =>
        {
            var (hash, bytes) = await SealedFile.WriteAsync(key, output, path, cancel);
            written = new(hash, bytes);
        }, cancel);
        return code == 0 && said.Length == 0 ? written! : throw new BackupException(BackupFault.DumpFailed, said.Length > 0 ? said : $"{program}: {code}");
    }

    private async Task CopyFilesAsync(List<StoredContent> files, CancellationToken cancel)
    {
        foreach (var file in files.Where(file => !File.Exists(place.ContentOf(file.Sha256))))
        {
            var target = place.ContentOf(file.Sha256);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var draft = $"{target}.part";
            File.Delete(draft);
            try
            {
                await using (var content = File.OpenRead(settings.Store.PathOf(file.Sha256)))
                    await SealedFile.WriteAsync(key, content, draft, cancel);
                File.Move(draft, target, overwrite: true);
            }
            finally
            {
                // On a full disk half a content keeps the room that the database needs.
                File.Delete(draft);
            }
        }
    }
}
