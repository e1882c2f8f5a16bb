using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Commands;

/// <summary><c>restored list</c>: what only the kept database has.</summary>
public sealed class RestoredList
{
    /// <summary>A line for each: number, state, what it is, who, what became of it.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await using var host = await context.OpenDatabaseAsync(cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var items = await scope.ServiceProvider.GetRequiredService<Leftovers>().ListAsync(CommandContext.Console, context.Line.Option("from"), cancel);
        if (items.Count == 0)
            await context.Notes.WriteLineAsync(context.Texts["LeftoverNone"]);
        foreach (var item in items)
            await context.Output.WriteLineAsync(Line(context, item));
        return 0;
    }

    internal static string Line(CommandContext context, Leftover item) => context.Texts[
        "LeftoverLine", item.Id, item.State.ToString().ToLowerInvariant(), RestoreSentence.Of(item.Kind, item.Facts, context.Texts.Language),
        string.Join(" · ", new[] { item.Organisation, item.Who, Figures.Moment(item.At) }.Where(part => part.Length > 0)), RestoreSentence.Outcome(item.Outcome, context.Texts.Language)];
}
