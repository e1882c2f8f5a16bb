using System.Security.Cryptography;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data.Backup;

public sealed class SealedFileTests : IDisposable
{
    private const int Chunk = 1 << 20;
    private static readonly BackupKey Key = BackupKey.Parse(new string('a', 64), "test");
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(2 * Chunk)]
    public async Task Read_WhatWasWritten_IsTheSameAndTheHashIsTheFiles(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);
        var path = Path.Combine(folder.Path, "x.qtb");
        var (hash, bytes) = await SealedFile.WriteAsync(Key, new MemoryStream(plain), path, default);
        Assert.Equal(new FileInfo(path).Length, bytes);
        await BackupPlace.RequireHashAsync(path, new(hash, bytes), default);
        Assert.Equal(plain, await ReadAsync(path));
    }

    [Theory]
    [InlineData(BackupFault.FileDamaged, 0)]
    [InlineData(BackupFault.KeyWrong, 5)]
    [InlineData(BackupFault.FileDamaged, 20)]
    [InlineData(BackupFault.FileDamaged, 28)]
    [InlineData(BackupFault.FileDamaged, 29)]
    [InlineData(BackupFault.FileDamaged, 500)]
    [InlineData(BackupFault.FileDamaged, Chunk + 600)]
    [InlineData(BackupFault.FileDamaged, -1)]
    public async Task Read_FlippedBit_IsFound(BackupFault fault, int at)
    {
        var path = await WriteAsync();
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;
        await File.WriteAllBytesAsync(path, bytes);
        Assert.Equal(fault, (await Assert.ThrowsAsync<BackupException>(() => ReadAsync(path))).Fault);
    }

    // Also just behind a chunk, where all that is left is whole in itself.
    [Theory]
    [InlineData(10)]
    [InlineData(28)]
    [InlineData(28 + 5 + Chunk + 16)]
    [InlineData(Chunk)]
    public async Task Read_CutEnd_IsFound(int length)
    {
        var path = await WriteAsync();
        await using (var file = File.OpenWrite(path))
            file.SetLength(length);
        Assert.Equal(BackupFault.FileTruncated, (await Assert.ThrowsAsync<BackupException>(() => ReadAsync(path))).Fault);
    }

    [Fact]
    public async Task Read_SomethingBehindTheEnd_IsFound()
    {
        var path = await WriteAsync();
        await File.AppendAllTextAsync(path, "x");
        Assert.Equal(BackupFault.FileDamaged, (await Assert.ThrowsAsync<BackupException>(() => ReadAsync(path))).Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zz")]
    public void Parse_NoKey_IsRefused(string text) =>
        Assert.Equal(BackupFault.KeyInvalid, Assert.Throws<BackupException>(() => BackupKey.Parse(text, "test")).Fault);

    private async Task<string> WriteAsync()
    {
        var path = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.qtb");
        await SealedFile.WriteAsync(Key, new MemoryStream(RandomNumberGenerator.GetBytes(Chunk + 1000)), path, default);
        return path;
    }

    private static async Task<byte[]> ReadAsync(string path)
    {
        using var plain = new MemoryStream();
        await SealedFile.ReadAsync(Key, path, plain, default);
        return plain.ToArray();
    }
}
