namespace QuanTrac.Portal.Data.Cluster;

/// <summary>
/// Keeps the private cluster up while somebody uses it: the first to come starts it, the last to go stops it,
/// whichever process that is. A killed process loses its hold by itself.
/// </summary>
public sealed class ClusterUse : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan PatienceOfTheLast = TimeSpan.FromSeconds(3);

    private readonly DataFolder _data;
    private readonly PrivateCluster _cluster;
    private readonly FileStream _hold;

    private ClusterUse(DataFolder data, PrivateCluster cluster, FileStream hold, bool started) =>
        (_data, _cluster, _hold, Started) = (data, cluster, hold, started);

    /// <summary>False when the cluster ran already.</summary>
    public bool Started { get; }

    /// <summary>Whether its server lives; whether it answers is another question.</summary>
    public bool IsRunning => _cluster.IsRunning();

    /// <summary>Starts the cluster if it is down and keeps it up until disposed.</summary>
    public static async Task<ClusterUse> BeginAsync(DataFolder data, PrivateCluster cluster, CancellationToken cancel)
    {
        await using var door = await DoorAsync(data, Patience, cancel);
        var hold = OpenLock(HoldFile(data), FileShare.Read);
        try
        {
            // Half a start cannot be taken back: it is finished, and undone when somebody asked to stop meanwhile.
            var started = await cluster.StartAsync(CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
            return new ClusterUse(data, cluster, hold, started);
        }
        catch
        {
            await LetGoAsync(data, cluster, hold);
            throw;
        }
    }

    /// <summary>Starts the cluster again where it died while it is held. Whoever else holds it and sees the same waits at the door and finds it running.</summary>
    /// <returns>False when it runs.</returns>
    /// <exception cref="SetupException">With the reason, where it cannot be started.</exception>
    public async Task<bool> ReviveAsync(CancellationToken cancel)
    {
        // A start that is broken off here is taken back by letting go: the last to go stops what runs.
        await using var door = await DoorAsync(_data, Patience, cancel);
        return await _cluster.StartAsync(cancel);
    }

    /// <summary>Lets go, and stops the cluster if nobody else holds it.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var door = await DoorAsync(_data, PatienceOfTheLast, CancellationToken.None);
            await LetGoAsync(_data, _cluster, _hold);
        }
        catch (SetupException e) when (e.Fault == SetupFault.ClusterBusy)
        {
            // Somebody has been starting it all the while: then that is its next user, and stops it.
            await _hold.DisposeAsync();
        }
    }

    private static async Task LetGoAsync(DataFolder data, PrivateCluster cluster, FileStream hold)
    {
        await hold.DisposeAsync();
        try
        {
            await using var last = OpenLock(HoldFile(data), FileShare.None);
        }
        catch (IOException)
        {
            return;
        }

        await cluster.StopAsync(CancellationToken.None);
    }

    private static string HoldFile(DataFolder data) => data.In("cluster.users");

    // One at a time starts or stops; the lock is the kernel's, so a dead process holds none.
    private static async Task<FileStream> DoorAsync(DataFolder data, TimeSpan patience, CancellationToken cancel)
    {
        var file = data.In("cluster.door");
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return OpenLock(file, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(since) < patience)
            {
                await Task.Delay(100, cancel);
            }
            catch (IOException)
            {
                throw new SetupException(SetupFault.ClusterBusy, file);
            }
        }
    }

    private static FileStream OpenLock(string file, FileShare share)
    {
        if (!File.Exists(file))
        {
            using var made = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        }

        return new FileStream(file, FileMode.Open, FileAccess.Read, share);
    }
}
