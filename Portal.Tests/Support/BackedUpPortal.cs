using Npgsql;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>A small portal with results and the file that they came from, a sealed audit, and one proven backup of it.</summary>
public sealed class BackedUpPortal(TestCluster cluster) : IAsyncLifetime
{
    private PortalDatabase database = null!;

    public PortalOnDatabase Portal { get; } = new(cluster);

    public BackupSettings Settings { get; private set; } = null!;

    /// <summary>Two administrators.</summary>
    public QuanTrac.Portal.Domain.Access.Access One { get; private set; } = null!;

    /// <inheritdoc cref="One"/>
    public QuanTrac.Portal.Domain.Access.Access Other { get; private set; } = null!;

    public BackupKey Key { get; } = BackupKey.Parse(new string('b', 64), "test");

    /// <summary>How the first backup ended.</summary>
    public BackupOutcome First { get; private set; } = null!;

    /// <summary>The backup that the database kept as proven.</summary>
    public string? Kept { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        database = new(Portal.Database.Logins.ConnectionString);
        One = await Portal.AccountAsync("one", QuanTrac.Portal.Domain.Access.Role.Admin, "TTCNTT");
        Other = await Portal.AccountAsync("other", QuanTrac.Portal.Domain.Access.Role.Admin, "TTCNTT");
        var path = AgencySheet.WithEveryOddity().Write(Path.Combine(Portal.Folder, "sheet.xlsx"));
        await Portal.ImportAsync(Portal.Manager, path);
        // Somebody who is in the portal on the day of the backup.
        await Portal.Database.ExecuteAsync(
            "INSERT INTO account_session (id, account_id, way, started_at, seen_at, ends_at) SELECT gen_random_uuid(), id, 'password', now(), now(), now() + interval '10 hours' FROM account WHERE user_name = 'manager'");
        var data = await DataFolder.OpenAsync(Portal.Folder, PortalHome.Folder, default);
        Settings = new(Portal.Database.Logins, data, data.In("backups"), null) { Key = _ => Task.FromResult(Key), ClosingPatience = TimeSpan.FromSeconds(8) };
        First = await TakeAsync(Settings);
        // Before the tests of the rule of keeping take it away.
        Kept = (string?)await Portal.Database.ReadAsync(
            DatabaseRole.Province, "SELECT folder FROM backup_run WHERE state = 'proven' AND proven_at IS NOT NULL AND evidence IS NOT NULL");
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Portal.DisposeAsync();
    }

    /// <summary>Backs up with other settings.</summary>
    public Task<BackupOutcome> TakeAsync(BackupSettings settings, string kind = "weekly", IProgress<BackupStage>? progress = null) =>
        new TakeBackup(settings, Runs, new SealAudit(database), new RaiseNotice(database, TimeProvider.System), TimeProvider.System).RunAsync(CommandContext.Console, kind, progress, default);

    public Task<BackupOutcome> ProveAsync(BackupSettings settings, string backup) =>
        new ProveBackup(settings, Runs, TimeProvider.System).RunAsync(CommandContext.Console, backup, null, default);

    public Task<RestoreOutcome> RestoreAsync(string backup, string? into, IProgress<BackupStage>? progress = null, TimeSpan? patience = null) =>
        Restore(patience is { } told ? Settings with { ClosingPatience = told } : Settings).RunAsync(CommandContext.Console, backup, into, progress, default);

    public RestoreRequests Requests => new(Settings, database, new SecondWordNotices(database, new RaiseNotice(database, TimeProvider.System)));

    /// <summary>The accounts that were told of something.</summary>
    public async Task<List<int>> ToldAsync(string kind, string fact)
    {
        await using var owner = await Portal.Database.OpenAsync(DatabaseRole.Owner);
        return await owner.ListAsync("SELECT account_id FROM notice WHERE kind = $1 AND $2 = ANY (facts) ORDER BY id", row => row.GetInt32(0), default, kind, fact);
    }

    public ConfirmRestore Confirm => new(database, Restore(Settings));

    public Task<WrittenList> LossesAsync(string backup) => new BackupLosses(Settings).RunAsync(CommandContext.Console, backup, default);

    /// <summary>Settings on a copy of the backups, to be spoilt.</summary>
    public BackupSettings Copied(TempFolder folder)
    {
        foreach (var file in Directory.GetFiles(Settings.Folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder.Path, Path.GetRelativePath(Settings.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return Settings with { Folder = folder.Path };
    }

    /// <summary>Names of the databases that belong to this portal's.</summary>
    public async Task<List<string>> DatabasesAsync()
    {
        await using var server = new NpgsqlConnection(cluster.Superuser("postgres").ConnectionString);
        await server.OpenAsync();
        return await server.ListAsync("SELECT datname::text FROM pg_database WHERE starts_with(datname, $1) ORDER BY 1", row => row.GetString(0), default, Portal.Database.Logins.Database);
    }

    private RestoreBackup Restore(BackupSettings settings) => new(settings, database, new RaiseNotice(database, TimeProvider.System), TimeProvider.System);

    private BackupRuns Runs => new(database, TimeProvider.System);
}
