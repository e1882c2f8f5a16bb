using System.Security.Cryptography;

namespace QuanTrac.Portal.Data.Files;

/// <summary>Files named by the SHA-256 of their content, under the data directory (ab/cd/abcd…). A file is written and synced
/// before the row that names it, and never changed. Several nodes may share the directory.</summary>
/// <param name="root">The directory.</param>
/// <param name="closed">Nothing can be stored: a copy is only looked at.</param>
public sealed class FileStore(string root, bool closed = false)
{
    /// <summary>Bytes after which room is asked for again.</summary>
    public const long RoomStep = 1024 * 1024;

    private const int BufferSize = 128 * 1024;
    private const string Part = ".part";
    private const string SetAside = ".gone";

    /// <summary>Stores a stream and says its hash (64 lower-case hexadecimal digits) and length in bytes.</summary>
    /// <param name="cap">Highest number of bytes.</param>
    /// <param name="checks">Asked on the way; where one throws, nothing is kept.</param>
    /// <exception cref="FileTooLargeException">The stream is longer than the cap; nothing is left behind.</exception>
    /// <exception cref="IOException">The disk is full or not writable; nothing is left behind.</exception>
    public Task<(string Sha256, long Bytes)> StoreAsync(Stream content, long cap, CancellationToken cancel, StoreChecks? checks = null) =>
        HoldAsync(content, cap, checks, (part, hash, bytes) =>
        {
            var path = PathOf(hash);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path))
                File.Move(part, path, overwrite: true);
            return Task.FromResult((hash, bytes));
        }, cancel);

    /// <summary>Writes a stream down, lets it be read, and keeps nothing of it.</summary>
    public Task<T> ReadAsync<T>(Stream content, long cap, StoreChecks? checks, Func<string, Task<T>> read, CancellationToken cancel) =>
        HoldAsync(content, cap, checks, (part, _, _) => read(part), cancel);

    /// <summary>Where a stored file lies.</summary>
    /// <exception cref="ArgumentException">The hash is not one.</exception>
    public string PathOf(string sha256) => sha256.Length == 64 && sha256.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(root, sha256[..2], sha256[2..4], sha256)
        : throw new ArgumentException("Not a SHA-256 hash.");

    /// <summary>Removes what killed uploads left behind, and sets aside what no row names. What was set aside the time before is removed, or put back where a row names it after all:
    /// the same content may have come in again while its file was on its way out.</summary>
    /// <param name="named">The hashes that rows name, asked for after the files were listed.</param>
    /// <param name="before">Younger files are left alone: their rows may be on their way.</param>
    /// <returns>How many files were removed.</returns>
    public async Task<int> TidyAsync(Func<Task<HashSet<string>>> named, DateTimeOffset before)
    {
        if (closed || !Directory.Exists(root))
            return 0;
        var old = new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.LastWriteTimeUtc < before.UtcDateTime).Select(file => file.FullName).ToList();
        var known = await named();
        var removed = 0;
        foreach (var path in old)
        {
            var name = Path.GetFileNameWithoutExtension(path);
            switch (Path.GetExtension(path))
            {
                case Part:
                    File.Delete(path);
                    removed++;
                    break;
                case SetAside when known.Contains(name):
                    File.Move(path, PathOf(name), overwrite: true);
                    break;
                case SetAside:
                    File.Delete(path);
                    removed++;
                    break;
                case "" when path == WhereOf(name) && !known.Contains(name):
                    File.Move(path, path + SetAside, overwrite: true);
                    break;
            }
        }
        return removed;
    }

    private string? WhereOf(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower) ? PathOf(name) : null;

    private async Task<T> HoldAsync<T>(Stream content, long cap, StoreChecks? checks, Func<string, string, long, Task<T>> use, CancellationToken cancel)
    {
        if (closed)
            throw new InvalidOperationException("The store of a copy is closed.");
        Directory.CreateDirectory(root);
        var part = Path.Combine(root, $"{Guid.NewGuid():N}{Part}");
        try
        {
            var (hash, bytes) = await WriteAsync(content, part, cap, checks, cancel);
            if (checks is not null)
                await checks.WholeAsync(part, bytes);
            return await use(part, hash, bytes);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static async Task<(string, long)> WriteAsync(Stream content, string path, long cap, StoreChecks? checks, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, useAsync: true);
        var buffer = new byte[BufferSize];
        var (bytes, room) = (0L, 0L);
        int read;
        while ((read = await content.ReadAsync(buffer, cancel)) > 0)
        {
            bytes += read;
            if (bytes > cap)
                throw new FileTooLargeException(cap);
            for (; checks is not null && room < bytes; room += RoomStep)
                await checks.RoomAsync(RoomStep);
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
        await file.FlushAsync(cancel);
        file.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
    }
}

/// <summary>What is asked while a file is stored.</summary>
/// <param name="RoomAsync">Before each further <see cref="FileStore.RoomStep"/> of bytes is written.</param>
/// <param name="WholeAsync">Of the whole file and its length, before it gets its name.</param>
public sealed record StoreChecks(Func<long, Task> RoomAsync, Func<string, long, Task> WholeAsync);

/// <summary>A file over the cap; <see cref="Cap"/> in bytes.</summary>
public sealed class FileTooLargeException(long cap) : IOException($"The file is larger than {cap} bytes.")
{
    public long Cap { get; } = cap;
}
