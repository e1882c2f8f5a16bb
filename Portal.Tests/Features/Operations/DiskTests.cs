using System.Text;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Features.Organisations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

/// <summary>The reserve of the disk, told once; and what is cleared away at night.</summary>
public sealed class DiskTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task Watch_ReserveReachedAndOver_IsToldOnceEach()
    {
        await portal.AccountAsync("admin-disk", Role.Admin, "SONNMT");
        // MB free at each look; the reserve is 100. Between 100 and 110 it is not yet over: the next file would reach it again.
        foreach (var (free, told) in new[] { (500, 0), (99, 1), (20, 1), (105, 1), (99, 1), (111, 2), (500, 2), (10, 3), (200, 4) })
        {
            await LookAsync(free * Megabyte);
            Assert.Equal((free, (long)told), (free, await CountAsync("SELECT count(*) FROM notice n JOIN account a ON a.id = n.account_id WHERE a.user_name = 'admin-disk' AND n.kind LIKE 'Disk.%'")));
        }
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM disk_alert WHERE over_at IS NULL"));
        Assert.Equal(2, await CountAsync("SELECT count(*) FROM disk_alert"));
    }

    [Fact]
    public async Task Watch_LongLogOfTheCluster_IsCutToItsEnd()
    {
        var data = await DataFolder.OpenAsync(Path.Combine(portal.Folder, "trim"), PortalHome.Folder, default);
        Directory.CreateDirectory(data.Cluster);
        var log = new PrivateCluster(data).LogFile;
        await File.WriteAllTextAsync(log, new string('a', 33 * 1024 * 1024) + "cuối");
        PrivateCluster.TrimLog(data);
        Assert.Equal(Megabyte, new FileInfo(log).Length);
        Assert.EndsWith("cuối", await File.ReadAllTextAsync(log), StringComparison.Ordinal);
        PrivateCluster.TrimLog(data);
        Assert.Equal(Megabyte, new FileInfo(log).Length);
    }

    [Fact]
    public async Task Tidy_DraftsAndFilesThatNobodyNeeds_AreForgottenAndNothingElse()
    {
        var admin = await portal.AccountAsync("admin-tidy", Role.Admin, "SONNMT");
        var (old, young, submitted) = (await HandInAsync("a"), await HandInAsync("b"), await HandInAsync("c"));
        var scan = await portal.WithAsync<KeepFile, Scan>(keep => keep.RunAsync(admin, Content("%PDF-1.7 unused"), "a.pdf", default));
        var fresh = await portal.WithAsync<KeepFile, Scan>(keep => keep.RunAsync(admin, Content("%PDF-1.7 fresh"), "b.pdf", default));
        await portal.Database.ExecuteAsync(
            $"""
            UPDATE submission SET created_at = now() - interval '181 days' WHERE id IN ({old}, {submitted});
            UPDATE submission SET state = 'submitted' WHERE id = {submitted};
            UPDATE stored_file SET stored_at = now() - interval '200 days' WHERE sha256 <> '{fresh.Sha256}';
            """);
        var lost = await HashAsync(old);
        // Its row goes at once; the file lies aside for a night, since the same content may be on its way in.
        portal.Clock.Now += TimeSpan.FromDays(2);
        var first = await TidyAsync();
        Assert.Equal((1, 2), (first.Drafts, first.Rows));
        await TidyAsync();

        Assert.Equal([young, submitted], await ListAsync("SELECT id FROM submission ORDER BY id"));
        Assert.Equal(0, await CountAsync($"SELECT count(*) FROM stored_file WHERE sha256 IN ('{scan.Sha256}', '{lost}')"));
        Assert.False(File.Exists(PathOf(scan.Sha256)) || File.Exists(PathOf(lost)));
        Assert.True(File.Exists(PathOf(fresh.Sha256)) && File.Exists(PathOf(await HashAsync(young))) && File.Exists(PathOf(await HashAsync(submitted))));
        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM audit WHERE act = 'draft-forgotten' AND subject = '{old}'"));
    }

    private Task LookAsync(long free) => portal.WithAsync<RaiseNotice, bool>(async notices =>
    {
        var (database, backups) = (await portal.WithAsync<PortalDatabase, PortalDatabase>(Task.FromResult), await portal.WithAsync<BackupSettings, BackupSettings>(Task.FromResult));
        await new WatchDisk(database, new(portal.Folder, 100 * Megabyte) { Free = () => free }, backups, notices, portal.Clock).RunAsync(CommandContext.Console, default);
        return true;
    });

    private Task<Tidied> TidyAsync() => portal.WithAsync<TidyFiles, Tidied>(tidy => tidy.RunAsync(CommandContext.Console, default));

    private Task<int> HandInAsync(string words) => portal.WithAsync<HandInFile, int>(handIn => handIn.RunAsync(portal.Manager, Content($"a,b\n{words},2\n"), "a.csv", "", false, default));

    private async Task<string> HashAsync(int submission) => (string)(await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT file_sha256 FROM submission WHERE id = {submission}"))!;

    private string PathOf(string sha256) => new FileStore(Path.Combine(portal.Folder, "files")).PathOf(sha256);

    private async Task<long> CountAsync(string sql) => (long)(await portal.Database.ReadAsync(DatabaseRole.Owner, sql))!;

    private async Task<List<int>> ListAsync(string sql)
    {
        await using var connection = await portal.Database.OpenAsync(DatabaseRole.Owner);
        return await connection.ListAsync(sql, row => row.GetInt32(0), default);
    }

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));
}
