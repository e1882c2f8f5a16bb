using QuanTrac.Portal.Features.Demo;

namespace QuanTrac.Portal.Commands;

/// <summary><c>demo remove</c>: takes the demo accounts off an installation in production.</summary>
public sealed class DemoRemove
{
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var removed = await scope.ServiceProvider.GetRequiredService<RemoveDemoAccounts>().RunAsync(CommandContext.Console, cancel);
        await context.Output.WriteLineAsync(context.Texts["DemoRemoved", removed]);
        return 0;
    }
}
