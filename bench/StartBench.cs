namespace QuanTrac.Portal.Bench;

/// <summary>A second start: the cluster is down, its database migrated and seeded.</summary>
internal static class StartBench
{
    public static async Task RunAsync(Figures figures)
    {
        await using var bed = await Bed.OpenAsync();
        var data = bed.Host.Data.Path;
        // Once unmeasured, so that the first administrator exists. The bed lets the cluster go, so that each start starts it too.
        await using (await PortalServer.StartAsync(data))
        {
        }
        var running = await StartsAsync(data);
        await bed.Host.DisposeAsync();
        var stopped = await StartsAsync(data);
        figures.Add("second start to /readyz, private cluster stopped before", stopped, "ms", 5_000);
        figures.Add("second start to /readyz, PostgreSQL running", running, "ms", 5_000);
        figures.Note("From the start of the process (`dotnet QuanTrac.Portal.dll serve`) to the first 200 of /readyz; the script `./run` and its build are not in it.");
    }

    private static async Task<List<double>> StartsAsync(string data)
    {
        List<double> times = [];
        for (var run = 0; run < Figures.Runs; run++)
        {
            await using var server = await PortalServer.StartAsync(data);
            times.Add(server.ReadyAfter);
        }
        return times;
    }
}
