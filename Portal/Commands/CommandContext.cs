using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Commands;

/// <summary>What every verb works with: what was typed, where to write, how to stop.</summary>
/// <param name="Line">The command line.</param>
/// <param name="Texts">The sentences.</param>
/// <param name="Output">For results: what a program may read.</param>
/// <param name="Notes">For remarks: what only people read.</param>
public sealed record CommandContext(CommandLine Line, CommandTexts Texts, TextWriter Output, TextWriter Notes)
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The connection string given by <c>--database</c> or QUANTRAC_DATABASE; null for the private cluster.</summary>
    public string? GivenDatabase => Line.Option("database") ?? Setting("QUANTRAC_DATABASE");

    /// <summary>The data folder: <c>--data</c>, QUANTRAC_DATA, or the rule's choice.</summary>
    public Task<DataFolder> OpenDataAsync(CancellationToken cancel) =>
        DataFolder.OpenAsync(Line.Option("data") ?? Setting("QUANTRAC_DATA"), PortalHome.Folder, cancel);

    /// <summary>Opens the database (starting the private cluster if it is down) without touching its schema. While it is open no restore begins; where one goes on,
    /// this is refused.</summary>
    /// <exception cref="SetupException"><see cref="SetupFault.PortalClosed"/></exception>
    public async Task<DatabaseHost> OpenDatabaseAsync(CancellationToken cancel)
    {
        var host = await DatabaseHost.OpenAsync(await OpenDataAsync(cancel), GivenDatabase, cancel);
        try
        {
            await host.EnterAsync(Line.Verb ?? "", cancel);
            await Maintained.ByVerbAsync(host.Logins.ConnectionString(DatabaseRole.Owner), Line.Verb ?? "", cancel);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens it for a restore, which closes the gate itself and may find no database.</summary>
    public async Task<DatabaseHost> OpenForRestoreAsync(CancellationToken cancel) =>
        await DatabaseHost.OpenAsync(await OpenDataAsync(cancel), GivenDatabase, cancel, replacing: true);

    /// <summary>Brings the schema up to date and says which steps were taken. Under nodes that serve it does not change: they know another one.</summary>
    /// <exception cref="SetupException"><see cref="SetupFault.NodesServing"/></exception>
    public async Task MigrateAsync(DatabaseHost host, CancellationToken cancel)
    {
        var pending = await new Migrator(PortalHome.Migrations).PendingAsync(host.Logins.ConnectionString(DatabaseRole.Owner), cancel);
        if (pending.Count > 0 && await host.NodesAsync(cancel) is { Count: > 0 } nodes)
            throw new SetupException(SetupFault.NodesServing, string.Join(", ", nodes), string.Join(", ", pending));
        var applied = await new Migrator(PortalHome.Migrations).MigrateAsync(host.Logins.ConnectionString(DatabaseRole.Owner), cancel);
        foreach (var name in applied)
        {
            await Notes.WriteLineAsync(Texts["Migrated", name]);
        }
        await Maintained.UpgradeAsync(host.Logins.ConnectionString(DatabaseRole.Owner), applied, cancel);
    }

    /// <summary>Loads the reference data that belong to this program; says where a local row stands in the way.</summary>
    public async Task<ReferenceLoad> SeedAsync(DatabaseHost host, CancellationToken cancel)
    {
        var load = await ReferenceLoader.LoadAsync(host.Logins.ConnectionString(DatabaseRole.Owner), PortalHome.Seed, cancel);
        foreach (var clash in load.Clashes)
        {
            await Notes.WriteLineAsync(Texts["SeedClash", clash]);
        }
        return load;
    }

    /// <summary>The use-cases of the portal, without the web.</summary>
    public static ServiceProvider Portal(DatabaseHost host)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddPortal(host.Logins.ConnectionString, host.Data.Files);
        services.AddSingleton(BackupSettings.Of(host.Logins, host.Data));
        return services.BuildServiceProvider();
    }

    /// <summary>The access of the account that a verb acts as.</summary>
    /// <exception cref="UsageException">There is no such account, or it does not open.</exception>
    public static async Task<Domain.Access.Access> AccessAsync(IServiceProvider portal, string? account, CancellationToken cancel)
    {
        var accounts = portal.GetRequiredService<UserManager<Account>>();
        if (account is null || await accounts.FindByNameAsync(account) is null)
            throw new UsageException(UsageFault.AccountUnknown, account ?? "");
        return await AccountAccess.FindAsync(portal.GetRequiredService<PortalDatabase>(), accounts, account, cancel) ?? throw new UsageException(UsageFault.AccountClosed, account);
    }

    /// <summary>The machine itself: whoever may run a verb on the server may do what an administrator may.</summary>
    public static Domain.Access.Access Console { get; } =
        new(Domain.Access.Role.Admin, Domain.Access.Login.Province, null, "console", 0, "");

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : null;
}
