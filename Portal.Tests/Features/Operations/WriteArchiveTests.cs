using System.Diagnostics;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

public sealed class WriteArchiveTests(PortalOnDatabase portal, TestCluster cluster) : IClassFixture<PortalOnDatabase>
{
    // The year of the sheet; read back by a bare PostgreSQL with the schema that lies in the archive.
    [Fact]
    public async Task Run_AYear_IsReadWithoutThePortal()
    {
        var (_, _, added) = await portal.ImportAsync(portal.Manager, AgencySheet.WithEveryOddity().Write(Path.Combine(portal.Folder, "sheet.xlsx")));
        // A name that a spreadsheet would run.
        await portal.Database.ExecuteAsync("INSERT INTO laboratory (code, name_vi) VALUES ('T-LENH', 'Lab;=cmd|'' /C calc''!A0')");
        var data = await DataFolder.OpenAsync(portal.Folder, PortalHome.Folder, default);
        await using var database = new PortalDatabase(portal.Database.Logins.ConnectionString);
        var archive = new WriteArchive(new BackupSettings(portal.Database.Logins, data, data.In("backups"), null), database, TimeProvider.System);
        var done = await archive.RunAsync(CommandContext.Console, 2021, null, default);
        Assert.Equal((added, 1, 0), ((int)done.Results, done.Documents, done.DocumentsLacking.Count));

        using (var sum = Process.Start(new ProcessStartInfo("sha256sum", ["--quiet", "-c", "SHA256SUMS"]) { WorkingDirectory = done.Folder })!)
        {
            await sum.WaitForExitAsync();
            Assert.Equal(0, sum.ExitCode);
        }
        var bare = await cluster.CreateEmptyDatabaseAsync();
        await using (var connection = await new CopyDatabase(bare).OpenAsync(bare.Database, DatabaseRole.Owner, default))
        {
            await connection.ExecuteAsync(await File.ReadAllTextAsync(Path.Combine(done.Folder, "schema.sql")), default);
            foreach (var table in new[] { "units", "parameters", "sites", "campaigns", "laboratories", "documents", "results" })
            {
                await using var target = await connection.BeginTextImportAsync($"COPY {table} FROM STDIN (FORMAT csv, HEADER MATCH)");
                await target.WriteAsync(await File.ReadAllTextAsync(Path.Combine(done.Folder, table + ".csv")));
            }
            Assert.Equal(added, await connection.ScalarAsync<long>("SELECT count(*) FROM results r JOIN sites s ON s.code = r.site AND s.valid_to IS NULL", default));
            Assert.Equal("Lab;'=cmd|' /C calc'!A0", await connection.ScalarAsync<string>("SELECT name_vi FROM laboratories WHERE code = 'T-LENH'", default));
            Assert.Equal("<0,0005", await connection.ScalarAsync<string>("SELECT reported FROM results WHERE parameter = 'Hg' AND censoring = '<' ORDER BY id LIMIT 1", default));
        }
        await cluster.DropAsync(bare);
        Assert.Equal(0, (await archive.RunAsync(CommandContext.Console, 1999, null, default)).Results);
    }
}
