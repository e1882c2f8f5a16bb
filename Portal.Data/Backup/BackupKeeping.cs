namespace QuanTrac.Portal.Data.Backup;

/// <summary>A backup as the rule of keeping sees it.</summary>
public sealed record KeptBackup(string Name, string Kind, DateTimeOffset TakenAt, bool Proven);

/// <summary>Which backups are kept: of each kind so many, and only proven ones count, so that eight bad weeks push out no good one.</summary>
public static class BackupKeeping
{
    // Yearly ones for ever.
    private static readonly Dictionary<string, int> Most = new() { ["daily"] = 7, ["weekly"] = 8, ["monthly"] = 24, ["manual"] = 8 };

    /// <summary>Names of those to let go: beyond the number of their kind; and unproven ones once a newer of their kind is proven.</summary>
    public static IReadOnlyList<string> ToDrop(IEnumerable<KeptBackup> backups)
    {
        List<string> drop = [];
        foreach (var kind in backups.GroupBy(backup => backup.Kind).Where(kind => Most.ContainsKey(kind.Key)))
        {
            var proven = kind.Where(backup => backup.Proven).OrderByDescending(backup => backup.TakenAt).ThenByDescending(backup => backup.Name, StringComparer.Ordinal).ToList();
            drop.AddRange(proven.Skip(Most[kind.Key]).Select(backup => backup.Name));
            drop.AddRange(kind.Where(backup => !backup.Proven && proven.Count > 0 && backup.TakenAt < proven[0].TakenAt).Select(backup => backup.Name));
        }
        return drop;
    }
}
