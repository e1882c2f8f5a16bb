using System.Globalization;
using QuanTrac.Portal.Data.Backup;

namespace QuanTrac.Portal.Commands;

/// <summary><c>backup list</c>: from the folder alone, so that it answers when the database is gone.</summary>
public sealed class BackupList
{
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var place = new BackupPlace(BackupSettings.FolderOf(await context.OpenDataAsync(cancel)));
        foreach (var name in place.Names())
        {
            var manifest = await place.PeekAsync(name, cancel);
            var proven = File.Exists(place.PathOf(name, BackupPlace.ProofName));
            await context.Output.WriteLineAsync(context.Texts["BackupLine", name,
                ((manifest?.Bytes ?? 0) / 1048576.0).ToString("0.0", CultureInfo.InvariantCulture), context.Texts[proven ? "BackupIsProven" : "BackupIsUnproven"]]);
        }
        if (place.Names().Count == 0)
            await context.Notes.WriteLineAsync(context.Texts["BackupNone", place.Root]);
        return 0;
    }
}
