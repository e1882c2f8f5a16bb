namespace QuanTrac.Portal.Commands;

/// <summary><c>seed</c>: the reference data.</summary>
public sealed class Seed
{
    /// <summary>Loads what changed.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        var load = await context.SeedAsync(host, cancel);
        await context.Output.WriteLineAsync(context.Texts[load.Unchanged ? "SeedUnchanged" : "Seeded"]);
        return 0;
    }
}
