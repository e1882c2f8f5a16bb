using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features;

public sealed class HealthTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Check_MigratedDatabaseWithReferenceData_IsReady()
    {
        var found = await Health.CheckAsync(database.Logins, PortalHome.Migrations, default);
        Assert.Equal(new Health.Readiness("ok", "ok", "ok"), found);
    }

    // The disk is all nodes': to take them out of service for it would end what the reserve is kept for.
    [Fact]
    public void Readiness_FullDisk_StaysReady() => Assert.True(new Health.Readiness("ok", "ok", "ok", "full").IsReady());

    [Fact]
    public async Task Check_OlderDatabase_NamesWhatIsPending()
    {
        using var folder = new TempFolder();
        foreach (var file in Directory.GetFiles(PortalHome.Migrations))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        folder.Write("9999_next.sql", "SELECT 1");
        var found = await Health.CheckAsync(database.Logins, folder.Path, default);
        Assert.Equal("pending: 9999_next.sql", found.Migrations);
        Assert.False(found.IsReady());
    }

    [Fact]
    public async Task Check_NoSuchDatabase_IsUnreachable()
    {
        var found = await Health.CheckAsync(database.Logins.On("nowhere"), PortalHome.Migrations, default);
        Assert.Equal("unreachable", found.Database);
    }
}
