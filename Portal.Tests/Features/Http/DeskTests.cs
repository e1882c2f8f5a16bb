using System.Globalization;
using System.Net;
using QuanTrac.Portal.Features.Desk;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>Files on their way in and out, the list as CSV, and who is sent away.</summary>
[Collection(nameof(HttpPortal))]
public sealed class DeskTests(HttpPortal portal)
{
    [Fact]
    public async Task File_OfOnesOwnRequest_IsStoredAndComesBack()
    {
        var client = await portal.ClientAsync("company");
        var id = await OfAsync("company");
        using (var refused = await SendAsync(client, id, "anh.png", token: "sai"))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using (var stored = await SendAsync(client, id, "ảnh màn hình.png"))
            Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        var note = await portal.CountAsync($"SELECT max(id) FROM desk_note WHERE item_id = {id}");
        var path = string.Create(CultureInfo.InvariantCulture, $"/desk/{id}/files/{note}");
        using var back = await client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal("application/octet-stream", back.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", back.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("%PDF-1.7\n", await back.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        // Its sender called it a picture.
        Assert.EndsWith(".pdf", back.Content.Headers.ContentDisposition.FileName, StringComparison.Ordinal);
        Assert.Equal("no-store, private", back.Headers.CacheControl!.ToString());
        // Somebody of another organisation, its parent company, a guest; and the right file under another number.
        foreach (var other in new[] { "halong", "parent", "guest" })
        {
            using var hidden = await (await portal.ClientAsync(other)).GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }
        using var wrong = await client.GetAsync(path.Replace($"/desk/{id}/", $"/desk/{await OfAsync("halong")}/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        using var office = await (await portal.ClientAsync("admin")).GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, office.StatusCode);
    }

    [Fact]
    public async Task File_OfAGuest_IsTaken()
    {
        using var answer = await SendAsync(await portal.ClientAsync("guest"), await OfAsync("guest"), "y kien.pdf");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Theory]
    [InlineData("a.html", "<script>alert(1)</script>")]
    [InlineData("a.png", "<svg onload='alert(1)'/>")]
    [InlineData("a.pdf", "MZ\0\0")]
    [InlineData("a.txt", "#!/bin/sh\n")]
    [InlineData("a.docx", "PK\u0003\u0004")]
    public async Task File_OfAnotherKind_IsRefusedWhateverItsName(string file, string content)
    {
        using var answer = await SendAsync(await portal.ClientAsync("company"), await OfAsync("company"), file, System.Text.Encoding.Latin1.GetBytes(content));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("PDF, PNG", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_TooLargeOrEmpty_IsRefusedAndLeavesNoNote()
    {
        var (client, id) = (await portal.ClientAsync("fisheries"), await OfAsync("fisheries"));
        using (var large = await SendAsync(client, id, "lon.zip", new byte[AttachDeskFile.FileCap + 1]))
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using (var empty = await SendAsync(client, id, "rong.pdf", []))
            Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM desk_note WHERE item_id = {id} AND file_sha256 IS NOT NULL"));
    }

    [Fact]
    public async Task File_UnderWhatIsAnothers_IsNotFound()
    {
        using var hidden = await SendAsync(await portal.ClientAsync("halong"), await OfAsync("company"), "a.pdf");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var absent = await SendAsync(await portal.ClientAsync("admin"), 999_999, "a.pdf");
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        // The Department sees everything and answers nothing.
        using var seen = await SendAsync(await portal.ClientAsync("manager"), await OfAsync("company"), "a.pdf");
        Assert.Equal(HttpStatusCode.Forbidden, seen.StatusCode);
    }

    [Fact]
    public async Task List_AsCsv_BearsTheCitationAndOnlyWhatIsSeen()
    {
        var all = await (await portal.ClientAsync("admin")).GetStringAsync("/desk/download?state=all&kind=incident", TestContext.Current.CancellationToken);
        Assert.Contains("Phần mềm quản lý cơ sở dữ liệu quan trắc môi trường tỉnh Quảng Ninh", all, StringComparison.Ordinal);
        Assert.Contains("SC-", all, StringComparison.Ordinal);
        Assert.DoesNotContain("HT-", all, StringComparison.Ordinal);
        var guests = await (await portal.ClientAsync("guest")).GetStringAsync("/desk/download?state=all", TestContext.Current.CancellationToken);
        Assert.Contains("GY-", guests, StringComparison.Ordinal);
        Assert.DoesNotContain("SC-", guests, StringComparison.Ordinal);
    }

    private Task<long> OfAsync(string account) => portal.CountAsync($"SELECT min(id)::bigint FROM desk_item WHERE account_name = '{account}' AND origin = 'demo'");

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, long id, string file, byte[]? content = null, string? token = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Ghi chú"), "words" }, { new ByteArrayContent(content ?? "%PDF-1.7\n"u8.ToArray()), "file", file },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"/desk/{id}/files")) { Content = form };
        request.Headers.Add("RequestVerificationToken", token ?? await HttpPortal.TokenAsync(client));
        return await client.SendAsync(request);
    }
}
