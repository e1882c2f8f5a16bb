using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The proof sheet: who gets it, and what can be read on it.</summary>
[Collection(nameof(HttpPortal))]
public sealed class ProofSheetTests(HttpPortal portal)
{
    private const string Of = "SELECT min(r.id) FROM result r JOIN site s ON s.id = r.site_id JOIN submission b ON b.id = r.submission_id JOIN finding f ON f.result_id = r.id AND f.view = 'today' AND f.ordinal = 0";

    [Fact]
    public async Task Get_ExceedingResult_IsAPdfThatSaysAll()
    {
        var result = await portal.CountAsync($"{Of} WHERE f.verdict = 'exceeds' AND s.code LIKE 'MAU-VB%'");
        var text = await TextAsync("manager", $"/assessment/proof/{result}?view=today");

        Assert.Contains("PHIẾU TRUY XUẤT SỐ LIỆU", text, StringComparison.Ordinal);
        Assert.Contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", text, StringComparison.Ordinal);
        Assert.Contains("Độc lập - Tự do - Hạnh phúc", text, StringComparison.Ordinal);
        Assert.Contains("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", text, StringComparison.Ordinal);
        Assert.Matches(@"UBND (TỈNH|THÀNH PHỐ) QUẢNG NINH", text);
        Assert.Matches(@"Quảng Ninh, ngày \d\d tháng (0[12]|[3-9]|1[0-2]) năm \d{4}", text);
        Assert.Matches(@"Số: PCM-[0-9A-Z]{4}-", text);
        Assert.Contains($"Kết quả quan trắc số {result}", text, StringComparison.Ordinal);
        Assert.Contains(await portal.ReadAsync($"SELECT s.name_vi FROM result r JOIN site s ON s.id = r.site_id WHERE r.id = {result}"), text, StringComparison.Ordinal);
        Assert.Contains(await portal.ReadAsync($"SELECT b.file_sha256 FROM result r JOIN submission b ON b.id = r.submission_id WHERE r.id = {result}"), text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("Kết luận:", text, StringComparison.Ordinal);
        Assert.Contains("Phiên bản bộ quy tắc", text, StringComparison.Ordinal);
        Assert.Contains("Phần mềm quản lý cơ sở dữ liệu quan trắc môi trường tỉnh Quảng Ninh", text, StringComparison.Ordinal);
        Assert.Contains("In ngày", text, StringComparison.Ordinal);
    }

    // The weakest of figure, column and assignment: the chain ("Chỗ quy định") and the steps say the same word of it.
    [Theory]
    [InlineData("f.limit_id IS NOT NULL AND l.confidence = 'medium' AND a.confidence = 'medium'", "độ tin cậy trung bình")]
    [InlineData("f.limit_id IS NOT NULL AND l.confidence = 'high' AND a.confidence = 'low'", "độ tin cậy thấp: chưa đối chiếu văn bản gốc")]
    [InlineData("f.limit_id IS NOT NULL AND l.confidence = 'medium' AND a.confidence = 'low'", "độ tin cậy thấp: chưa đối chiếu văn bản gốc")]
    public async Task Get_FigureThatIsNotSure_SaysSoInWords(string condition, string words)
    {
        var result = await portal.CountAsync(
            $"{Of} JOIN standard_limit l ON l.id = f.limit_id JOIN site_standard a ON a.site_id = r.site_id AND a.medium = r.medium AND a.standard = l.standard AND a.column_code = l.column_code WHERE {condition}");

        var text = await TextAsync("manager", $"/assessment/proof/{result}");

        Assert.Equal(2, text.Split(words).Length - 1);
    }

    [Theory]
    [InlineData("high,high,high", "high")]
    [InlineData("high,medium,high", "medium")]
    [InlineData("medium,high,low", "low")]
    [InlineData("high", "high")]
    public async Task LeastSure_OfSeveral_IsTheWeakest(string several, string least) =>
        Assert.Equal(least, await portal.ReadAsync($"SELECT portal_least_sure(VARIADIC string_to_array('{several},', ',', ''))"));

    [Fact]
    public async Task Get_ResultOfSurfaceWater_ExplainsTheIndexOfItsEvent()
    {
        var result = await portal.CountAsync($"{Of} JOIN site_status t ON t.site_id = r.site_id AND t.campaign_id = r.campaign_id AND t.view = 'today' AND t.index_code = 'vn-wqi'");
        var text = await TextAsync("manager", $"/assessment/proof/{result}");

        Assert.Contains("QĐ 1460/QĐ-TCMT", text, StringComparison.Ordinal);
        Assert.Contains("Làm tròn đến số nguyên", text, StringComparison.Ordinal);
    }

    // The name of the body is that of the day (register of bodies); what the body above names is not said twice.
    [Theory]
    [InlineData("Ủy ban nhân dân tỉnh Quảng Ninh", "Sở Nông nghiệp và Môi trường tỉnh Quảng Ninh", "UBND tỉnh Quảng Ninh", "Sở Nông nghiệp và Môi trường")]
    [InlineData("Ủy ban nhân dân thành phố Quảng Ninh", "Sở Nông nghiệp và Môi trường thành phố Quảng Ninh", "UBND thành phố Quảng Ninh", "Sở Nông nghiệp và Môi trường")]
    [InlineData("", "Sở Nông nghiệp và Môi trường", "", "Sở Nông nghiệp và Môi trường")]
    [InlineData("People's Committee of Quảng Ninh City", "Department of Agriculture and Environment of Quảng Ninh City", "People's Committee of Quảng Ninh City", "Department of Agriculture and Environment")]
    public void Body_OfNamesInFull_IsAsOnAHead(string above, string name, string headAbove, string headName) =>
        Assert.Equal(new ProofBody(headAbove, headName), ProofBody.Of(above, name));

    // Whoever doubts a sheet fetches its words and asks sha256sum: no program of ours is between.
    [Fact]
    public async Task Get_Sheet_BearsTheHashOfItsWordsAndANumber()
    {
        var result = await portal.CountAsync($"{Of} WHERE f.verdict = 'exceeds' AND f.ratio > 1 AND s.code LIKE 'MAU-VB%'");
        var sheet = await TextAsync("manager", $"/assessment/proof/{result}?view=today&language=vi");
        var (words, hash) = await WordsAsync("manager", $"/assessment/proof/{result}/text?view=today&language=vi");

        Assert.Contains($"SHA-256: {hash}", sheet.Replace(hash[..40] + " ", hash[..40], StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches(@"Số phiếu PCM-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\.", sheet);
        Assert.Matches(@"In ngày \d\d/\d\d/\d{4} lúc \d\d:\d\d cho manager · PCM-", sheet);
        Assert.Contains($"Kết quả quan trắc số {result}", words, StringComparison.Ordinal);
        Assert.Contains("Các bước kết luận", words, StringComparison.Ordinal);
        Assert.DoesNotContain("PCM-", words, StringComparison.Ordinal);

        // Another person who sees as much, another cookie's language: the same words. Whoever does not hold the file, another language or standard: others.
        Assert.Equal(hash, (await WordsAsync("admin", $"/assessment/proof/{result}/text?view=today&language=vi")).Hash);
        Assert.NotEqual(hash, (await WordsAsync("halong", $"/assessment/proof/{result}/text?view=today&language=vi")).Hash);
        Assert.NotEqual(hash, (await WordsAsync("manager", $"/assessment/proof/{result}/text?view=today&language=en")).Hash);
        Assert.NotEqual(hash, (await WordsAsync("manager", $"/assessment/proof/{result}/text?view=day&language=vi")).Hash);

        // One figure altered behind the portal's back, and put back.
        await portal.ExecuteAsync($"UPDATE finding SET ratio = ratio + 1 WHERE result_id = {result} AND view = 'today' AND ordinal = 0");
        var altered = (await WordsAsync("manager", $"/assessment/proof/{result}/text?view=today&language=vi")).Hash;
        await portal.ExecuteAsync($"UPDATE finding SET ratio = ratio - 1 WHERE result_id = {result} AND view = 'today' AND ordinal = 0");
        Assert.NotEqual(hash, altered);
        Assert.Equal(hash, (await WordsAsync("manager", $"/assessment/proof/{result}/text?view=today&language=vi")).Hash);
    }

    // SHA-256 of "abc" as FIPS 180-2 has it; its first sixty bits, five at a time, in Crockford's digits.
    [Fact]
    public void Seal_OfKnownWords_IsTheKnownHash()
    {
        var seal = new ProofSeal("abc");
        Assert.Equal(("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "PCM-Q9W1-DFWF-077Y"), (seal.Sha256, seal.Number));
    }

    [Theory]
    [InlineData("within")]
    [InlineData("exceeds")]
    [InlineData("cannot judge")]
    [InlineData("no limit")]
    public async Task Get_EachVerdict_IsPrinted(string verdict)
    {
        foreach (var view in new[] { "today", "day" })
        {
            var result = await portal.CountAsync($"SELECT coalesce(min(result_id), 0) FROM finding WHERE verdict = '{verdict}' AND view = '{view}' AND ordinal = 0");
            if (result > 0)
                Assert.DoesNotMatch(@"Verdict\.|Step\.|Term\.|Why\.|Reason\.", await TextAsync("manager", $"/assessment/proof/{result}?view={view}"));
        }
    }

    [Fact]
    public async Task Get_ResultOfAnother_IsNotFound()
    {
        // By the demo data: the first on the bay board's list, the others of two companies.
        var (bay, own, foreign) = (await ResultAsync("MAU-VB01"), await ResultAsync("MAU-NT01"), await ResultAsync("MAU-NT06"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await StatusAsync("halong", bay), await StatusAsync("halong", own)));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (await StatusAsync("company", own), await StatusAsync("company", foreign)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("company", bay));
    }

    private async Task<(string Words, string Hash)> WordsAsync(string account, string address)
    {
        var client = await portal.ClientAsync(account);
        var bytes = await client.GetByteArrayAsync(address, TestContext.Current.CancellationToken);
        return (Encoding.UTF8.GetString(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private Task<long> ResultAsync(string site) => portal.CountAsync($"{Of} WHERE s.code = '{site}'");

    private async Task<HttpStatusCode> StatusAsync(string account, long result)
    {
        var client = await portal.ClientAsync(account);
        using var answer = await client.GetAsync($"/assessment/proof/{result}", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    // As pdftotext (Debian's poppler-utils) reads it, on one line.
    private async Task<string> TextAsync(string account, string address)
    {
        var client = await portal.ClientAsync(account);
        using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/pdf"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "proof.pdf");
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        using var reader = Process.Start(new ProcessStartInfo("pdftotext", ["-enc", "UTF-8", path, "-"]) { RedirectStandardOutput = true })!;
        var text = await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await reader.WaitForExitAsync(TestContext.Current.CancellationToken);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
