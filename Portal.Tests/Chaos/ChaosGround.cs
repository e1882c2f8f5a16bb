using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Features.Http;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Chaos;

/// <summary>An installation that may be broken: a private cluster and its files in a folder of its own, where the machine allows it on a file system so small that it can be filled.</summary>
internal sealed class ChaosGround : IAsyncDisposable
{
    private const string Megabytes = "900";

    // The usual one is larger than the whole disk.
    private const long ReserveMegabytes = 1;
    private readonly List<Process> processes = [];
    private CutWire? wire;

    private ChaosGround(DatabaseHost host, bool small) => (Host, IsSmall) = (host, small);

    public DatabaseHost Host { get; }

    /// <summary>Whether its disk can be filled without harm to the machine's.</summary>
    public bool IsSmall { get; }

    public CutWire Wire => wire!;

    // Of fixed name, so that what a killed run left is found and removed.
    private static string Folder => Path.Combine(Path.GetTempPath(), $"quantrac-chaos-{Environment.UserName}");

    private string Filling => Host.Data.In("filling");

    public static async Task<ChaosGround> MakeAsync()
    {
        await ClearAsync();
        Directory.CreateDirectory(Folder);
        var small = Environment.IsPrivilegedProcess && await RunAsync("mount", "-t", "tmpfs", "-o", $"size={Megabytes}m,mode=0711", "tmpfs", Folder) == 0;
        var host = await DatabaseHost.OpenAsync(await DataFolder.OpenAsync(Folder, PortalHome.Folder, default), null, default);
        await new Migrator(PortalHome.Migrations).MigrateAsync(host.Logins.ConnectionString(DatabaseRole.Owner), default);
        await ReferenceLoader.LoadAsync(host.Logins.ConnectionString(DatabaseRole.Owner), PortalHome.Seed, default);
        var ground = new ChaosGround(host, small);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        foreach (var name in new[] { "manager", "reviewer" })
        {
            var (_, problems) = await scope.ServiceProvider.GetRequiredService<CreateAccount>().RunAsync(CommandContext.Console, name, Role.Manager, "SONNMT", RunningPortal.Password);
            Assert.Empty(problems);
        }
        return ground;
    }

    /// <summary>A node in this process, by a wire that can be cut; it keeps the cluster alive.</summary>
    public async Task<WebApplication> StartNodeAsync(ILoggerProvider log)
    {
        var superuser = await new PrivateCluster(Host.Data).SuperuserAsync(Host.Logins.Database, default);
        wire = new CutWire(Path.Combine(superuser.Host!, $".s.PGSQL.{superuser.Port}"));
        var logins = await DatabaseLogins.LoadAsync(wire.To(Host.Logins.Database), Host.Data.Logins, default);
        Environment.SetEnvironmentVariable("Logging__Console__LogLevel__Default", "None");
        var node = WebPortal.Build(new PortalSettings(logins, Host.Data, "http://127.0.0.1:0", Demo: false) { Cluster = Host.Cluster, Reserve = new(Host.Data.Path, ReserveMegabytes * 1024 * 1024) });
        node.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await node.StartAsync();
        return node;
    }

    /// <summary>The portal as it is started in earnest; returns when it is ready.</summary>
    public async Task<(Process Process, Uri Address)> StartProcessAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var process = Start("serve", "--empty", "--port", $"{address.Port}");
        using var client = new HttpClient { BaseAddress = address };
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await IsReadyAsync(client))
        {
            Assert.False(process.HasExited, "The portal ended before it was ready.");
            await Task.Delay(50, limit.Token);
        }
        return (process, address);
    }

    /// <summary>A verb in a process of its own.</summary>
    public Process Start(params string[] words)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "QuanTrac.Portal.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. words, "--data", Host.Data.Path]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[DiskReserve.Variable] = $"{ReserveMegabytes}";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        processes.Add(process);
        return process;
    }

    /// <summary>Asks a process to stop.</summary>
    /// <returns>Seconds until it had.</returns>
    public static async Task<double> StopAsync(Process process)
    {
        var watch = Stopwatch.StartNew();
        await RunAsync("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
        await process.WaitForExitAsync();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>A client that is signed in as the manager.</summary>
    public static async Task<HttpClient> ClientAsync(Uri address)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = address };
        using var answer = await HttpPortal.SignInAsync(client, "manager", RunningPortal.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    public async Task<QuanTrac.Portal.Domain.Access.Access> AccessAsync(string account)
    {
        await using var portal = CommandContext.Portal(Host);
        await using var scope = portal.CreateAsyncScope();
        return await CommandContext.AccessAsync(scope.ServiceProvider, account, default);
    }

    /// <summary>kill -9, as the kernel does it where memory runs out. Returns when the last of its processes has noticed: until then one may still answer.</summary>
    public async Task KillDatabaseAsync()
    {
        var all = Servers();
        using (var server = Process.GetProcessById(Postmaster))
            server.Kill();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (all.Intersect(Servers()).Any())
            await Task.Delay(10, limit.Token);
    }

    /// <summary>The server neither answers nor dies, or goes on.</summary>
    public async Task HangDatabaseAsync(bool hangs)
    {
        foreach (var server in Servers())
            await RunAsync("kill", hangs ? "-STOP" : "-CONT", server);
    }

    /// <summary>Fills the disk to the last block.</summary>
    public void Fill()
    {
        try
        {
            using var file = new FileStream(Filling, FileMode.Create);
            var block = new byte[1 << 20];
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => File.Delete(Filling);

    /// <summary>As superuser, beside the wire.</summary>
    public async Task<NpgsqlConnection> OpenAsync(string? database = null)
    {
        var connection = new NpgsqlConnection((await new PrivateCluster(Host.Data).SuperuserAsync(database ?? Host.Logins.Database, default)).ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<T?> ReadAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        return await connection.ScalarAsync<T>(sql, default);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            if (!process.HasExited)
                process.Kill();
            process.Dispose();
        }
        wire?.Dispose();
        await HangDatabaseAsync(false);
        await Host.DisposeAsync();
        await ClearAsync();
    }

    // The processes of the cluster by their numbers.
    private List<string> Servers() => [.. Directory.GetDirectories("/proc").Select(folder => Path.GetFileName(folder)!)
        .Where(number => number.All(char.IsAsciiDigit) && new FileInfo($"/proc/{number}/cwd").LinkTarget == Host.Data.Cluster)];

    private int Postmaster => int.Parse(File.ReadLines(Path.Combine(Host.Data.Cluster, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static async Task ClearAsync()
    {
        if (!Directory.Exists(Folder))
            return;
        await new PrivateCluster(await DataFolder.OpenAsync(Folder, PortalHome.Folder, default)).StopAsync(default);
        if (Environment.IsPrivilegedProcess)
            await RunAsync("umount", "--lazy", Folder);
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/readyz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
