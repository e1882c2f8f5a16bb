using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
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
        var demo = await BeginAsync(context, host, cancel) == InstallationMode.Demo;
        if (demo)
            await DemoDataAsync(host, cancel);
        else
            await FirstAdministratorAsync(context, host);
        await PlanDutiesAsync(host, cancel);

        var address = $"http://{new IPEndPoint(listen, port)}";
        var settings = new PortalSettings(host.Logins, host.Data, address, demo) { Cluster = host.Cluster };
        await using var portal = WebPortal.Build(settings);
        await portal.StartAsync(cancel);
        // From here on it is the node that a restore closes.
        await host.LeaveAsync();
        await context.Output.WriteLineAsync(context.Texts["Ready", address]);
        if (settings.Demo)
            await TellDemoAccountsAsync(context, portal.Services, cancel);
        // What has not ended by then waits for something that is dead; what it left in the database is undone there.
        await using var last = cancel.Register(() => AtLast.Change(LastResort, Timeout.InfiniteTimeSpan));
        await portal.WaitForShutdownAsync(cancel);
        await context.Notes.WriteLineAsync(context.Texts["Stopped"]);
        return 0;
    }

    // What it was started as once, it stays: a plain start of an installation in production adds nothing to it.
    private static async Task<InstallationMode> BeginAsync(CommandContext context, DatabaseHost host, CancellationToken cancel)
    {
        await using var owner = new NpgsqlConnection(host.Logins.ConnectionString(DatabaseRole.Owner));
        await owner.OpenAsync(cancel);
        var mode = await Installation.StartAsync(owner, demo: !context.Line.Has("empty"), cancel);
        if (mode == InstallationMode.Demo)
        {
            var real = await owner.ScalarAsync<long>("SELECT count(*) FROM account WHERE NOT demo", cancel);
            if (real > 0)
                await context.Notes.WriteLineAsync(context.Texts["DemoBesideReal", real]);
            return mode;
        }
        if (!context.Line.Has("empty"))
            await context.Notes.WriteLineAsync(context.Texts["GoesOnEmpty"]);
        var closed = await Installation.DemoAccountsAsync(owner, cancel);
        if (closed > 0)
            await context.Output.WriteLineAsync(context.Texts["DemoClosed", closed]);
        return mode;
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
        // An upgrade may leave to be computed what guests see; it is no other verdict, only made of what is open to them.
        await using (var transaction = await owner.BeginTransactionAsync(cancel))
        {
            await owner.AllowLongAsync(cancel);
            await new RunAssessment(owner, PortalDay.Of(TimeProvider.System)).OfOpenedAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        if (await AssessmentState.IsDueAsync(owner, cancel))
            await context.Notes.WriteLineAsync(context.Texts["ReassessmentDue"]);
    }

    // Without demo data somebody must be able to sign in: the first administrator, once. A closed demo account lets nobody in, and may have the usual name.
    private static async Task FirstAdministratorAsync(CommandContext context, DatabaseHost host)
    {
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        await using var accounts = scope.ServiceProvider.GetRequiredService<SystemDb>();
        if (await accounts.Accounts.AnyAsync(account => !account.Demo && account.Role == "admin" && account.LeftAt == null))
            return;
        var taken = await accounts.Accounts.Select(account => account.NormalizedUserName!).ToListAsync();
        var name = Enumerable.Range(2, taken.Count + 1).Select(number => string.Create(CultureInfo.InvariantCulture, $"quantri{number}")).Prepend("quantri").Prepend("admin")
            .First(free => !taken.Contains(free.ToUpperInvariant()));
        var (password, problems) = await scope.ServiceProvider.GetRequiredService<CreateAccount>().RunAsync(CommandContext.Console, name, Role.Admin, "TTCNTT");
        if (password is null)
            throw new InvalidOperationException($"The first administrator cannot be made: {string.Join(", ", problems)}.");
        await context.Output.WriteLineAsync(context.Texts["FirstAdministrator", name, password]);
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
