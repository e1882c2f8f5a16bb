using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Migrations;

namespace QuanTrac.Portal.Commands;

/// <summary>What every verb works with: what was typed, where to write, how to stop.</summary>
/// <param name="Line">The command line.</param>
/// <param name="Texts">The sentences.</param>
/// <param name="Output">For results: what a program may read.</param>
/// <param name="Notes">For remarks: what only people read.</param>
public sealed record CommandContext(CommandLine Line, CommandTexts Texts, TextWriter Output, TextWriter Notes)
{
    /// <summary>The connection string given by <c>--database</c> or QUANTRAC_DATABASE; null for the private cluster.</summary>
    public string? GivenDatabase => Line.Option("database") ?? Setting("QUANTRAC_DATABASE");

    /// <summary>The data folder: <c>--data</c>, QUANTRAC_DATA, or the rule's choice.</summary>
    public Task<DataFolder> OpenDataAsync(CancellationToken cancel) =>
        DataFolder.OpenAsync(Line.Option("data") ?? Setting("QUANTRAC_DATA"), PortalHome.Folder, cancel);

    /// <summary>Opens the database (starting the private cluster if it is down) without touching its schema.</summary>
    public async Task<DatabaseHost> OpenDatabaseAsync(CancellationToken cancel) =>
        await DatabaseHost.OpenAsync(await OpenDataAsync(cancel), GivenDatabase, cancel);

    /// <summary>Brings the schema up to date and says which steps were taken.</summary>
    public async Task MigrateAsync(DatabaseHost host, CancellationToken cancel)
    {
        var applied = await new Migrator(PortalHome.Migrations).MigrateAsync(host.Logins.ConnectionString(DatabaseRole.Owner), cancel);
        foreach (var name in applied)
        {
            await Notes.WriteLineAsync(Texts["Migrated", name]);
        }
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : null;
}
