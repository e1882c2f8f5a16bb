using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>The words of clamd, as its manual has them, and what it does not say.</summary>
public sealed class ClamScanTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeClamd clamd = new();

    public void Dispose()
    {
        clamd.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Scan_EicarAndAnother_IsFoundAndClean()
    {
        Assert.Equal(new ScanAnswer(ScanVerdict.Found, "Eicar-Signature"), await ScanAsync(FakeClamd.Eicar));
        Assert.Equal(new ScanAnswer(ScanVerdict.Clean), await ScanAsync("mã trạm,pH\nNB1,7\n"));
    }

    [Fact]
    public async Task Scan_AcrossChunks_IsFound() =>
        Assert.Equal(ScanVerdict.Found, (await ScanAsync(new string('x', 64 * 1024 - 20) + FakeClamd.Eicar + new string('x', 200_000))).Verdict);

    [Theory]
    [InlineData(100)]
    [InlineData(3_000_000)]
    public async Task Scan_BeyondItsLimit_IsTooLarge(int more)
    {
        clamd.Limit = 50;
        Assert.Equal(ScanVerdict.TooLarge, (await ScanAsync(new string('x', 50 + more))).Verdict);
    }

    [Theory]
    [InlineData(ClamdManner.Breaks)]
    [InlineData(ClamdManner.Silent)]
    [InlineData(ClamdManner.Babbles)]
    public async Task Scan_NoAnswer_IsUnreachable(ClamdManner manner)
    {
        clamd.Manner = manner;
        var answer = await new ClamScan(clamd.Address, TimeSpan.FromMilliseconds(300)).ScanAsync(folder.Write("a", new string('x', 200_000)), default);
        Assert.Equal(ScanVerdict.Unreachable, answer.Verdict);
        Assert.NotEmpty(answer.Words);
    }

    [Theory]
    [InlineData("unix:/nowhere/clamd.ctl")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1:no")]
    public async Task Scan_NobodyThere_IsUnreachable(string address)
    {
        Assert.Equal(ScanVerdict.Unreachable, (await new ClamScan(address).ScanAsync(folder.Write("a", "x"), default)).Verdict);
        Assert.Equal(ScanVerdict.Unreachable, (await new ClamScan(address).StateAsync(default)).Verdict);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Scan_WithoutAnAddress_IsNotSet(string? address)
    {
        Assert.Equal(ScanVerdict.NotSet, (await new ClamScan(address).ScanAsync("/nowhere", default)).Verdict);
        Assert.Equal(ScanVerdict.NotSet, (await new ClamScan(address).StateAsync(default)).Verdict);
    }

    [Fact]
    public async Task State_OfAScanner_IsItsVersion() =>
        Assert.Equal(new ScanAnswer(ScanVerdict.Clean, "ClamAV 1.0.7/27100/Mon Jan  5 10:00:00 2026"), await new ClamScan(clamd.Address).StateAsync(default));

    private Task<ScanAnswer> ScanAsync(string content) => new ClamScan(clamd.Address).ScanAsync(folder.Write("a", content), default);
}
