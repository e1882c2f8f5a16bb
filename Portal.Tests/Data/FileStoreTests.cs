using System.Text;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

public sealed class FileStoreTests : IDisposable
{
    // The example of FIPS 180-4: SHA-256 of "abc".
    private const string HashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly TempFolder folder = new();
    private readonly FileStore store;

    public FileStoreTests() => store = new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Store_Content_IsNamedByItsHash()
    {
        Assert.Equal((HashOfAbc, 3L), await store.StoreAsync(Text("abc"), 3, default));
        Assert.Equal(Path.Combine(folder.Path, "ba", "78", HashOfAbc), store.PathOf(HashOfAbc));
        Assert.Equal("abc", await File.ReadAllTextAsync(store.PathOf(HashOfAbc)));
    }

    [Fact]
    public async Task Store_SameContentTwice_IsKeptOnceAndNotTouched()
    {
        await store.StoreAsync(Text("abc"), 10, default);
        var written = File.GetLastWriteTimeUtc(store.PathOf(HashOfAbc));
        await store.StoreAsync(Text("abc"), 10, default);

        Assert.Equal(written, File.GetLastWriteTimeUtc(Assert.Single(Files())));
    }

    [Fact]
    public async Task Store_SameContentAtOnce_IsKeptOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.StoreAsync(Text("abc"), 10, default)));

        Assert.Equal([store.PathOf(HashOfAbc)], Files());
    }

    [Fact]
    public async Task Store_OverTheCap_LeavesNothingBehind()
    {
        Assert.Equal(2, (await Assert.ThrowsAsync<FileTooLargeException>(() => store.StoreAsync(Text("abc"), 2, default))).Cap);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Store_StreamThatBreaksOff_LeavesNothingBehind()
    {
        await Assert.ThrowsAsync<IOException>(() => store.StoreAsync(new BrokenStream(), 1000, default));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Store_WhatIsRefusedOnTheWayOrWhole_LeavesNothingBehind()
    {
        var asked = 0L;
        var full = new StoreChecks(step => (asked += step) > 3 * FileStore.RoomStep ? throw new InvalidOperationException() : Task.CompletedTask, (_, _) => Task.CompletedTask);
        using var large = new MemoryStream(new byte[10 * FileStore.RoomStep]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.StoreAsync(large, long.MaxValue, default, full));
        // Stopped where there was no more room, not at the end.
        Assert.InRange(large.Position, 3 * FileStore.RoomStep, 4 * FileStore.RoomStep);
        var wrong = new StoreChecks(_ => Task.CompletedTask, (path, bytes) => File.ReadAllText(path) == "abc" && bytes == 3 ? throw new InvalidOperationException() : Task.CompletedTask);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.StoreAsync(Text("abc"), 10, default, wrong));
        Assert.Equal("abc", await store.ReadAsync(Text("abc"), 10, null, path => File.ReadAllTextAsync(path), default));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Store_OnASmallDisk_LeavesTheReserve()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make a small disk.");
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder.Path) == 0, "No small disk can be mounted here.");
        try
        {
            var reserve = new DiskReserve(folder.Path, 16L * 1024 * 1024);
            Assert.False(reserve.IsReached());
            var checks = new StoreChecks(step => reserve.IsReached(step) ? throw new InvalidOperationException() : Task.CompletedTask, (_, _) => Task.CompletedTask);
            await Assert.ThrowsAsync<InvalidOperationException>(() => store.StoreAsync(new MemoryStream(new byte[30 * 1024 * 1024]), long.MaxValue, default, checks));
            Assert.Empty(Files());
            await store.StoreAsync(new MemoryStream(new byte[12 * 1024 * 1024]), long.MaxValue, default, checks);
            Assert.True(reserve.IsReached(6 * 1024 * 1024));
            Assert.InRange(new DriveInfo(folder.Path).AvailableFreeSpace, reserve.Bytes, 32L * 1024 * 1024);
        }
        finally
        {
            Run("umount", folder.Path);
        }
    }

    [Fact]
    public async Task Tidy_HalvesAndWhatNoRowNames_GoTheSecondTime()
    {
        var (kept, _) = await store.StoreAsync(Text("kept"), 10, default);
        var (back, _) = await store.StoreAsync(Text("back"), 10, default);
        var (gone, _) = await store.StoreAsync(Text("gone"), 10, default);
        var half = folder.Write("0123.part", "half");
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        Task<HashSet<string>> Named(params string[] hashes) => Task.FromResult(hashes.ToHashSet());

        // Too young: their rows may be on their way.
        Assert.Equal(0, await store.TidyAsync(() => Named(), TimeProvider.System.GetUtcNow().AddHours(-1)));
        Assert.Equal(4, Files().Length);
        Assert.Equal(1, await store.TidyAsync(() => Named(kept), later));
        Assert.False(File.Exists(half) || File.Exists(store.PathOf(back)) || File.Exists(store.PathOf(gone)));
        // One came in again meanwhile.
        Assert.Equal(1, await store.TidyAsync(() => Named(kept, back), later));
        Assert.Equal(new[] { store.PathOf(kept), store.PathOf(back) }.Order(), Files().Order());
        Assert.Equal("back", await File.ReadAllTextAsync(store.PathOf(back)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void PathOf_NoHash_Throws(string hash) => Assert.Throws<ArgumentException>(() => store.PathOf(hash));

    private string[] Files() => Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);

    private static int Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static MemoryStream Text(string text) => new(Encoding.ASCII.GetBytes(text));

    /// <summary>A hundred bytes, then the sender is gone.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        private bool given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (given)
                throw new IOException("The sender is gone.");
            given = true;
            return new(100);
        }
    }
}
