using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>What backups are made of and where they go.</summary>
/// <param name="Folder">QUANTRAC_BACKUPS, else <c>backups</c> in the data folder.</param>
/// <param name="Copy">QUANTRAC_BACKUP_COPY, the second place; null where there is none.</param>
public sealed record BackupSettings(DatabaseLogins Logins, DataFolder Data, string Folder, string? Copy)
{
    /// <summary>Bytes free where a folder lies; tests say other numbers.</summary>
    public Func<string, long> FreeBytes { get; init; } = folder => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>How the key is found.</summary>
    public Func<CancellationToken, Task<BackupKey>> Key { get; init; } = cancel => BackupKey.LoadAsync(Data, cancel);

    /// <summary>How long a restore waits for nodes and verbs to leave.</summary>
    public TimeSpan ClosingPatience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The database that copies are made of.</summary>
    public string Template { get; init; } = BootstrapSql.Template;

    public CopyDatabase Copies => new(Logins, Template);

    public BackupPlace Place => new(Folder);

    public FileStore Store => new(Data.Files);

    /// <summary>As the environment says.</summary>
    public static BackupSettings Of(DatabaseLogins logins, DataFolder data) =>
        new(logins, data, FolderOf(data), Given("QUANTRAC_BACKUP_COPY"));

    /// <summary>Where the backups of an installation lie.</summary>
    public static string FolderOf(DataFolder data) => Given("QUANTRAC_BACKUPS") ?? data.In("backups");

    private static string? Given(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? Path.GetFullPath(set) : null;
}
