using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Intake;

public sealed class IntakeWorkerTests(PortalOnDatabase portal) : IClassFixture<PortalOnDatabase>
{
    [Fact]
    public async Task Take_FileOfAKilledWorker_IsCheckedByTheNext()
    {
        var submission = await HandInAsync("Quý 1 2022");
        await using var killed = await portal.Database.OpenAsync(DatabaseRole.System);
        await killed.ExecuteAsync("BEGIN; SELECT FROM intake_queue FOR UPDATE", default);
        Assert.False(await TakeAsync());
        Assert.Equal(("queued", 1L), await StateAsync(submission));

        var process = await killed.ScalarAsync<int>("SELECT pg_backend_pid()", default);
        await portal.Database.ReadAsync(DatabaseRole.System, $"SELECT pg_terminate_backend({process}, 5000)");
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => killed.ExecuteAsync("SELECT 1", default));

        Assert.True(await TakeAsync());
        Assert.Equal(("done", 0L), await StateAsync(submission));
        Assert.False(await TakeAsync());
    }

    [Fact]
    public async Task Take_FileThatFailsThreeTimes_IsGivenUpAndSaidToHaveFailed()
    {
        var submission = await HandInAsync("Quý 2 2022");
        var sha256 = (string)(await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT file_sha256 FROM submission WHERE id = {submission}"))!;
        await portal.WithAsync<FileStore, bool>(files =>
        {
            File.Delete(files.PathOf(sha256));
            return Task.FromResult(true);
        });

        Assert.True(await TakeAsync());
        Assert.Equal(("queued", 1L), await StateAsync(submission));
        Assert.True(await TakeAsync());
        Assert.True(await TakeAsync());
        Assert.Equal(("failed", 0L), await StateAsync(submission));
        Assert.False(await TakeAsync());
    }

    private async Task<int> HandInAsync(string quarter)
    {
        using var folder = new TempFolder();
        var path = AgencySheet.WithRows([null, "NB1", quarter, 22.0]).Write(Path.Combine(folder.Path, "sheet.xlsx"));
        await using var content = File.OpenRead(path);
        return await portal.WithAsync<HandInFile, int>(handIn => handIn.RunAsync(portal.Manager, content, "sheet.xlsx", "", queue: true, default));
    }

    private async Task<bool> TakeAsync() => await portal.WithAsync<PortalDatabase, bool>(database =>
        portal.WithAsync<IServiceScopeFactory, bool>(async scopes =>
        {
            using var worker = new IntakeWorker(database, scopes, new IntakeSignal(), new Maintenance(Path.GetTempPath()), new DatabaseAbsence(TimeProvider.System, NullLogger<DatabaseAbsence>.Instance), TimeProvider.System, NullLogger<IntakeWorker>.Instance);
            return await worker.TakeOneAsync(default);
        }));

    private async Task<(string Checking, long Queued)> StateAsync(int submission) => (
        (string)(await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT checking FROM submission WHERE id = {submission}"))!,
        (long)(await portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT count(*) FROM intake_queue WHERE submission_id = {submission}"))!);
}
