using System.Globalization;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Commands;

/// <summary><c>restored take</c>: takes over from the kept database.</summary>
public sealed class RestoredTake
{
    /// <returns>0 all that was asked for is in the data; 1 something is not.</returns>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var typed = context.Line.Arguments[0];
        if (typed != "all" && !int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new UsageException(UsageFault.ArgumentsWrong, "restored take NUMBER|all [--from DATABASE]");
        await using var host = await context.OpenDatabaseAsync(cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var left = scope.ServiceProvider.GetRequiredService<Leftovers>();
        var open = (await left.ListAsync(CommandContext.Console, context.Line.Option("from"), cancel)).Where(item => item.State == LeftoverState.Open)
            .Where(item => typed == "all" ? item.Kind is not ("organisations" or "act") : item.Id.ToString(CultureInfo.InvariantCulture) == typed)
            // Accounts first: what others did is done again under their names.
            .OrderBy(item => item.Kind != "account").ThenBy(item => item.At).ToList();
        if (open.Count == 0)
            await context.Notes.WriteLineAsync(context.Texts["LeftoverNone"]);
        var failed = 0;
        foreach (var item in open)
        {
            var outcome = await scope.ServiceProvider.GetRequiredService<TakeOver>().RunAsync(CommandContext.Console, item.Id, cancel);
            failed += outcome.Done ? 0 : 1;
            var tried = item with { State = outcome.Done ? LeftoverState.Taken : LeftoverState.Open, Outcome = [outcome.Result.ToString(), .. outcome.Facts] };
            await context.Output.WriteLineAsync(RestoredList.Line(context, tried));
            if (outcome.Secret is { } secret)
                await context.Output.WriteLineAsync(context.Texts["LeftoverSecret", outcome.Facts[0], secret]);
        }
        return failed == 0 ? 0 : 1;
    }
}
