using System.Net;
using AngleSharp.Html.Parser;
using QuanTrac.Portal.Features.AccountLife;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The form by which anybody asks for a guest's account.</summary>
[Collection(nameof(HttpPortal))]
public sealed class AskAccountTests(HttpPortal portal)
{
    private const string Markup = "<img src=x onerror=alert(1)><b>đậm</b>";

    [Fact]
    public async Task Ask_KnownOrUnknownEmail_IsAnsweredAlike()
    {
        using var client = portal.Stranger("127.0.0.31");
        var first = await WordsAsync(client, new() { ["name"] = "Người Một", ["email"] = "mot@example.vn", ["purpose"] = "Nghiên cứu" });
        var again = await WordsAsync(client, new() { ["name"] = "Người Hai", ["email"] = "MOT@example.vn", ["purpose"] = "Nghiên cứu" });
        Assert.Equal(first, again);
        Assert.Contains("Đã nhận đề nghị", first, StringComparison.Ordinal);
        Assert.Equal(1, await portal.CountAsync("SELECT count(*) FROM account_request_person WHERE email = 'mot@example.vn'"));
        // The guests' organisation of the demo data; the Centre is told, each of its people once.
        Assert.Equal("MAU-KHACH sent guest", await portal.ReadAsync(
            "SELECT o.code || ' ' || r.state || ' ' || p.role FROM account_request r JOIN organisation o ON o.id = r.organisation_id JOIN account_request_person p ON p.request_id = r.id WHERE p.email = 'mot@example.vn'"));
        Assert.Equal("admin 1, admin2 1", await portal.ReadAsync(
            """
            SELECT string_agg(name || ' ' || told, ', ' ORDER BY name)
            FROM (SELECT u.user_name AS name, count(*) AS told FROM notice n JOIN account u ON u.id = n.account_id
                  WHERE n.kind = 'Account.Asked' AND n.facts[2] = 'Người Một' AND u.user_name IN ('admin', 'admin2') GROUP BY u.user_name) AS each
            """));
    }

    [Fact]
    public async Task Ask_WithTheTrapFilledIn_KeepsNothingAndSaysTheSame()
    {
        using var client = portal.Stranger("127.0.0.32");
        Assert.Contains("Đã nhận đề nghị", await WordsAsync(client, new() { ["name"] = "Máy", ["email"] = "may@example.vn", ["purpose"] = "x", ["website"] = "http://x" }), StringComparison.Ordinal);
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM account_request_person WHERE email = 'may@example.vn'"));
    }

    [Fact]
    public async Task Ask_TooOften_IsRefusedForThatAddressAlone()
    {
        using var client = portal.Stranger("127.0.0.33");
        for (var asked = 0; asked < AskLimit.Most; asked++)
        {
            using var taken = await SendAsync(client, new() { ["name"] = "A", ["email"] = "khong-dung", ["purpose"] = "x" });
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }
        using var refused = await SendAsync(client, new() { ["name"] = "A", ["email"] = "a@example.vn", ["purpose"] = "x" });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        using var other = portal.Stranger("127.0.0.34");
        using var taken2 = await SendAsync(other, new() { ["name"] = "", ["email"] = "a@example.vn", ["purpose"] = "x" });
        Assert.Equal(HttpStatusCode.OK, taken2.StatusCode);
    }

    [Fact]
    public async Task Ask_WithoutItsToken_IsRefused()
    {
        using var client = portal.Stranger("127.0.0.35");
        using var form = new FormUrlEncodedContent([new("_handler", "ask-account"), new("name", "A"), new("email", "khong-the@example.vn"), new("purpose", "x")]);
        using var answer = await client.PostAsync("/ask-account", form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM account_request_person WHERE email = 'khong-the@example.vn'"));
    }

    [Fact]
    public async Task Ask_WithMarkupInEveryField_ShowsItAsText()
    {
        using var client = portal.Stranger("127.0.0.36");
        // With an e-mail that is not one, so that the form comes back with what was typed.
        using var back = await SendAsync(client, new() { ["name"] = Markup, ["email"] = Markup, ["body"] = Markup, ["purpose"] = Markup });
        var page = new HtmlParser().ParseDocument(await back.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Empty(page.QuerySelectorAll("main img, main b"));
        Assert.Equal(Markup, page.QuerySelector("#purpose")!.TextContent.Trim());
        Assert.Contains("Đã nhận", await WordsAsync(client, new() { ["name"] = Markup, ["email"] = "danh-dau@example.vn", ["body"] = Markup, ["purpose"] = Markup }), StringComparison.Ordinal);
        var id = await portal.CountAsync("SELECT request_id::bigint FROM account_request_person WHERE email = 'danh-dau@example.vn'");
        var admin = await portal.ClientAsync("admin");
        foreach (var address in new[] { $"/accounts/requests/{id}", "/accounts/requests", "/notices" })
            Assert.Empty(new HtmlParser().ParseDocument(await admin.GetStringAsync(address, TestContext.Current.CancellationToken)).QuerySelectorAll("main img, main b"));
    }

    private static async Task<string> WordsAsync(HttpClient client, Dictionary<string, string> fields)
    {
        using var answer = await SendAsync(client, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await HttpPortal.WordsAsync(answer);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Dictionary<string, string> fields)
    {
        var page = new HtmlParser().ParseDocument(await client.GetStringAsync("/ask-account", TestContext.Current.CancellationToken));
        foreach (var hidden in page.QuerySelectorAll("form input[type=hidden]"))
            fields[hidden.GetAttribute("name")!] = hidden.GetAttribute("value") ?? "";
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync("/ask-account", form, TestContext.Current.CancellationToken);
    }
}
