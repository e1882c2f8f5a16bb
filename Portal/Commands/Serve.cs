using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Demo;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Commands;

/// <summary><c>serve</c>: everything that the portal needs, then the portal, until it is told to stop.</summary>
public sealed class Serve
{
    private const int DefaultPort = 5080;

    private static readonly TimeSpan LastResort = TimeSpan.FromSeconds(7);
    private static readonly Timer AtLast = new(_ => Environment.Exit(0));

    /// <summary>Serves until a signal; what it started goes down with it.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var (listen, port) = Address(context.Line);
        RequireFree(listen, port);
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await context.SeedAsync(host, cancel);
        await AssessmentStateAsync(context, host, cancel);
        if (context.Line.Has("empty"))
            await FirstAdministratorAsync(context, host);
        else
            await DemoDataAsync(host, cancel);
        await PlanDutiesAsync(host, cancel);

        var address = $"http://{new IPEndPoint(listen, port)}";
        var settings = new PortalSettings(host.Logins, host.Data, address, Demo: !context.Line.Has("empty")) { Cluster = host.Cluster };
        await using var portal = WebPortal.Build(settings);
        await portal.StartAsync(cancel);
        await context.Output.WriteLineAsync(context.Texts["Ready", address]);
        if (settings.Demo)
            await TellDemoAccountsAsync(context, portal.Services, cancel);
        // What has not ended by then waits for something that is dead; what it left in the database is undone there.
        await using var last = cancel.Register(() => AtLast.Change(LastResort, Timeout.InfiniteTimeSpan));
        await portal.WaitForShutdownAsync(cancel);
        await context.Notes.WriteLineAsync(context.Texts["Stopped"]);
        return 0;
    }

    private static async Task DemoDataAsync(DatabaseHost host, CancellationToken cancel)
    {
        await using var portal = CommandContext.Portal(host);
        await DemoData.EnsureAsync(portal, host.Logins.ConnectionString(DatabaseRole.Owner), cancel);
    }

    private static async Task TellDemoAccountsAsync(CommandContext context, IServiceProvider portal, CancellationToken cancel)
    {
        await context.Output.WriteLineAsync(context.Texts["DemoAccounts", DemoAccounts.Password, string.Join(", ", DemoAccounts.All.Select(a => a.Name))]);
        await using var scope = portal.CreateAsyncScope();
        foreach (var (name, secret) in await DemoAccounts.SecretsAsync(scope.ServiceProvider, cancel))
            await context.Output.WriteLineAsync(context.Texts["DemoSecondStep", name, secret, TimeCode.Address(secret, name)]);
    }

    // So that the calendar is there on the first day, and not only after the job of the morning.
    private static async Task PlanDutiesAsync(DatabaseHost host, CancellationToken cancel)
    {
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PlanDuties>().RunAsync(CommandContext.Console, cancel);
    }

    // A new engine or new standards do not change verdicts behind anybody's back: an administrator looks at the difference first.
    private static async Task AssessmentStateAsync(CommandContext context, DatabaseHost host, CancellationToken cancel)
    {
        await using var owner = new NpgsqlConnection(host.Logins.ConnectionString(DatabaseRole.Owner));
        await owner.OpenAsync(cancel);
        await AssessmentState.BeginAsync(owner, cancel);
        if (await AssessmentState.IsDueAsync(owner, cancel))
            await context.Notes.WriteLineAsync(context.Texts["ReassessmentDue"]);
    }

    // Without demo data somebody must be able to sign in: the first account, once.
    private static async Task FirstAdministratorAsync(CommandContext context, DatabaseHost host)
    {
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        await using var accounts = scope.ServiceProvider.GetRequiredService<SystemDb>();
        if (await accounts.Accounts.AnyAsync())
            return;
        var (password, _) = await scope.ServiceProvider.GetRequiredService<CreateAccount>()
            .RunAsync(CommandContext.Console, "admin", Role.Admin, "TTCNTT");
        await context.Output.WriteLineAsync(context.Texts["FirstAdministrator", "admin", password!]);
    }

    private static (IPAddress Listen, int Port) Address(CommandLine line)
    {
        var typed = line.Option("port") ?? DefaultPort.ToString(CultureInfo.InvariantCulture);
        if (!int.TryParse(typed, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
        {
            throw new UsageException(UsageFault.OptionValueInvalid, "port", typed);
        }

        var listen = line.Option("listen") ?? Environment.GetEnvironmentVariable("QUANTRAC_LISTEN") ?? "127.0.0.1";
        return IPAddress.TryParse(listen, out var address)
            ? (address, port)
            : throw new UsageException(UsageFault.OptionValueInvalid, "listen", listen);
    }

    // Asked first, so that a second start says so before it touches the database.
    private static void RequireFree(IPAddress listen, int port)
    {
        try
        {
            using var probe = new TcpListener(listen, port);
            probe.Start();
        }
        catch (SocketException e)
        {
            throw new SetupException(SetupFault.PortTaken, new IPEndPoint(listen, port).ToString(), e.Message);
        }
    }
}
