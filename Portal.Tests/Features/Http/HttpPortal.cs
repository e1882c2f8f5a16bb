using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

[CollectionDefinition(nameof(HttpPortal))]
public sealed class HttpPortalTests : ICollectionFixture<HttpPortal>;

/// <summary>A running portal and clients that speak to it without a browser.</summary>
public class HttpPortal(TestCluster cluster) : RunningPortal(cluster)
{
    private readonly ConcurrentDictionary<string, Task<HttpClient>> signedIn = new();

    /// <summary>A client without cookies, from an address of the machine itself. It follows no redirect.</summary>
    public HttpClient Stranger(string from = "127.0.0.1") => Client(from, new());

    private HttpClient Client(string from, CookieContainer cookies)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = cookies,
            Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return new HttpClient(handler) { BaseAddress = Address };
    }

    /// <summary>A client that is signed in as an account; the same one for all tests.</summary>
    public Task<HttpClient> ClientAsync(string account) => signedIn.GetOrAdd(account, async name =>
    {
        var client = await FreshAsync(name);
        // The cookie of its forms: asked for by many at once, each would be given another, and only the last would be kept.
        await TokenAsync(client);
        return client;
    });

    /// <summary>A client with a session of its own; that the form works is shown by the tests of the door.</summary>
    public async Task<HttpClient> FreshAsync(string account, string from = "127.0.0.1")
    {
        var cookies = new CookieContainer();
        var (name, value) = await CookieAsync(account);
        cookies.Add(Address, new Cookie(name, value));
        return Client(from, cookies);
    }

    /// <summary>Fills in the form of the sign-in page and sends it.</summary>
    public static Task<HttpResponseMessage> SignInAsync(HttpClient client, string name, string password, string? returnUrl = null)
    {
        Dictionary<string, string> typed = new() { ["userName"] = name, ["password"] = password };
        if (returnUrl is not null)
            typed["returnUrl"] = returnUrl;
        return SendAsync(client, "/sign-in", typed);
    }

    /// <summary>Fills in the form of a page and sends it.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, string page, Dictionary<string, string> typed)
    {
        var fields = SignInForm.Hidden(await client.GetStringAsync(page));
        foreach (var (field, value) in typed)
            fields[field] = value;
        using var form = new FormUrlEncodedContent(fields);
        return await client.PostAsync(page, form);
    }

    /// <summary>The token that a form of this client must bear.</summary>
    public static async Task<string> TokenAsync(HttpClient client) =>
        ((IHtmlInputElement)Parse(await client.GetStringAsync("/sign-in")).QuerySelector("input[name=__RequestVerificationToken]")!).Value;

    /// <summary>What a page says in its main part, on one line.</summary>
    public static async Task<string> WordsAsync(HttpResponseMessage answer) =>
        string.Join(' ', (Parse(await answer.Content.ReadAsStringAsync()).QuerySelector("main")?.TextContent ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public override async ValueTask DisposeAsync()
    {
        foreach (var client in signedIn.Values)
            (await client).Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
