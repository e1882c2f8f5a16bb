using System.Globalization;
using System.Net;
using QuanTrac.Portal.Features.Demo;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The document on its way in and out, the board as CSV, and who is sent away.</summary>
[Collection(nameof(HttpPortal))]
public sealed class DutiesTests(HttpPortal portal)
{
    private const string Open =
        """
        SELECT coalesce(min(o.id), 0)::bigint FROM duty_occurrence o JOIN organisation g ON g.id = o.organisation_id
        WHERE g.code = 'MAU-A' AND NOT EXISTS (SELECT FROM duty_fulfilment f WHERE f.occurrence_id = o.id AND f.undone_at IS NULL)
        """;

    [Fact]
    public async Task Document_OfOnesOwnDuty_IsStoredAndComesBack()
    {
        var client = await portal.ClientAsync(DemoAccounts.All[6].Name);
        var owed = await portal.CountAsync(Open);
        using (var refused = await SendAsync(client, owed, "1/BC-MAU", "không phải ngày", "a.pdf"))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using (var refused = await SendAsync(client, owed, "1/BC-MAU", "1/1/2026", "a.pdf", token: "sai"))
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using (var stored = await SendAsync(client, owed, "1/BC-MAU", "1/1/2026", "báo cáo.pdf"))
            Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        using var back = await client.GetAsync(Path(owed), TestContext.Current.CancellationToken);
        Assert.Equal("application/octet-stream", back.Content.Headers.ContentType!.MediaType);
        Assert.Equal("%PDF-1.4", await back.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        // Somebody outside the scope, and a guest.
        foreach (var other in new[] { "halong", "guest" })
        {
            using var hidden = await (await portal.ClientAsync(other)).GetAsync(Path(owed), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }
    }

    [Fact]
    public async Task Document_OfAnotherOrganisation_IsNotTaken()
    {
        var owed = await portal.CountAsync("SELECT min(o.id)::bigint FROM duty_occurrence o JOIN organisation g ON g.id = o.organisation_id WHERE g.code = 'CATINH'");
        using var answer = await SendAsync(await portal.ClientAsync("halong"), owed, "1/BC-MAU", "1/1/2026", "a.pdf");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Board_AsCsv_BearsTheCitationAndTheFilter()
    {
        var csv = await (await portal.ClientAsync("manager")).GetStringAsync("/duties/download?state=all&duty=account-list", TestContext.Current.CancellationToken);
        Assert.Contains("Phần mềm quản lý cơ sở dữ liệu quan trắc môi trường tỉnh Quảng Ninh", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("handover", csv, StringComparison.Ordinal);
        using var guest = await (await portal.ClientAsync("guest")).GetAsync("/duties/download", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, guest.StatusCode);
    }

    [Fact]
    public async Task Calendar_UnknownToken_OpensNothing()
    {
        using var answer = await portal.Stranger().GetAsync($"/duties/calendar/{new string('0', 64)}.ics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static string Path(long owed) => string.Create(CultureInfo.InvariantCulture, $"/duties/{owed}/document");

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, long owed, string number, string date, string file, string? token = null)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(number), "number" }, { new StringContent(date), "date" }, { new StringContent(""), "note" },
            { new ByteArrayContent("%PDF-1.4"u8.ToArray()), "file", file },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, Path(owed)) { Content = form };
        request.Headers.Add("RequestVerificationToken", token ?? await HttpPortal.TokenAsync(client));
        return await client.SendAsync(request);
    }
}
