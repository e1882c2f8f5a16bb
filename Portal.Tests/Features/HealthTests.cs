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

    [Fact]
    public async Task Check_OlderDatabase_NamesWhatIsPending()
    {
        using var folder = new TemporaryDirectory();
        foreach (var file in Directory.GetFiles(PortalHome.Migrations))
        {
            File.Copy(file, Path.Combine(folder.Root, Path.GetFileName(file)));
        }

        folder.Write("9999_next.sql", "SELECT 1");
        var found = await Health.CheckAsync(database.Logins, folder.Root, default);
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
