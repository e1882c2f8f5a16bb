using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

public sealed class CheckIntegrityTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    // One after another on one database: a clean one first, then with each fault planted and mended.
    [Fact]
    public async Task Check_FaultsPlanted_EachIsFoundAndNothingElse()
    {
        using var folder = new TempFolder();
        await portal.ImportAsync(portal.Manager, AgencySheet.WithEveryOddity().Write(Path.Combine(folder.Path, "oddity.xlsx")));
        await portal.Database.ExecuteAsync("INSERT INTO account (user_name, normalized_user_name, role, organisation_code) VALUES ('boss', 'BOSS', 'admin', 'TTCNTT')");
        await using (var owner = await portal.Database.OpenAsync(DatabaseRole.Owner))
            await AssessmentState.MarkAsync(owner, default);
        Assert.Equal("", await FaultsAsync());
        Assert.Equal(0L, await NoticesAsync());

        await PlantAsync("ResultsWithoutFinding",
            "DELETE FROM finding WHERE result_id = (SELECT min(result_id) FROM finding WHERE verdict = 'exceeds')",
            null);
        await PlantAsync("StatusCounts StatusRecomputed", "UPDATE site_status SET results = results + 1", "UPDATE site_status SET results = results - 1");
        await PlantAsync("StatusRecomputed", "UPDATE site_status SET worst_ratio = worst_ratio + 1", "UPDATE site_status SET worst_ratio = worst_ratio - 1");
        await PlantAsync("ConstraintsNotValidated", "ALTER TABLE unit ADD CONSTRAINT unit_late CHECK (code <> '') NOT VALID", "ALTER TABLE unit DROP CONSTRAINT unit_late");
        await PlantAsync("TablesOpen", "ALTER TABLE unit DISABLE ROW LEVEL SECURITY", "ALTER TABLE unit ENABLE ROW LEVEL SECURITY");
        var file = await portal.WithAsync<FileStore, string>(async files => files.PathOf((string)(await portal.Database.ReadAsync(DatabaseRole.Owner, "SELECT sha256 FROM stored_file"))!));
        var content = await File.ReadAllBytesAsync(file);
        content[content.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, content);
        Assert.Equal("Files", await FaultsAsync());
        File.Delete(file);
        Assert.Equal("Files", await FaultsAsync());
        Assert.True(await NoticesAsync() > 0);
    }

    private async Task PlantAsync(string found, string fault, string? mend)
    {
        await portal.Database.ExecuteAsync($"CREATE TABLE IF NOT EXISTS finding_kept AS SELECT * FROM finding; ALTER TABLE finding_kept ENABLE ROW LEVEL SECURITY; {fault}");
        Assert.Equal(found, await FaultsAsync());
        await portal.Database.ExecuteAsync(mend ?? "INSERT INTO finding SELECT * FROM finding_kept ON CONFLICT DO NOTHING");
        await portal.Database.ExecuteAsync("DROP TABLE finding_kept");
        Assert.Equal("", await FaultsAsync());
    }

    private async Task<string> FaultsAsync()
    {
        var report = await portal.WithAsync<CheckIntegrity, IntegrityReport>(check => check.RunAsync(CommandContext.Console, default));
        return string.Join(' ', report.Checks.Where(check => check.Faults > 0).Select(check => check.Code));
    }

    private async Task<long> NoticesAsync() => (long)(await portal.Database.ReadAsync(DatabaseRole.System, "SELECT count(*) FROM notice WHERE kind = 'Integrity.Faults'"))!;
}
