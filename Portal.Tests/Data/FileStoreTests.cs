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

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void PathOf_NoHash_Throws(string hash) => Assert.Throws<ArgumentException>(() => store.PathOf(hash));

    private string[] Files() => Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);

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
