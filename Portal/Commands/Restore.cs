using System.Globalization;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Commands;

/// <summary><c>restore</c>: a backup into a new database, or in the place of the portal's own.</summary>
public sealed class Restore
{
    /// <returns>0 restored; 1 only said what would be lost.</returns>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var (backup, into) = (context.Line.Arguments[0], context.Line.Option("into"));
        await using var host = await context.OpenDatabaseAsync(cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        if (into is null && !await AgreedAsync(context, scope.ServiceProvider, backup, cancel))
            return 1;
        var done = await scope.ServiceProvider.GetRequiredService<RestoreBackup>()
            .RunAsync(CommandContext.Console, backup, into, new BackupNow.StageLines(context), cancel);
        await context.Output.WriteLineAsync(context.Texts["Restored", done.Database, done.Seconds.ToString("0.0", CultureInfo.InvariantCulture), done.FilesPutBack]);
        if (done.Kept is not null)
            await context.Output.WriteLineAsync(context.Texts["RestoreKept", done.Kept]);
        return 0;
    }

    private static async Task<bool> AgreedAsync(CommandContext context, IServiceProvider portal, string backup, CancellationToken cancel)
    {
        var losses = await portal.GetRequiredService<BackupLosses>().RunAsync(CommandContext.Console, backup, cancel);
        await context.Notes.WriteLineAsync(context.Texts[losses.Count > 0 ? "RestoreWouldLose" : "RestoreLosesNothing"]);
        foreach (var loss in losses)
            await context.Notes.WriteLineAsync(context.Texts["RestoreLoss", loss.Table, loss.Now, loss.InBackup, loss.Lost]);
        if (!context.Line.Has("yes"))
            await context.Notes.WriteLineAsync(context.Texts["RestoreSayYes"]);
        return context.Line.Has("yes");
    }
}
