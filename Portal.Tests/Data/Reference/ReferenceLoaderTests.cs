using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data.Reference;

/// <summary>The seed into the database: harmless when run twice, corrected in place, never a local row changed.</summary>
public sealed class ReferenceLoaderTests(TestCluster cluster) : IAsyncLifetime
{
    // One for each test: every one of them loads another seed.
    private readonly TestDatabase database = new(cluster);

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task Load_UnchangedSeed_DoesNothing() => Assert.True((await LoadAsync(SeedCopy.Original)).Unchanged);

    [Fact]
    public async Task Load_CorrectedValue_UpdatesTheRowInPlace()
    {
        var id = await LimitAsync("id");
        Assert.Equal(50m, await LimitAsync("upper"));
        using var seed = new SeedCopy();
        seed.Spoil("standards/qcvn-10-2023/limits.csv", "0-6,Bảng 1,TSS", line => line.Replace(",50,", ",45,", StringComparison.Ordinal));

        var load = await LoadAsync(seed.Root);

        Assert.Equal((false, 0), (load.Unchanged, load.Clashes.Count));
        Assert.Equal([45m, 45m, id], [await LimitAsync("upper"), await LimitAsync("canonical_upper"), await LimitAsync("id")]);
        Assert.Equal(1L, await ReadAsync("SELECT count(*) FROM history WHERE table_name = 'standard_limit' AND (before->>'upper')::numeric = 50"));
        Assert.False((await LoadAsync(SeedCopy.Original)).Unchanged);
        Assert.Equal([50m, id], [await LimitAsync("upper"), await LimitAsync("id")]);
    }

    [Fact]
    public async Task Load_LocalRows_AreKeptAndReported()
    {
        await database.ExecuteAsync(
            """
            UPDATE unit SET name_vi = 'của tỉnh', origin = 'local' WHERE code = 'mg/L';
            UPDATE site_position SET longitude = 107, origin = 'local' WHERE site_id = (SELECT id FROM site WHERE code = 'NB9');
            """);
        using var seed = new SeedCopy();
        seed.Append("media.csv", "rain,Nước mưa,Rain,99");

        var load = await LoadAsync(seed.Root);

        Assert.Equal(2, load.Clashes.Count);
        Assert.Contains("unit: mg/L", load.Clashes);
        Assert.Contains(load.Clashes, clash => clash.StartsWith("site_position: ", StringComparison.Ordinal));
        Assert.Equal("của tỉnh", await ReadAsync("SELECT name_vi FROM unit WHERE code = 'mg/L'"));
        Assert.Equal(107d, await ReadAsync("SELECT longitude FROM site_position JOIN site ON id = site_id WHERE code = 'NB9'"));
        Assert.Equal("Rain", await ReadAsync("SELECT name_en FROM medium WHERE code = 'rain'"));
        await database.ExecuteAsync("UPDATE unit SET origin = 'seed' WHERE code = 'mg/L'; UPDATE site_position SET origin = 'seed'");
    }

    [Fact]
    public async Task Load_SeedWithAFault_WritesNothing()
    {
        using var seed = new SeedCopy();
        seed.Append("media.csv", "snow,Tuyết,Snow,99");
        seed.Spoil("units.csv", "µg/L,", line => line.Replace("0.001", "-1", StringComparison.Ordinal));

        await Assert.ThrowsAsync<ReferenceFaultException>(() => LoadAsync(seed.Root));
        Assert.Equal(0L, await ReadAsync("SELECT count(*) FROM medium WHERE code = 'snow'"));
    }

    private Task<ReferenceLoad> LoadAsync(string root) =>
        ReferenceLoader.LoadAsync(database.Logins.ConnectionString(DatabaseRole.Owner), root, default);

    private Task<object?> LimitAsync(string column) => ReadAsync(
        $"SELECT {column} FROM standard_limit WHERE standard = 'QCVN 10:2023/BTNMT' AND column_code = '0-6' AND parameter = 'TSS'");

    private Task<object?> ReadAsync(string sql) => database.ReadAsync(DatabaseRole.Owner, sql);
}
