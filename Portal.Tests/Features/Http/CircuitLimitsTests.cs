using System.Net;
using System.Net.WebSockets;
using System.Text;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>Nobody opens pages without end.</summary>
[Collection(nameof(HttpPortal))]
public sealed class CircuitLimitsTests(HttpPortal portal)
{
    private static readonly CircuitLimits Few = new(OfSession: 3, OfGuest: 2, OfGuestNetwork: 4, OfNode: 6);

    [Theory]
    // Sessions by letter; guests in small letters, each with its network.
    [InlineData("A1 A1", "A1", true)]
    [InlineData("A1 A1 A1", "A1", false)]
    [InlineData("A1 A1 A1", "B1", true)]
    [InlineData("a1 a1", "a1", false)]
    [InlineData("a1 a1 b1 b1", "c1", false)]
    [InlineData("a1 a1 b1 b1", "c2", true)]
    [InlineData("a1 a1 b1 b1", "A1", true)]
    [InlineData("A1 A1 B1 B1 C1 C1", "D2", false)]
    public void Allow_OneMore_HoldsByEachNumber(string open, string one, bool allowed) =>
        Assert.Equal(allowed, Few.Allow(Visitor(one), [.. open.Split(' ').Select(Visitor)]));

    /// <summary>Whoever signs in again and again opens no more than whoever stays.</summary>
    [Fact]
    public void Allow_ManySessionsOfOneAccount_HoldsByTheAccount()
    {
        static CircuitLimits.Visitor Of(int session, int account) => new(new Guid(session, 0, 0, new byte[8]), false, "1", account);
        var few = Few with { OfAccount = 4 };
        var open = Enumerable.Range(1, 4).Select(session => Of(session, 7)).ToList();
        Assert.Equal((false, true, true), (few.Allow(Of(9, 7), open), few.Allow(Of(9, 8), open), few.Allow(Of(9, 7), open[1..])));
        Assert.InRange(CircuitLimits.Usual.OfAccount, CircuitLimits.Usual.OfSession, 200);
    }

    [Fact]
    public async Task Guest_WithManyPages_IsToldSoAndGetsNoMoreWires()
    {
        await portal.MakeAccountAsync("c-many", Role.Guest, "MAU-KHACH");
        var (name, value) = await portal.CookieAsync("c-many");
        using var client = portal.Stranger("127.0.9.1");
        client.DefaultRequestHeaders.Add("Cookie", $"{name}={value}");
        var wires = new List<ClientWebSocket>();
        try
        {
            for (var page = 0; page < CircuitLimits.Usual.OfGuest; page++)
                wires.Add(await OpenAsync($"{name}={value}"));
            Assert.All(wires, wire => Assert.Equal(WebSocketState.Open, wire.State));
            using (var full = await FullAsync(client))
            {
                Assert.Contains("quá nhiều trang mở", await full.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
            using (var data = await client.GetAsync("/map/sites", TestContext.Current.CancellationToken))
                Assert.Equal(HttpStatusCode.OK, data.StatusCode);
            using var more = await OpenAsync($"{name}={value}", last: true);
            Assert.NotEqual(WebSocketState.Open, more.State);
        }
        finally
        {
            wires.ForEach(wire => wire.Dispose());
        }
    }

    // A wire is counted just after its greeting was answered.
    private static async Task<HttpResponseMessage> FullAsync(HttpClient client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var answer = await client.GetAsync("/standards", limit.Token);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                return answer;
            answer.Dispose();
            await Task.Delay(20, limit.Token);
        }
    }

    private static CircuitLimits.Visitor Visitor(string word) => new(new Guid(word[0], 0, 0, new byte[8]), char.IsAsciiLetterLower(word[0]), word[1..]);

    // The hub's greeting; what comes back is its answer, or the end where there is no room.
    private async Task<ClientWebSocket> OpenAsync(string cookie, bool last = false)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", cookie);
        await socket.ConnectAsync(new UriBuilder(portal.Address) { Scheme = "ws", Path = "/_blazor" }.Uri, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var answer = new byte[1024];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            // The greeting is answered before the room is looked at; where there is none, a word of the hub follows and then the end.
            do
                await socket.ReceiveAsync(answer, limit.Token);
            while (last && socket.State == WebSocketState.Open);
        }
        catch (WebSocketException)
        {
            // Cut.
        }
        return socket;
    }
}
