using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>A folder of backups: one folder for each, and <c>files/</c> with the encrypted content of the file store, each once.</summary>
public sealed class BackupPlace(string root)
{
    public const string DumpName = "database.dump.qtb";
    public const string RolesName = "roles.sql.qtb";
    public const string ManifestName = "manifest.json";
    public const string ProofName = "proof.json";
    private const string SignatureName = "manifest.hmac";
    private const string Draft = ".part";
    private const int DiskFull = 28;

    public string Root => root;

    /// <summary>Where a file of a backup lies.</summary>
    public string PathOf(string backup, string file) => Path.Combine(FolderOf(backup), file);

    /// <summary>Where the encrypted content of a stored file lies.</summary>
    public string ContentOf(string sha256) => Path.Combine(root, "files", sha256[..2], sha256 + ".qtb");

    /// <summary>Names of the finished backups, the newest first.</summary>
    public IReadOnlyList<string> Names() => !Directory.Exists(root) ? [] :
        [.. Directory.GetDirectories(root, "quantrac-*").Select(path => Path.GetFileName(path)!)
            .Where(name => !name.EndsWith(Draft, StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal)];

    /// <summary>"quantrac-20261124T155501Z-weekly": sorted by time as it is by name.</summary>
    public static string NameOf(DateTimeOffset at, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"quantrac-{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{kind}");

    /// <summary>Begins a backup in a folder that does not count until it is finished; removes what killed ones left behind.</summary>
    public string Begin(string backup)
    {
        Guarded(() =>
        {
            Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var left in Directory.GetDirectories(root, "quantrac-*" + Draft))
                Directory.Delete(left, recursive: true);
            Directory.CreateDirectory(Path.Combine(root, backup + Draft));
        });
        return Path.Combine(root, backup + Draft);
    }

    /// <summary>Writes the manifest, signed, and gives the backup its name: from here on it counts.</summary>
    public async Task FinishAsync(string backup, BackupManifest manifest, BackupKey key, CancellationToken cancel)
    {
        var draft = Path.Combine(root, backup + Draft);
        var text = JsonSerializer.SerializeToUtf8Bytes(manifest, BackupManifest.Json);
        await WriteSyncedAsync(Path.Combine(draft, ManifestName), text, cancel);
        await WriteSyncedAsync(Path.Combine(draft, SignatureName), System.Text.Encoding.ASCII.GetBytes(key.Sign(text)), cancel);
        Guarded(() => Directory.Move(draft, Path.Combine(root, backup)));
    }

    /// <summary>Gives up a backup that was begun.</summary>
    public void Abandon(string backup)
    {
        var draft = Path.Combine(root, backup + Draft);
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
    }

    /// <summary>Reads a manifest for a list: nothing is checked; null where it cannot be read.</summary>
    public async Task<BackupManifest?> PeekAsync(string backup, CancellationToken cancel)
    {
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(await File.ReadAllBytesAsync(PathOf(backup, ManifestName), cancel), BackupManifest.Json);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads a manifest that is surely the one that was written.</summary>
    /// <exception cref="BackupException"><see cref="BackupFault.NotThere"/>, <see cref="BackupFault.FileMissing"/>, <see cref="BackupFault.ManifestDamaged"/></exception>
    public async Task<BackupManifest> OpenAsync(string backup, BackupKey key, CancellationToken cancel)
    {
        if (!Names().Contains(backup))
            throw new BackupException(BackupFault.NotThere, backup);
        foreach (var name in new[] { ManifestName, SignatureName })
        {
            if (!File.Exists(PathOf(backup, name)))
                throw new BackupException(BackupFault.FileMissing, name);
        }
        var text = await File.ReadAllBytesAsync(PathOf(backup, ManifestName), cancel);
        var signature = await File.ReadAllTextAsync(PathOf(backup, SignatureName), cancel);
        if (signature != key.Sign(text))
        {
            // Under another key every signature differs; the dump's header tells which it is.
            await RequireKeyAsync(backup, key, cancel);
            throw new BackupException(BackupFault.ManifestDamaged, backup);
        }
        return JsonSerializer.Deserialize<BackupManifest>(text, BackupManifest.Json)!;
    }

    /// <summary>SHA-256 of a file, against what it should be.</summary>
    public static async Task RequireHashAsync(string path, StoredContent expected, CancellationToken cancel)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new BackupException(BackupFault.FileMissing, name);
        if (new FileInfo(path).Length < expected.Bytes)
            throw new BackupException(BackupFault.FileTruncated, name);
        await using var content = File.OpenRead(path);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) != expected.Sha256)
            throw new BackupException(BackupFault.FileDamaged, name);
    }

    /// <summary>Writes a small file whole: synced beside it, then moved into its place.</summary>
    public static async Task WriteSyncedAsync(string path, byte[] content, CancellationToken cancel)
    {
        var draft = path + Draft;
        await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
        {
            await file.WriteAsync(content, cancel);
            await file.FlushAsync(cancel);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Removes backups that the rule lets go.</summary>
    public void Drop(IEnumerable<string> backups)
    {
        foreach (var folder in backups.Select(FolderOf).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Removes halves of contents that killed or failed backups left beside the whole ones.</summary>
    /// <returns>How many.</returns>
    public int Tidy(DateTimeOffset before)
    {
        var contents = new DirectoryInfo(Path.Combine(root, "files"));
        var left = contents.Exists ? contents.GetFiles("*" + Draft, SearchOption.AllDirectories).Where(file => file.LastWriteTimeUtc < before.UtcDateTime).ToList() : [];
        foreach (var file in left)
            file.Delete();
        return left.Count;
    }

    /// <summary>Puts what the disk says into our words.</summary>
    public static BackupException Explain(IOException fault, string folder) => fault.HResult == DiskFull
        ? new(BackupFault.DiskFull, folder)
        : new(BackupFault.FolderUnusable, folder, fault.Message);

    private string FolderOf(string backup) => Path.Combine(root, Path.GetFileName(backup));

    private async Task RequireKeyAsync(string backup, BackupKey key, CancellationToken cancel)
    {
        try
        {
            await SealedFile.ReadAsync(key, PathOf(backup, RolesName), Stream.Null, cancel);
        }
        catch (BackupException e) when (e.Fault != BackupFault.KeyWrong)
        {
            return;
        }
    }

    private void Guarded(Action act)
    {
        try
        {
            act();
        }
        catch (IOException e)
        {
            throw Explain(e, root);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BackupException(BackupFault.FolderUnusable, root, e.Message);
        }
    }
}
