using System.Security.Cryptography;

namespace QuanTrac.Portal.Data.Files;

/// <summary>Files named by the SHA-256 of their content, under the data directory (ab/cd/abcd…). A file is written and synced
/// before the row that names it, and never changed. Several nodes may share the directory.</summary>
/// <param name="root">The directory.</param>
/// <param name="closed">Nothing can be stored: a copy is only looked at.</param>
public sealed class FileStore(string root, bool closed = false)
{
    private const int BufferSize = 128 * 1024;

    /// <summary>Stores a stream and says its hash (64 lower-case hexadecimal digits) and length in bytes.</summary>
    /// <param name="cap">Highest number of bytes.</param>
    /// <exception cref="FileTooLargeException">The stream is longer than the cap; nothing is left behind.</exception>
    /// <exception cref="IOException">The disk is full or not writable; nothing is left behind.</exception>
    public async Task<(string Sha256, long Bytes)> StoreAsync(Stream content, long cap, CancellationToken cancel)
    {
        if (closed)
            throw new InvalidOperationException("The store of a copy is closed.");
        Directory.CreateDirectory(root);
        var part = Path.Combine(root, $"{Guid.NewGuid():N}.part");
        try
        {
            var (hash, bytes) = await WriteAsync(content, part, cap, cancel);
            var path = PathOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (File.Exists(path))
                File.Delete(part);
            else
                File.Move(part, path, overwrite: true);
            return (hash, bytes);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>Where a stored file lies.</summary>
    /// <exception cref="ArgumentException">The hash is not one.</exception>
    public string PathOf(string sha256) => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(root, sha256[..2], sha256[2..4], sha256)
        : throw new ArgumentException("Not a SHA-256 hash.");

    private static async Task<(string, long)> WriteAsync(Stream content, string path, long cap, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, useAsync: true);
        var buffer = new byte[BufferSize];
        long bytes = 0;
        int read;
        while ((read = await content.ReadAsync(buffer, cancel)) > 0)
        {
            bytes += read;
            if (bytes > cap)
                throw new FileTooLargeException(cap);
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        await file.FlushAsync(cancel);
        file.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }
}

/// <summary>A file over the cap; <see cref="Cap"/> in bytes.</summary>
public sealed class FileTooLargeException(long cap) : IOException($"The file is larger than {cap} bytes.")
{
    public long Cap { get; } = cap;
}
