using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Bench;

/// <summary>The portal as it is started in earnest, in a process of its own on a free port.</summary>
internal sealed partial class PortalServer : IAsyncDisposable
{
    private readonly Process process;

    private PortalServer(Process process, string address) => (this.process, Address) = (process, address);

    public string Address { get; }

    /// <summary>Milliseconds from the start of the process until <c>/readyz</c> said yes.</summary>
    public double ReadyAfter { get; private set; }

    /// <summary>Starts the portal without demo data on a data folder and waits until it is ready.</summary>
    public static async Task<PortalServer> StartAsync(string data)
    {
        var program = Path.Combine(PortalHome.Folder, "Portal", "bin", "Release", "net10.0", "publish", "QuanTrac.Portal.dll");
        var port = FreePort();
        var since = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", "--empty", "--port", port, "--data", data])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new PortalServer(process, $"http://127.0.0.1:{port}");
        await server.AwaitReadyAsync(since);
        return server;
    }

    /// <summary>A browserless client with the cookie of an account; answers come as they were sent, compressed or not.</summary>
    public async Task<HttpClient> SignInAsync(string account)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = new(Address) };
        var form = await client.GetStringAsync("/sign-in");
        var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = Token().Match(form).Groups[1].Value,
            ["userName"] = account,
            ["password"] = Bed.Password,
        }));
        return answer.StatusCode == HttpStatusCode.Redirect ? client : throw new InvalidOperationException($"{account} could not sign in: {answer.StatusCode}.");
    }

    /// <summary>Asks it to stop, and waits.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await stop.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task AwaitReadyAsync(long since)
    {
        using var client = new HttpClient();
        while (!process.HasExited)
        {
            try
            {
                if ((await client.GetAsync($"{Address}/readyz")).IsSuccessStatusCode)
                {
                    ReadyAfter = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(20);
        }
        throw new InvalidOperationException("The portal ended before it was ready.");
    }

    private static string FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
