using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>What every door has: names, quota, reserve, scanner; and what every private answer bears.</summary>
[Collection(nameof(HttpPortal))]
public sealed class UploadsTests(HttpPortal portal) : IDisposable
{
    private const int Megabyte = 1024 * 1024;
    private const string HaLong = "SELECT coalesce(sum({0}), 0)::bigint FROM upload_day u JOIN organisation o ON o.id = u.organisation_id WHERE o.code = (SELECT organisation_code FROM account WHERE user_name = 'halong')";
    private static readonly CompositeFormat OfHaLong = CompositeFormat.Parse(HaLong);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Doors_AllOfThem_AreLimitedInNumberAndSize()
    {
        var doors = portal.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<FileDoor>() is not null || endpoint.RoutePattern.RawText == "/intake/files").ToList();
        Assert.Equal(
            ["/accounts/requests/{id:int}/letter", "/accounts/requests/{id:int}/persons", "/desk/{id:int}/files", "/duties/{id:int}/document", "/intake/files", "/operations/authority/entries",
                "/operations/authority/{id:int}/document", "/organisations/files"],
            doors.Select(door => door.RoutePattern.RawText!).Order(StringComparer.Ordinal));
        Assert.All(doors, door =>
        {
            Assert.NotEqual(FilesSetup.AnswerLimit, door.Metadata.GetMetadata<EnableRateLimitingAttribute>()!.PolicyName);
            Assert.NotNull(door.Metadata.GetMetadata<IRequestSizeLimitMetadata>()!.MaxRequestBodySize);
        });
    }

    [Theory]
    [InlineData("/intake/{id:int}/marked")]
    [InlineData("/intake/{id:int}/extract")]
    public void Made_WhatIsMadeWhenItIsAskedFor_IsLimitedInNumber(string address) => Assert.Equal(IntakeSetup.MadeLimit,
        portal.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Single(endpoint => endpoint.RoutePattern.RawText == address).Metadata.GetMetadata<EnableRateLimitingAttribute>()!.PolicyName);

    [Fact]
    public async Task Name_ThatHidesWhatItIs_IsShownPlainAndNeverHandedOn()
    {
        var client = await portal.ClientAsync("halong");
        // A zero character, a mark of direction and a path, as RFC 5987 writes them.
        using var answer = await SendAsync(client, "/intake/files", "a,b\n1,2\n"u8.ToArray(), "filename*=UTF-8''..%2Fanh%E2%80%AEvsc%00.exe");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var id = answer.Headers.Location!.OriginalString.Split('/')[^1];
        Assert.Equal("anhvsc.exe", await portal.ReadAsync($"SELECT file_name FROM submission WHERE id = {id}"));
        using var back = await client.GetAsync($"/intake/{id}/file", TestContext.Current.CancellationToken);
        Assert.Equal($"ho-so-{id}.csv", back.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(("attachment", "application/octet-stream"), (back.Content.Headers.ContentDisposition.DispositionType, back.Content.Headers.ContentType!.MediaType));
        Assert.Equal("nosniff", Assert.Single(back.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal((true, true), (back.Headers.CacheControl!.NoStore, back.Headers.CacheControl.Private));
    }

    [Theory]
    [InlineData("/duties/download")]
    [InlineData("/desk/download")]
    [InlineData("/overview/download")]
    [InlineData("/account/data/download")]
    [InlineData("/desk/1/files/999999")]
    public async Task Answer_OfAPrivateAddress_IsKeptByNobody(string address)
    {
        using var answer = await (await portal.ClientAsync("halong")).GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal((true, true), (answer.Headers.CacheControl?.NoStore, answer.Headers.CacheControl?.Private));
    }

    [Fact]
    public async Task Field_WithAZeroCharacter_IsRefused()
    {
        var client = await portal.ClientAsync("company");
        var item = await portal.CountAsync("SELECT min(id)::bigint FROM desk_item WHERE account_name = 'company' AND origin = 'demo'");
        using var answer = await SendAsync(client, string.Create(CultureInfo.InvariantCulture, $"/desk/{item}/files"), "%PDF-1.7"u8.ToArray(), "filename=\"a.pdf\"", "a\0b");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Quota_OfFiles_HoldsForAllDoorsAndForManyAtOnce()
    {
        var client = await portal.ClientAsync("halong");
        var used = await UsedAsync("files");
        await SetAsync("organisation_files_a_day", used + 2);
        try
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => SendAsync(client, "/intake/files", Encoding.UTF8.GetBytes($"a,b\n{i},2\n"))));
            Assert.Equal(2, answers.Count(answer => answer.StatusCode == HttpStatusCode.Created));
            var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
            Assert.Contains($"{used + 2} tệp hoặc 500 MB mỗi ngày. Từ 00:00 ngày", await DetailAsync(refused), StringComparison.Ordinal);
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
            var item = await portal.CountAsync("SELECT min(id)::bigint FROM desk_item WHERE account_name = 'halong' AND origin = 'demo'");
            using var other = await SendAsync(client, string.Create(CultureInfo.InvariantCulture, $"/desk/{item}/files"), "%PDF-1.7"u8.ToArray());
            Assert.Equal(HttpStatusCode.TooManyRequests, other.StatusCode);
            // The others of the province are not held back by it.
            using var free = await SendAsync(await portal.ClientAsync("fisheries"), "/intake/files", "a,b\nquota,2\n"u8.ToArray());
            Assert.Equal(HttpStatusCode.Created, free.StatusCode);
            Assert.Equal(used + 2, await UsedAsync("files"));
        }
        finally
        {
            await SetAsync("organisation_files_a_day", 200);
        }
    }

    [Fact]
    public async Task Quota_OfBytes_IsHeldWhileTheFileComesInAndWhatIsRefusedIsGivenBack()
    {
        var client = await portal.ClientAsync("halong");
        var used = await UsedAsync("bytes");
        var most = used / Megabyte + 4;
        await SetAsync("organisation_mb_a_day", most);
        var large = Encoding.ASCII.GetBytes("a,b\n" + new string('1', 2 * Megabyte));
        try
        {
            using (var taken = await SendAsync(client, "/intake/files", large))
                Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
            Assert.Equal(used + large.Length, await UsedAsync("bytes"));
            var files = Directory.GetFiles(portal.Files, "*", SearchOption.AllDirectories).Length;
            using (var refused = await SendAsync(client, "/intake/files", [.. large, .. large]))
                Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            // A file of a kind that is not taken costs nothing either.
            using (var wrong = await SendAsync(client, "/intake/files", "%PDF-1.7"u8.ToArray()))
                Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            Assert.Equal(used + large.Length, await UsedAsync("bytes"));
            Assert.Equal(files, Directory.GetFiles(portal.Files, "*", SearchOption.AllDirectories).Length);
        }
        finally
        {
            await SetAsync("organisation_mb_a_day", 500);
        }
    }

    [Fact]
    public async Task Quota_OfGuests_IsEachOnesOwn()
    {
        var item = await portal.CountAsync("SELECT min(id)::bigint FROM desk_item WHERE account_name = 'guest' AND origin = 'demo'");
        using var answer = await SendAsync(await portal.ClientAsync("guest"), string.Create(CultureInfo.InvariantCulture, $"/desk/{item}/files"), "%PDF-1.7"u8.ToArray());
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(await portal.IdAsync("guest"), await portal.CountAsync("SELECT max(account_id)::bigint FROM upload_day WHERE account_id > 0"));
    }

    [Fact]
    public async Task ScannerAndReserve_OnTheirNode_RefuseFilesAndNothingElse()
    {
        using var clamd = new FakeClamd();
        var free = long.MaxValue;
        await using var node = await portal.SecondNodeAsync(folder.Path, settings => settings with
        {
            Scan = new(clamd.Address, TimeSpan.FromSeconds(10)), Reserve = new(folder.Path, Megabyte) { Free = () => free },
        });
        using var client = await ClientAsync(new Uri(node.Urls.Single()));
        var item = await portal.CountAsync("SELECT min(id)::bigint FROM desk_item WHERE account_name = 'company' AND origin = 'demo'");
        var desk = string.Create(CultureInfo.InvariantCulture, $"/desk/{item}/files");
        try
        {
            using (var clean = await SendAsync(client, desk, "a,b\nsạch,2\n"u8.ToArray()))
                Assert.Equal(HttpStatusCode.Created, clean.StatusCode);
            var before = await StoredAsync();
            for (var time = 0; time < 2; time++)
            {
                using var found = await SendAsync(client, desk, Encoding.ASCII.GetBytes("a,b\n" + FakeClamd.Eicar));
                Assert.Equal(HttpStatusCode.BadRequest, found.StatusCode);
                Assert.Contains("phát hiện Eicar-Signature", await DetailAsync(found), StringComparison.Ordinal);
            }
            Assert.Equal(2, await portal.CountAsync("SELECT count(*) FROM audit WHERE act = 'file-infected' AND details->>'signature' = 'Eicar-Signature'"));
            Assert.Equal(await portal.CountAsync("SELECT count(*) FROM account WHERE role = 'admin'"), await portal.CountAsync("SELECT count(*) FROM notice WHERE kind = 'File.Infected'"));
            foreach (var (manner, status) in new[] { (ClamdManner.Breaks, HttpStatusCode.ServiceUnavailable), (ClamdManner.Babbles, HttpStatusCode.ServiceUnavailable) })
            {
                clamd.Manner = manner;
                using var unseen = await SendAsync(client, desk, "a,b\nchưa quét,2\n"u8.ToArray());
                Assert.Equal(status, unseen.StatusCode);
            }
            (clamd.Manner, clamd.Limit) = (ClamdManner.Scans, 10);
            using (var large = await SendAsync(client, desk, "a,b\nquá lớn để quét,2\n"u8.ToArray()))
                Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
            clamd.Limit = int.MaxValue;

            free = Megabyte / 2;
            using (var full = await SendAsync(client, desk, "a,b\nhết chỗ,2\n"u8.ToArray()))
            {
                Assert.Equal(HttpStatusCode.InsufficientStorage, full.StatusCode);
                Assert.Contains("các việc khác vẫn làm được", await DetailAsync(full), StringComparison.Ordinal);
            }
            Assert.Equal(before, await StoredAsync());
            using var ready = await client.GetAsync("/readyz", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
            Assert.Contains("\"disk\":\"full\"", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            using var door = await client.GetAsync("/sign-in", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, door.StatusCode);
        }
        finally
        {
            await node.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    private Task<long> UsedAsync(string what) => portal.CountAsync(string.Format(CultureInfo.InvariantCulture, OfHaLong, what));

    private Task SetAsync(string rule, long value) => portal.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"UPDATE upload_rule SET value = {value} WHERE code = '{rule}'"));

    private async Task<(long, int)> StoredAsync() =>
        (await portal.CountAsync("SELECT count(*) FROM stored_file"), Directory.GetFiles(Path.Combine(folder.Path, "files"), "*", SearchOption.AllDirectories).Length);

    private async Task<HttpClient> ClientAsync(Uri node)
    {
        var cookies = new CookieContainer();
        var (name, value) = await portal.CookieAsync("company");
        cookies.Add(node, new Cookie(name, value));
        return new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = node };
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string address, byte[] content, string name = "filename=\"a.csv\"", string words = "Ghi chú")
    {
        var file = new ByteArrayContent(content);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; {name}");
        using var form = new MultipartFormDataContent { { new StringContent(words), "words" } };
        form.Add(file);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = form };
        request.Headers.Add("RequestVerificationToken", await HttpPortal.TokenAsync(client));
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> DetailAsync(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return problem.RootElement.GetProperty("detail").GetString()!;
    }
}
