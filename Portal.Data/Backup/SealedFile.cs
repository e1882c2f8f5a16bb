using System.Buffers.Binary;
using System.Security.Cryptography;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>
/// Encrypted files (.qtb): the header is "QTB1", the key's id (8 bytes) and a salt (16) from which the file's own key follows; then chunks of at
/// most 1 MiB, each with a mark (1: the last, 0: more to come), its length (4 bytes, little-endian), the cipher text and a tag (16). AES-256-GCM; the
/// nonce is the chunk's number, header, mark and length are bound by the tag. So a flipped bit, a swapped chunk and a cut end are all found.
/// </summary>
public static class SealedFile
{
    private const int Chunk = 1 << 20;
    private const int Tag = 16;
    private const int Head = 4 + 8 + 16;

    private static ReadOnlySpan<byte> Magic => "QTB1"u8;

    /// <summary>Encrypts a stream; says the SHA-256 of what was written, and its length.</summary>
    public static async Task<(string Sha256, long Bytes)> WriteAsync(BackupKey key, Stream plain, string path, CancellationToken cancel)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        byte[] head = [.. Magic, .. key.Id, .. salt];
        using var cipher = new AesGcm(key.OfFile(salt), Tag);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        long bytes = 0;
        await PutAsync(head);
        var (now, next) = (new byte[Chunk], new byte[Chunk]);
        var length = await plain.ReadAtLeastAsync(now, Chunk, throwOnEndOfStream: false, cancel);
        for (long number = 0; ; number++)
        {
            // Whether a chunk is the last is known only when nothing comes after it.
            var after = length < Chunk ? 0 : await plain.ReadAtLeastAsync(next, Chunk, throwOnEndOfStream: false, cancel);
            await PutAsync(Encrypt(cipher, head, number, now.AsSpan(0, length), last: after == 0));
            if (after == 0)
                break;
            (now, next, length) = (next, now, after);
        }
        await target.FlushAsync(cancel);
        target.Flush(flushToDisk: true);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);

        async Task PutAsync(byte[] part)
        {
            hash.AppendData(part);
            bytes += part.Length;
            await target.WriteAsync(part, cancel);
        }
    }

    /// <summary>Decrypts into a stream; nothing of a chunk is passed on before it is authenticated.</summary>
    /// <exception cref="BackupException"><see cref="BackupFault.KeyWrong"/>, <see cref="BackupFault.FileDamaged"/>, <see cref="BackupFault.FileTruncated"/>, <see cref="BackupFault.FileMissing"/></exception>
    public static async Task ReadAsync(BackupKey key, string path, Stream plain, CancellationToken cancel)
    {
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new BackupException(BackupFault.FileMissing, name);
        await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
        var head = await TakeAsync(source, Head, name, cancel);
        if (!head.AsSpan(0, 4).SequenceEqual(Magic))
            throw new BackupException(BackupFault.FileDamaged, name);
        if (!head.AsSpan(4, 8).SequenceEqual(key.Id))
            throw new BackupException(BackupFault.KeyWrong, name);
        using var cipher = new AesGcm(key.OfFile(head[12..]), Tag);
        for (long number = 0; ; number++)
        {
            var mark = await TakeAsync(source, 5, name, cancel);
            var length = BinaryPrimitives.ReadInt32LittleEndian(mark.AsSpan(1));
            if (mark[0] > 1 || length is < 0 or > Chunk)
                throw new BackupException(BackupFault.FileDamaged, name);
            var body = await TakeAsync(source, length + Tag, name, cancel);
            var text = new byte[length];
            try
            {
                cipher.Decrypt(Nonce(number), body.AsSpan(0, length), body.AsSpan(length), text, [.. head, .. mark]);
            }
            catch (AuthenticationTagMismatchException)
            {
                throw new BackupException(BackupFault.FileDamaged, name);
            }
            await plain.WriteAsync(text, cancel);
            if (mark[0] == 1)
                break;
        }
        if (source.ReadByte() != -1)
            throw new BackupException(BackupFault.FileDamaged, name);
    }

    private static byte[] Encrypt(AesGcm cipher, byte[] head, long number, ReadOnlySpan<byte> text, bool last)
    {
        var part = new byte[5 + text.Length + Tag];
        part[0] = last ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(part.AsSpan(1), text.Length);
        cipher.Encrypt(Nonce(number), text, part.AsSpan(5, text.Length), part.AsSpan(5 + text.Length), [.. head, .. part[..5]]);
        return part;
    }

    // Never the same twice under one key: each file has a key of its own, each chunk its number.
    private static byte[] Nonce(long number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(nonce, number);
        return nonce;
    }

    private static async Task<byte[]> TakeAsync(Stream source, int count, string name, CancellationToken cancel)
    {
        var part = new byte[count];
        return await source.ReadAtLeastAsync(part, count, throwOnEndOfStream: false, cancel) == count
            ? part
            : throw new BackupException(BackupFault.FileTruncated, name);
    }
}
