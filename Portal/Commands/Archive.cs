using System.Globalization;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Commands;

/// <summary><c>archive</c>: the open archive of a year.</summary>
public sealed class Archive
{
    /// <returns>0 written; 1 a document was missing.</returns>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var typed = context.Line.Arguments[0];
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1990 or > 2200)
            throw new UsageException(UsageFault.ArgumentsWrong, "archive YEAR [--to FOLDER]");
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var to = context.Line.Option("to") is { } given ? Path.GetFullPath(given) : null;
        var done = await scope.ServiceProvider.GetRequiredService<WriteArchive>().RunAsync(CommandContext.Console, year, to, cancel);
        await context.Output.WriteLineAsync(context.Texts["ArchiveWritten", done.Folder, done.Results, done.Documents]);
        if (done.DocumentsLacking.Count > 0)
            await context.Notes.WriteLineAsync(context.Texts["ArchiveLacks", done.DocumentsLacking.Count, done.DocumentsLacking[0]]);
        return done.DocumentsLacking.Count == 0 ? 0 : 1;
    }
}
