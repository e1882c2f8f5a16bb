using System.Net;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Authority;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>The register of what allows somebody in: by which document, on which days; and the tokens that stand on it.</summary>
[Collection(nameof(HttpPortal))]
public sealed class AuthorityTests(HttpPortal portal)
{
    private static DateOnly Today => PortalDay.Of(TimeProvider.System);

    [Fact]
    public async Task Record_ByForm_IsKeptWithItsScanAndAudited()
    {
        var admin = await portal.ClientAsync("admin");
        using (var answer = await SendAsync(admin, Form("12/STNMT-CNTT")))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = await portal.CountAsync("SELECT id::bigint FROM authority WHERE document_number = '12/STNMT-CNTT'");
        using (var scan = await admin.GetAsync($"/operations/authority/{id}/document"))
        {
            Assert.Equal("%PDF-1.4", await scan.Content.ReadAsStringAsync());
            Assert.Equal("attachment", scan.Content.Headers.ContentDisposition!.DispositionType);
        }
        Assert.Equal("Nguyễn Văn A 2026-11-01", await portal.ReadAsync("SELECT concat_ws(' ', details ->> 'person', details ->> 'from_day') FROM audit WHERE act = 'authority-recorded' AND subject = '12/STNMT-CNTT'"));
        foreach (var account in new[] { "manager", "company", "guest" })
        {
            using var refused = await (await portal.ClientAsync(account)).GetAsync($"/operations/authority/{id}/document");
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
    }

    [Theory]
    [InlineData("kind", "upgrade")]
    [InlineData("kind", "3")]
    [InlineData("number", " ")]
    [InlineData("date", "2999-01-01")]
    [InlineData("date", "")]
    [InlineData("issuer", "")]
    [InlineData("from", "31/02/2026")]
    [InlineData("to", "2026-10-31")]
    [InlineData("to", "")]
    [InlineData("person", "")]
    [InlineData("purpose", "")]
    [InlineData("file", "trang.pdf")]
    public async Task Record_WithWhatIsWrong_KeepsNothing(string field, string value)
    {
        var form = Form($"sai/{field}{value.Length}");
        form[field] = value;
        if (field == "person")
            form["body"] = "";
        using var answer = await SendAsync(await portal.ClientAsync("admin"), form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await portal.CountAsync($"SELECT count(*) FROM authority WHERE document_number = 'sai/{field}{value.Length}'"));
    }

    [Fact]
    public async Task End_OfADocument_EndsTheTokensThatStandOnIt()
    {
        var authority = await portal.CountAsync(
            "INSERT INTO authority (kind, document_number, document_date, from_day, to_day, purpose, recorded_by, recorded_at, origin) VALUES ('token', '9/CV', '2026-01-01', '2026-01-01', '2999-01-01', 'Thử', 't', now(), 'before') RETURNING id::bigint");
        await using var scope = portal.Services.CreateAsyncScope();
        var (token, _) = await scope.ServiceProvider.GetRequiredService<GrantToken>().RunAsync(CommandContext.Console, new("company", "theo 9/CV", (int)authority, Today.AddDays(5)), default);
        using var client = portal.Stranger();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using (var before = await client.GetAsync("/map/sites"))
            Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        var end = scope.ServiceProvider.GetRequiredService<EndAuthority>();
        Assert.Equal(AuthorityProblem.ReasonMissing, await end.RunAsync(CommandContext.Console, (int)authority, " ", default));
        Assert.Null(await end.RunAsync(CommandContext.Console, (int)authority, "Hết dự án", default));
        using (var after = await client.GetAsync("/map/sites"))
            Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Equal("Hết dự án", await portal.ReadAsync("SELECT revoked_reason FROM api_token WHERE name = 'theo 9/CV'"));
        Assert.Equal(AuthorityProblem.NotThere, await end.RunAsync(CommandContext.Console, (int)authority, "Lần nữa", default));
    }

    [Fact]
    public async Task Upgrade_OfADatabaseThatWasThere_WaitsForItsDocumentAndIsGivenIt()
    {
        var owner = portal.Logins.ConnectionString(QuanTrac.Portal.Data.Cluster.DatabaseRole.Owner);
        await Maintained.UpgradeAsync(owner, [], default);
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM authority WHERE kind = 'upgrade'"));
        var applied = Directory.GetFiles(QuanTrac.Portal.Data.Cluster.PortalHome.Migrations, "*.sql").Select(file => Path.GetFileName(file)).Where(name => string.CompareOrdinal(name, "0023") > 0)
            .Order(StringComparer.Ordinal).ToList();
        await Maintained.UpgradeAsync(owner, applied, default);
        var versions = $"0022 → {applied[^1][..4]}";
        var id = await portal.CountAsync($"SELECT id::bigint FROM authority WHERE kind = 'upgrade' AND purpose = '{versions}' AND document_number = ''");
        Assert.Equal(1, await portal.CountAsync($"SELECT count(*) FROM audit WHERE act = 'upgraded' AND subject = '{versions}'"));
        var admin = await portal.ClientAsync("admin");
        using (var answer = await SendAsync(admin, new() { ["number"] = "40/QĐ-NC", ["date"] = "2026-11-01", ["issuer"] = "Sở", ["file"] = "a.pdf" }, $"/operations/authority/{id}/document"))
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using (var again = await SendAsync(admin, new() { ["number"] = "41/QĐ-NC", ["date"] = "2026-11-01", ["issuer"] = "Sở", ["file"] = "a.pdf" }, $"/operations/authority/{id}/document"))
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Equal("40/QĐ-NC", await portal.ReadAsync($"SELECT document_number FROM authority WHERE id = {id}"));
    }

    // A first installation is no upgrade.
    [Fact]
    public async Task Upgrade_OfANewDatabase_IsNone()
    {
        var owner = portal.Logins.ConnectionString(QuanTrac.Portal.Data.Cluster.DatabaseRole.Owner);
        await using var connection = new Npgsql.NpgsqlConnection(owner);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var all = await QuanTrac.Portal.Data.Model.Sql.ListAsync(connection, "SELECT name FROM schema_migration", row => row.GetString(0), default);
        var before = await portal.CountAsync("SELECT count(*) FROM audit WHERE act = 'upgraded'");
        await Maintained.UpgradeAsync(owner, all, default);
        Assert.Equal(before, await portal.CountAsync("SELECT count(*) FROM audit WHERE act = 'upgraded'"));
    }

    [Fact]
    public async Task Verb_RunByHand_IsAuditedUnderTheAuthorityOfTheDay()
    {
        await portal.ExecuteAsync(
            "INSERT INTO authority (kind, document_number, document_date, from_day, to_day, purpose, recorded_by, recorded_at, origin) VALUES ('maintenance', '50/BT', '2026-01-01', '2026-01-01', '2999-01-01', 'Thử', 't', now(), 'before'), ('maintenance', '51/BT', '2026-01-01', '2026-01-01', '2026-01-02', 'Thử', 't', now(), 'before')");
        var owner = portal.Logins.ConnectionString(QuanTrac.Portal.Data.Cluster.DatabaseRole.Owner);
        await Maintained.ByVerbAsync(owner, "serve", default);
        await Maintained.ByVerbAsync(owner, "backup now", default);
        Assert.Equal(1, await portal.CountAsync("SELECT count(*) FROM audit WHERE act = 'verb-run' AND subject = 'backup now' AND details -> 'authority' ? '50/BT' AND NOT details -> 'authority' ? '51/BT'"));
        Assert.Equal(0, await portal.CountAsync("SELECT count(*) FROM audit WHERE act = 'verb-run' AND subject = 'serve'"));
    }

    [Fact]
    public void Connections_OfTheSettings_AreNamedWithoutTheirSecrets()
    {
        var settings = new Dictionary<string, string?> { ["QUANTRAC_SMTP"] = "mail.example.vn:587", ["QUANTRAC_DATABASE"] = "Host=db.example.vn;Username=u;Password=bi-mat-lam" };
        var set = Connections.Set(settings.GetValueOrDefault).ToList();
        Assert.Equal([("mail", "mail.example.vn:587"), ("database", "db.example.vn")], set);
    }

    private static Dictionary<string, string> Form(string number) => new()
    {
        ["kind"] = "maintenance", ["number"] = number, ["date"] = "2026-10-20", ["issuer"] = "Sở", ["from"] = "2026-11-01", ["to"] = "2026-12-31", ["person"] = "Nguyễn Văn A", ["body"] = "Công ty",
        ["purpose"] = "Bảo trì", ["file"] = "van-ban.pdf",
    };

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, Dictionary<string, string> form, string address = "/operations/authority/entries")
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in form.Where(field => field.Key != "file"))
            content.Add(new StringContent(value), name);
        // What a file is its content says, whatever its name.
        content.Add(new ByteArrayContent(form["file"] == "trang.pdf" ? "<html></html>"u8.ToArray() : "%PDF-1.4"u8.ToArray()), "file", form["file"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add("RequestVerificationToken", await HttpPortal.TokenAsync(client));
        return await client.SendAsync(request);
    }
}
