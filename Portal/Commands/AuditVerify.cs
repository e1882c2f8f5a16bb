using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Commands;

/// <summary><c>audit verify</c>: whether the chain of the audit is whole, and where it breaks.</summary>
public sealed class AuditVerify
{
    /// <returns>0 whole, 1 broken.</returns>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var known = await VerifyAudit.HeadsAsync(new BackupPlace(BackupSettings.FolderOf(host.Data)), cancel);
        var state = await scope.ServiceProvider.GetRequiredService<VerifyAudit>().RunAsync(CommandContext.Console, known, cancel);
        if (state.Break is { } broken)
        {
            await context.Output.WriteLineAsync(context.Texts.Of(broken.Kind, [$"{broken.Entry}", broken.Source]));
            return 1;
        }
        await context.Output.WriteLineAsync(context.Texts["AuditWhole", state.Head?.Place ?? 0, state.Unsealed, state.Head?.Hash ?? "–"]);
        return 0;
    }
}
