using System.Globalization;
using QuanTrac.Portal.Features.Assessment;

namespace QuanTrac.Portal.Commands;

/// <summary><c>reassess</c>: every result by the standards and the engine of now, with the difference.</summary>
public sealed class Reassess
{
    /// <summary>Prints a line for each kind of change; with --dry-run nothing is kept.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await context.SeedAsync(host, cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var access = await CommandContext.AccessAsync(scope.ServiceProvider, context.Line.Option("as"), cancel);
        var trial = context.Line.Has("dry-run");
        var done = await scope.ServiceProvider.GetRequiredService<ReassessResults>().RunAsync(access, trial, cancel);
        await context.Output.WriteLineAsync("view,standard_before,standard,parameter,before,after,results");
        foreach (var change in done.Changes)
        {
            await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{change.View},{change.StandardBefore},{change.Standard},{change.Parameter},{change.Before},{change.After},{change.Results}"));
        }
        var changed = done.Changes.Sum(change => change.Results);
        // Whoever is at the machine may name any account: that is no second person.
        if (!trial && !done.Kept)
        {
            await context.Notes.WriteLineAsync(context.Texts["ReassessLooser", changed, done.Looser]);
            return 1;
        }
        await context.Notes.WriteLineAsync(context.Texts[trial ? "ReassessTrial" : "Reassessed", changed]);
        return 0;
    }
}
