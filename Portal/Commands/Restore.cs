using System.Globalization;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Commands;

/// <summary><c>restore</c>: a backup into a new database, or in the place of the portal's own.</summary>
public sealed class Restore
{
    /// <returns>0 restored; 1 only said who is working and what was written since.</returns>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var (backup, into) = (context.Line.Arguments[0], context.Line.Option("into"));
        await using var host = await context.OpenForRestoreAsync(cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        if (into is null && !await AgreedAsync(context, scope.ServiceProvider, backup, cancel))
            return 1;
        var done = await scope.ServiceProvider.GetRequiredService<RestoreBackup>()
            .RunAsync(CommandContext.Console, backup, into, new BackupNow.StageLines(context), cancel);
        await context.Output.WriteLineAsync(context.Texts["Restored", done.Database, done.Seconds.ToString("0.0", CultureInfo.InvariantCulture), done.FilesPutBack]);
        if (done.Kept is not null)
            await context.Output.WriteLineAsync(context.Texts["RestoreKept", done.Kept]);
        if (done.Silent.Count > 0)
            await context.Notes.WriteLineAsync(context.Texts["RestoreSilent", string.Join(", ", done.Silent)]);
        if (done.Leftovers > 0)
            await context.Output.WriteLineAsync(context.Texts["RestoreOffers", done.Leftovers]);
        return 0;
    }

    private static async Task<bool> AgreedAsync(CommandContext context, IServiceProvider portal, string backup, CancellationToken cancel)
    {
        await SayWorkAsync(context, await portal.GetRequiredService<PeopleAtWork>().RunAsync(CommandContext.Console, cancel));
        var written = await portal.GetRequiredService<BackupLosses>().RunAsync(CommandContext.Console, backup, cancel);
        await context.Notes.WriteLineAsync(written.Items.Count + written.Tables.Count > 0 ? context.Texts["RestoreWritten", Figures.Moment(written.Since)] : context.Texts["RestoreLosesNothing"]);
        foreach (var item in RestoreSentence.Kinds.SelectMany(kind => written.Items.Where(item => item.Kind == kind)))
            await context.Notes.WriteLineAsync(context.Texts["RestoreItem", Figures.Moment(item.At), RestoreSentence.Of(item.Kind, item.Facts, context.Texts.Language), $"{item.Organisation} {item.Who}".Trim()]);
        foreach (var loss in written.Tables)
            await context.Notes.WriteLineAsync(context.Texts["RestoreLoss", loss.Table, loss.Now, loss.InBackup, loss.Lost]);
        if (!context.Line.Has("yes"))
            await context.Notes.WriteLineAsync(context.Texts["RestoreSayYes"]);
        return context.Line.Has("yes");
    }

    private static async Task SayWorkAsync(CommandContext context, WorkNow? work)
    {
        if (work is null)
            return;
        await context.Notes.WriteLineAsync(context.Texts[work.People.Count > 0 ? "RestoreWorking" : "RestoreNobody"]);
        foreach (var person in work.People)
            await context.Notes.WriteLineAsync(context.Texts["RestorePerson", person.Account, person.Name, person.Organisation, person.Pages, Figures.Moment(person.Since)]);
        if (work.Jobs.Count + work.Checks + work.Writers + work.Nodes.Count + work.Verbs.Count > 0)
        {
            await context.Notes.WriteLineAsync(context.Texts["RestoreBusy", Words(work.Jobs), work.Checks, work.Writers, Words(work.Nodes), Words(work.Verbs)]);
        }
    }

    private static string Words(IReadOnlyList<string> names) => names.Count == 0 ? "–" : string.Join(", ", names);
}
