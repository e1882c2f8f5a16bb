using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Commands;

/// <summary><c>backup verify</c>: a backup proven anew.</summary>
public sealed class BackupVerify
{
    /// <returns>0 proven, 1 not.</returns>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        var place = new BackupPlace(BackupSettings.FolderOf(host.Data));
        var backup = context.Line.Arguments.Count > 0 ? context.Line.Arguments[0] : place.Names().Count > 0 ? place.Names()[0] : "";
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        return await BackupNow.SayAsync(context, await scope.ServiceProvider.GetRequiredService<ProveBackup>()
            .RunAsync(CommandContext.Console, backup, new BackupNow.StageLines(context), cancel));
    }
}
