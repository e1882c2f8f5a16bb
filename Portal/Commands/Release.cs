using QuanTrac.Portal.Features.Campaigns;

namespace QuanTrac.Portal.Commands;

/// <summary><c>release</c>: a campaign for guests.</summary>
public sealed class Release
{
    /// <summary>Releases, or takes back.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var access = await CommandContext.AccessAsync(scope.ServiceProvider, context.Line.Option("as"), cancel);
        var release = scope.ServiceProvider.GetRequiredService<ReleaseCampaign>();
        var code = context.Line.Arguments[0];
        var campaign = await release.FindAsync(access, code, cancel) ?? throw new UsageException(UsageFault.CampaignUnknown, code);

        var undo = context.Line.Has("undo");
        var outcome = await release.RunAsync(access, campaign, context.Line.Option("document") ?? "", !undo, cancel);
        if (outcome != ReleaseOutcome.Done)
        {
            await context.Notes.WriteLineAsync(context.Texts.Of(outcome, [code]));
            return 1;
        }
        await context.Output.WriteLineAsync(context.Texts[undo ? "ReleaseTakenBack" : "Released", code]);
        return 0;
    }
}
