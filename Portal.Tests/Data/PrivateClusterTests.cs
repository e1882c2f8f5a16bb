using System.Diagnostics;
using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>A cluster of its own in a folder of fixed name, so that what a killed run left is found and removed.</summary>
public sealed class LoneCluster : IAsyncLifetime
{
    // Longer than a socket's path may be: the socket has to find a shorter place.
    private readonly string _folder = Path.Combine(
        Path.GetTempPath(), $"quantrac-lone-{Environment.UserName}-{new string('d', 80)}");

    public DataFolder Data { get; private set; } = null!;

    public PrivateCluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await OpenAsync();
        await DisposeAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.StopAsync(default);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync()
    {
        Data = await DataFolder.OpenAsync(_folder, PortalHome.Folder, default);
        Cluster = new PrivateCluster(Data);
    }
}

/// <summary>What happens to clusters.</summary>
public sealed class PrivateClusterTests(LoneCluster lone) : IClassFixture<LoneCluster>, IAsyncDisposable
{
    private readonly DataFolder _data = lone.Data;
    private readonly PrivateCluster _cluster = lone.Cluster;

    public async ValueTask DisposeAsync() => await _cluster.StopAsync(default);

    [Fact]
    public async Task Cluster_StartedKilledAndStartedAgain_KeepsItsDataAndListensOnNoPort()
    {
        Assert.True(await _cluster.StartAsync(default));
        Assert.False(await _cluster.StartAsync(default));
        await ExecuteAsync("CREATE TABLE kept (id int)");
        Assert.Equal("", await ExecuteAsync("SHOW listen_addresses"));
        Assert.Equal("Asia/Ho_Chi_Minh", await ExecuteAsync("SHOW timezone"));

        var pid = int.Parse(File.ReadLines(Path.Combine(_data.Cluster, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using (var server = Process.GetProcessById(pid))
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        Assert.True(await _cluster.StartAsync(default));
        Assert.Equal(0L, await ExecuteAsync("SELECT count(*) FROM kept"));
        await _cluster.StopAsync(default);
        Assert.False(_cluster.IsRunning());
        await _cluster.StopAsync(default);
    }

    [Fact]
    public async Task Cluster_UsedTwice_StopsWithTheLast()
    {
        var first = await ClusterUse.BeginAsync(_data, _cluster, default);
        var second = await ClusterUse.BeginAsync(_data, _cluster, default);
        Assert.True(first.Started);
        Assert.False(second.Started);
        await first.DisposeAsync();
        Assert.True(_cluster.IsRunning());
        await second.DisposeAsync();
        Assert.False(_cluster.IsRunning());
    }

    [Fact]
    public async Task Cluster_KilledWhileTwoUseIt_IsStartedOnce_AndOneInALongStatementIsNotWaitedFor()
    {
        await using var first = await ClusterUse.BeginAsync(_data, _cluster, default);
        await using var second = await ClusterUse.BeginAsync(_data, new PrivateCluster(_data), default);
        var busy = ExecuteAsync("SELECT sum(n) FROM generate_series(1, 20000000000) AS n");
        while (await ExecuteAsync("SELECT count(*) FROM pg_stat_activity WHERE state = 'active'") is 1L)
            await Task.Delay(20);
        var pid = int.Parse(File.ReadLines(Path.Combine(_data.Cluster, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using (var server = Process.GetProcessById(pid))
        {
            server.Kill();
            await server.WaitForExitAsync();
        }

        Assert.False(first.IsRunning);
        var started = await Task.WhenAll(first.ReviveAsync(default), second.ReviveAsync(default));
        Assert.Equal([false, true], started.Order());
        Assert.Equal(1, await ExecuteAsync("SELECT 1"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => busy);
    }

    [Fact]
    public async Task Cluster_BrokenSetting_SaysWhatTheServerSaid()
    {
        var broken = new PrivateCluster(_data, new Dictionary<string, string> { ["shared_buffers"] = "nonsense" });
        var fault = await Assert.ThrowsAsync<SetupException>(() => broken.StartAsync(default));
        Assert.Equal(SetupFault.ClusterFailed, fault.Fault);
        Assert.Contains("shared_buffers", fault.Facts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_NumberOfADeadServerTakenByAnother_IsNotTakenForRunning()
    {
        Assert.True(await _cluster.StartAsync(default));
        await _cluster.StopAsync(default);
        var own = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(Path.Combine(_data.Cluster, "postmaster.pid"), $"{own}\n{_data.Cluster}\n");
        Assert.True(await _cluster.StartAsync(default));
    }

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection((await _cluster.SuperuserAsync("postgres", default)).ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
