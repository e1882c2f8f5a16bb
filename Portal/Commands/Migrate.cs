namespace QuanTrac.Portal.Commands;

/// <summary><c>migrate</c>: logins, database and schema up to date.</summary>
public sealed class Migrate
{
    /// <summary>Applies what is pending.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await context.Output.WriteLineAsync(context.Texts["SchemaCurrent"]);
        return 0;
    }
}
