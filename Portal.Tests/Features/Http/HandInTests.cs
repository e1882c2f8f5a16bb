using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>Files that should not be taken, sent as a browser sends them: a clear sentence, and nothing half stored.</summary>
[Collection(nameof(HttpPortal))]
public sealed class HandInTests(HttpPortal portal) : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("anh.xlsx", "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "loại tệp khác")]
    [InlineData("bao-cao.xlsx", "%PDF-1.7\n%âãÏÓ\n1 0 obj", "PDF")]
    [InlineData("trang.csv", "<html><script>alert(1)</script></html>", "HTML")]
    [InlineData("chay.xlsx", "MZ\0\0", "loại tệp khác")]
    [InlineData("hong.xlsx", "PK\u0003\u0004", "loại tệp khác")]
    [InlineData("rong.xlsx", "", "rỗng")]
    public async Task HandIn_WhatIsNoSheet_IsNotTakenWhateverItsName(string name, string content, string words)
    {
        var before = await StoredAsync();
        using var answer = await SendAsync("manager", folder.Write(name, content));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var said = await DetailAsync(answer);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Equal(content.Length > 0, said.EndsWith("Nhận: Excel (.xlsx), CSV hoặc văn bản thuần.", StringComparison.Ordinal));
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task HandIn_WhatIsNoSheetOfOurs_IsBlockedWithAReason() => Assert.Contains(
        "còn thiếu các cột", await BlockedAsync("manager", folder.Write("sai-tieu-de.csv", "tram,nam,gia tri\nNB1,2024,7\n")), StringComparison.Ordinal);

    [Fact]
    public async Task HandIn_WrongHeaderInAWorkbook_NamesTheMissingColumn() =>
        Assert.Contains("KHM", await BlockedAsync("manager", new AgencySheet()
            .Sheet("Năm 2022", [], ["Vị trí quan trắc", "Mã trạm", "Quý", "Amoni"]).Write(At("sai.xlsx"))), StringComparison.Ordinal);

    [Fact]
    public async Task HandIn_ZipBomb_IsBlockedUnopened()
    {
        using (var zip = ZipFile.Open(At("bom.xlsx"), ZipArchiveMode.Create))
        {
            await using var part = await zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(TestContext.Current.CancellationToken);
            var zeros = new byte[1024 * 1024];
            for (var megabyte = 0; megabyte < 50; megabyte++)
                part.Write(zeros);
        }
        Assert.Contains("vượt mức cho phép", await BlockedAsync("manager", At("bom.xlsx")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manager", "XX1", "XX1")]
    [InlineData("halong", "NB99", "NB99")]
    [InlineData("company", "NB1", "NB1")]
    public async Task HandIn_SiteThatIsNotTheirs_IsRefusedByItsCode(string account, string site, string words)
    {
        var (outcome, problems) = await CheckAsync(account, AgencySheet.WithRows(Row(site)).Write(At("diem.xlsx")));
        Assert.Equal((false, 0, 7), (Flag(outcome, "Blocked"), Number(outcome, "Results"), Number(outcome, "Refused")));
        Assert.Contains(problems, problem => problem.Contains($"“{words}”", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HandIn_FormulaCell_IsRefusedAndTheRestTaken()
    {
        var row = Row("NB1");
        row[6] = new FormulaCell("1+1", 2);
        var (outcome, problems) = await CheckAsync("manager", AgencySheet.WithRows(row).Write(At("cong-thuc.xlsx")));
        Assert.Equal((6, 1), (Number(outcome, "Results"), Number(outcome, "Refused")));
        Assert.Contains(problems, problem => problem.Contains("công thức", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HandIn_TextThatASpreadsheetWouldRun_IsRefused()
    {
        var row = Row("NB1");
        row[6] = "=cmd|' /C calc'!A0";
        var path = AgencySheet.WithRows(row).Write(At("lenh.xlsx"));
        var (outcome, problems) = await CheckAsync("manager", path);
        Assert.Equal((6, 1), (Number(outcome, "Results"), Number(outcome, "Refused")));
        Assert.Contains(problems, problem => problem.Contains("=cmd", StringComparison.Ordinal) || problem.Contains("công thức", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HandIn_ExternalLink_IsAWarning()
    {
        var (outcome, problems) = await CheckAsync("manager", AgencySheet.WithEveryOddity().Write(At("lien-ket.xlsx"), externalLink: true));
        Assert.False(Flag(outcome, "Blocked"));
        Assert.Contains(problems, problem => problem.Contains("không tệp nào được mở", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HandIn_TwoHundredMegabytes_IsRefusedAndNothingIsKept()
    {
        await using (var sparse = File.Create(At("lon.csv")))
            sparse.SetLength(200L * 1024 * 1024);
        var before = await StoredAsync();
        using var answer = await SendAsync("manager", At("lon.csv"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("lớn hơn", await DetailAsync(answer), StringComparison.Ordinal);
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task HandIn_LargerThanItSays_IsRefusedAndNothingIsKept()
    {
        await using (var sparse = File.Create(At("lon.csv")))
            sparse.SetLength(101L * 1024 * 1024);
        var before = await StoredAsync();
        using var answer = await SendAsync("manager", At("lon.csv"), chunked: true);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(before, await StoredAsync());
    }

    [Theory]
    [InlineData("guest")]
    [InlineData("parent")]
    public async Task HandIn_ByAnAccountThatMayNot_IsRefused(string account)
    {
        var before = await StoredAsync();
        using var answer = await SendAsync(account, AgencySheet.WithRows(Row("NB1")).Write(At("khach.xlsx")));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("không được nộp", await DetailAsync(answer), StringComparison.Ordinal);
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task HandIn_WithoutItsToken_IsRefused()
    {
        var before = await StoredAsync();
        using var answer = await SendAsync("manager", AgencySheet.WithRows(Row("NB1")).Write(At("gia.xlsx")), token: "");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(before, await StoredAsync());
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    private static object?[] Row(string site) => ["Điểm thử", site, "Quý 1 2022", 25.1, 7.9, 6.8, 0.05, "<0,02", "<0,0005", "<0,01"];

    private async Task<HttpResponseMessage> SendAsync(string account, string path, string? token = null, bool chunked = false)
    {
        var client = await portal.ClientAsync(account);
        await using var content = File.OpenRead(path);
        using var form = new MultipartFormDataContent { { new StreamContent(content), "file", Path.GetFileName(path) } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/intake/files") { Content = form };
        request.Headers.Add("RequestVerificationToken", token ?? await HttpPortal.TokenAsync(client));
        request.Headers.TransferEncodingChunked = chunked;
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a file, lets the worker check it, and gives the outcome and the sentences.</summary>
    private async Task<(JsonElement Outcome, List<string> Problems)> CheckAsync(string account, string path)
    {
        using var answer = await SendAsync(account, path);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = int.Parse(answer.Headers.Location!.OriginalString.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
        await portal.CheckedAsync(id);
        using var summary = JsonDocument.Parse(await portal.ReadAsync($"SELECT summary::text FROM submission WHERE id = {id}"));
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM result r JOIN submission s ON s.id = r.submission_id WHERE s.state = 'draft'"));
        var client = await portal.ClientAsync(account);
        return (summary.RootElement.Clone(), SentencesOf(await client.GetByteArrayAsync($"/intake/{id}/marked", TestContext.Current.CancellationToken)));
    }

    // Of a file that nothing is taken from, nothing is staged either.
    private async Task<string> BlockedAsync(string account, string path)
    {
        var staged = await portal.CountAsync("SELECT count(*) FROM submission_row");
        var (outcome, problems) = await CheckAsync(account, path);
        Assert.True(Flag(outcome, "Blocked"));
        Assert.Equal(staged, await portal.CountAsync("SELECT count(*) FROM submission_row"));
        return Assert.Single(problems);
    }

    // What comes back with the problems is a workbook where the file was one that could be opened, else a CSV.
    private static List<string> SentencesOf(byte[] marked)
    {
        if (marked is not [(byte)'P', (byte)'K', ..])
            return [.. Encoding.UTF8.GetString(marked).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)];
        using var reader = ExcelDataReader.ExcelReaderFactory.CreateReader(new MemoryStream(marked));
        List<string> sentences = [];
        do
        {
            while (reader.Name == "Vấn đề" && reader.Read())
                sentences.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(column => reader.GetValue(column))));
        }
        while (reader.NextResult());
        return sentences;
    }

    // Everything that a file can leave behind: rows, and files whole or half.
    private async Task<(long Submissions, long Staged, long Results, int Files)> StoredAsync() => (
        await portal.CountAsync("SELECT count(*) FROM submission"),
        await portal.CountAsync("SELECT count(*) FROM submission_row"),
        await portal.CountAsync("SELECT count(*) FROM result"),
        Directory.GetFiles(portal.Files, "*", SearchOption.AllDirectories).Length);

    private static async Task<string> DetailAsync(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return problem.RootElement.GetProperty("detail").GetString()!;
    }

    private static int Number(JsonElement outcome, string name) => outcome.GetProperty(name).GetInt32();

    private static bool Flag(JsonElement outcome, string name) => outcome.GetProperty(name).GetBoolean();
}
