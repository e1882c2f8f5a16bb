using System.Net;
using System.Text;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The downloads of standards, and who gets them.</summary>
[Collection(nameof(HttpPortal))]
public sealed class StandardsTests(HttpPortal portal)
{
    private const string Limits = "/standards/qcvn-10-2023-btnmt/download?day=2026-05-12&column=0-6&parameter=N-NH4";

    // Reference data: every account may read them.
    [Theory]
    [InlineData("manager")]
    [InlineData("company")]
    [InlineData("guest")]
    public async Task Download_Limits_HasCitationHeaderAndTheRowsShown(string account)
    {
        using var answer = await (await portal.ClientAsync(account)).GetAsync(Limits, TestContext.Current.CancellationToken);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("qcvn-10-2023-btnmt.csv", answer.Content.Headers.ContentDisposition!.FileName);
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("# Nguồn: Phần mềm quản lý cơ sở dữ liệu quan trắc môi trường tỉnh Quảng Ninh", lines[0], StringComparison.Ordinal);
        Assert.Equal("# Xét ngày 12/05/2026", lines[1]);
        Assert.StartsWith("standard,table,column,column_name,parameter,", lines[3], StringComparison.Ordinal);
        // reference/water/qcvn_limits.csv: 0.1 mg/L in coastal waters; a point, whatever the language of the page.
        Assert.StartsWith("QCVN 10:2023/BTNMT,Bảng 2,0-6,Vùng biển ven bờ (0-6 hải lý): Bảng 1 và Bảng 2,N-NH4,Amoni (tính theo N),,,max,,0.1,mg/L,,2023-09-12,,mục 2.1,high,", Assert.Single(lines[4..]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/standards/download?medium=sea_water&day=2026-05-12", "code,title,media,", 3)]
    [InlineData("/standards/compare/download?old=qcvn-10-mt-2015-btnmt&oldColumn=aquaculture&new=qcvn-10-2023-btnmt&newColumn=0-6", "change,parameter,name,", 25)]
    [InlineData("/standards/qd-1460-qd-tcmt/download", "standard,scale,group,", 108)]
    public async Task Download_ListComparisonAndIndex_HaveTheirRows(string address, string header, int rows)
    {
        var text = await (await portal.ClientAsync("manager")).GetStringAsync(address, TestContext.Current.CancellationToken);
        var lines = text.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries).SkipWhile(line => line.StartsWith('#')).ToList();
        Assert.StartsWith(header, lines[0], StringComparison.Ordinal);
        Assert.Equal(rows, lines.Count - 1);
    }

    [Theory]
    [InlineData("/standards/qcvn-99-2099/download")]
    [InlineData("/standards/compare/download?old=qcvn-99-2099")]
    public async Task Download_UnknownStandard_IsNotFound(string address)
    {
        using var answer = await (await portal.ClientAsync("manager")).GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/standards")]
    [InlineData("/standards/download")]
    [InlineData("/standards/compare")]
    [InlineData(Limits)]
    public async Task Get_NotSignedIn_LeadsToTheDoor(string address)
    {
        using var client = portal.Stranger();
        using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains("/sign-in", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
    }
}
