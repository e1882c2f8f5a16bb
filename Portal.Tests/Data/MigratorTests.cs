using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

public sealed class MigratorTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly TemporaryDirectory _folder = new();
    private DatabaseLogins _database = null!;

    private string Owner => _database.ConnectionString(DatabaseRole.Owner);

    public async ValueTask InitializeAsync() => _database = await cluster.CreateEmptyDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await cluster.DropAsync(_database);
        _folder.Dispose();
    }

    [Fact]
    public async Task Migrate_NewFiles_AppliesThemInOrderAndOnce()
    {
        _folder.Write("0002_fill.sql", "INSERT INTO thing VALUES (1); INSERT INTO thing VALUES (2);");
        _folder.Write("0001_make.sql", "CREATE TABLE thing (id int);");
        Assert.Equal(["0001_make.sql", "0002_fill.sql"], await MigrateAsync());
        Assert.Empty(await MigrateAsync());
        Assert.Equal(2L, await ReadAsync("SELECT count(*) FROM thing"));
        _folder.Write("0003_more.sql", "INSERT INTO thing VALUES (3)");
        Assert.Equal(["0003_more.sql"], await new Migrator(_folder.Root).PendingAsync(_database.ConnectionString(DatabaseRole.System), default));
        Assert.Equal(["0003_more.sql"], await MigrateAsync());
    }

    [Fact]
    public async Task Migrate_FailingFile_LeavesNothingOfItAndNamesTheLine()
    {
        _folder.Write("0001_make.sql", "CREATE TABLE thing (id int);");
        _folder.Write("0002_bad.sql", "CREATE TABLE other (id int);\n\nINSERT INTO nowhere\nVALUES (1);\n");
        var fault = await Assert.ThrowsAsync<SetupException>(MigrateAsync);
        Assert.Equal(SetupFault.MigrationFailed, fault.Fault);
        Assert.Equal(["0002_bad.sql", "3"], fault.Facts.Take(2));
        Assert.Contains("nowhere", fault.Facts[2], StringComparison.Ordinal);
        Assert.Equal(true, await ReadAsync("SELECT to_regclass('thing') IS NOT NULL AND to_regclass('other') IS NULL"));
        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM schema_migration"));
    }

    [Fact]
    public async Task Migrate_ChangedFile_Refuses()
    {
        _folder.Write("0001_make.sql", "CREATE TABLE thing (id int);");
        await MigrateAsync();
        _folder.Write("0001_make.sql", "CREATE TABLE thing (id bigint);");
        await AssertFaultAsync(SetupFault.MigrationChanged, "0001_make.sql");
    }

    [Fact]
    public async Task Migrate_MissingFile_Refuses()
    {
        var file = _folder.Write("0001_make.sql", "CREATE TABLE thing (id int);");
        await MigrateAsync();
        File.Delete(file);
        await AssertFaultAsync(SetupFault.MigrationMissing, "0001_make.sql");
    }

    [Fact]
    public async Task Migrate_FileBeforeAnAppliedOne_Refuses()
    {
        _folder.Write("0002_make.sql", "CREATE TABLE thing (id int);");
        await MigrateAsync();
        _folder.Write("0001_late.sql", "SELECT 1");
        await AssertFaultAsync(SetupFault.MigrationOutOfOrder, "0001_late.sql", "0002_make.sql");
    }

    [Theory]
    [InlineData("0001_a.sql", "0001_b.sql", "SELECT 1", SetupFault.MigrationNumberTwice)]
    [InlineData("0001_a.sql", "2_b.sql", "SELECT 1", SetupFault.MigrationMisnamed)]
    [InlineData("0001_a.sql", "0002_b.sql", "SELECT 1;\n  commit;", SetupFault.MigrationEndsTransaction)]
    public async Task Migrate_UnfitFiles_RefusesBeforeAnyIsApplied(string first, string second, string sql, SetupFault fault)
    {
        _folder.Write(first, "CREATE TABLE thing (id int);");
        _folder.Write(second, sql);
        Assert.Equal(fault, (await Assert.ThrowsAsync<SetupException>(MigrateAsync)).Fault);
        Assert.Equal(true, await ReadAsync("SELECT to_regclass('thing') IS NULL"));
    }

    [Fact]
    public async Task Migrate_TwoAtOnce_OneAppliesTheOtherWaits()
    {
        _folder.Write("0001_make.sql", "CREATE TABLE thing (id int); SELECT pg_sleep(0.3);");
        var both = await Task.WhenAll(MigrateAsync(), MigrateAsync());
        Assert.Single(both.SelectMany(applied => applied));
    }

    private Task<IReadOnlyList<string>> MigrateAsync() => new Migrator(_folder.Root).MigrateAsync(Owner, default);

    private async Task AssertFaultAsync(SetupFault fault, params string[] facts)
    {
        var thrown = await Assert.ThrowsAsync<SetupException>(MigrateAsync);
        Assert.Equal(fault, thrown.Fault);
        Assert.Equal(facts, thrown.Facts);
    }

    private async Task<object?> ReadAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
