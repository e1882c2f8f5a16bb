using System.Security.Cryptography;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>The file store's content in a backup.</summary>
public static class StoredFiles
{
    /// <summary>Decrypts each file of the manifest and holds its hash against its name.</summary>
    /// <exception cref="BackupException"><see cref="BackupFault.FileMissing"/>, <see cref="BackupFault.FileDamaged"/>…</exception>
    public static async Task RequireWholeAsync(BackupSettings settings, BackupKey key, BackupManifest manifest, CancellationToken cancel)
    {
        foreach (var file in manifest.Files)
        {
            using var hash = SHA256.Create();
            await using (var sink = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
                await SealedFile.ReadAsync(key, settings.Place.ContentOf(file.Sha256), sink, cancel);
            if (Convert.ToHexStringLower(hash.Hash!) != file.Sha256)
                throw new BackupException(BackupFault.FileDamaged, file.Sha256 + ".qtb");
        }
    }

    /// <summary>Puts back into the store what is missing there.</summary>
    /// <returns>How many files.</returns>
    public static async Task<int> PutBackAsync(BackupSettings settings, BackupKey key, BackupManifest manifest, CancellationToken cancel)
    {
        var missing = manifest.Files.Where(file => !File.Exists(settings.Store.PathOf(file.Sha256))).ToList();
        foreach (var file in missing)
        {
            var draft = settings.Data.In($"restored-{file.Sha256}.part");
            try
            {
                await using (var content = new FileStream(draft, FileMode.Create, FileAccess.ReadWrite))
                {
                    await SealedFile.ReadAsync(key, settings.Place.ContentOf(file.Sha256), content, cancel);
                    content.Position = 0;
                    await settings.Store.StoreAsync(content, long.MaxValue, cancel);
                }
            }
            finally
            {
                File.Delete(draft);
            }
        }
        return missing.Count;
    }
}
