namespace QuanTrac.Portal.Data.Backup;

/// <summary>Brings a backup to the second place and reads it back there.</summary>
public static class CopyBackup
{
    /// <exception cref="BackupException"><see cref="BackupFault.CopyFailed"/></exception>
    public static async Task RunAsync(BackupSettings settings, string backup, BackupManifest manifest, CancellationToken cancel)
    {
        var (from, to) = (settings.Place, new BackupPlace(settings.Copy!));
        try
        {
            foreach (var file in manifest.Files.Where(file => !File.Exists(to.ContentOf(file.Sha256))))
                await CopyAsync(from.ContentOf(file.Sha256), to.ContentOf(file.Sha256), cancel);
            var draft = to.Begin(backup);
            foreach (var source in Directory.GetFiles(Path.GetDirectoryName(from.PathOf(backup, BackupPlace.DumpName))!))
                await CopyAsync(source, Path.Combine(draft, Path.GetFileName(source)), cancel);
            to.Drop([backup]);
            Directory.Move(draft, Path.GetDirectoryName(to.PathOf(backup, BackupPlace.DumpName))!);
            await BackupPlace.RequireHashAsync(to.PathOf(backup, BackupPlace.DumpName), manifest.Dump, cancel);
            await BackupPlace.RequireHashAsync(to.PathOf(backup, BackupPlace.RolesName), manifest.Roles, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BackupException)
        {
            throw new BackupException(BackupFault.CopyFailed, to.Root, e.Message);
        }
    }

    // Read back and compared: what lies in the second place is what lies in the first.
    private static async Task CopyAsync(string source, string target, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var draft = target + ".part";
        await using (var from = File.OpenRead(source))
        await using (var to = new FileStream(draft, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            await from.CopyToAsync(to, cancel);
            to.Flush(flushToDisk: true);
            (from.Position, to.Position) = (0, 0);
            var (one, other) = (await System.Security.Cryptography.SHA256.HashDataAsync(from, cancel), await System.Security.Cryptography.SHA256.HashDataAsync(to, cancel));
            if (!one.SequenceEqual(other))
                throw new IOException($"{Path.GetFileName(target)} reads back otherwise than it was written.");
        }
        File.Move(draft, target, overwrite: true);
    }
}
