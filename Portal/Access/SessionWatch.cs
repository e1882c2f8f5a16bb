using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Access;

/// <summary>Every two seconds, on every node: the circuits of sessions that are over are closed. A lock or a change of rights is felt within five.</summary>
public sealed class SessionWatch(SessionBook book, OpenCircuits circuits, SessionConnections wires, Maintenance maintenance, DatabaseAbsence absence, TimeProvider clock, ILogger<SessionWatch> log) : BackgroundService
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    // Time for the browser to leave by itself, so that it says why.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);
    private readonly string node = $"{Environment.MachineName}-{Guid.NewGuid():N}";
    private Dictionary<Guid, int> counted = [];
    private DateTimeOffset countedAt;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => absence.RepeatAsync(TurnAsync, Turn, log, stoppingToken);

    private async Task TurnAsync(CancellationToken cancel)
    {
        await Task.Delay(Turn, clock, cancel);
        // While data are restored there is nobody to ask.
        await maintenance.WhenOpen.WaitAsync(cancel);
        var open = circuits.All;
        await CountAsync(open, cancel);
        var here = open.Select(circuit => circuit.Session).OfType<Guid>().Concat(wires.Sessions).Distinct().ToList();
        var over = await book.SettleAsync(here, cancel);
        if (over.Count == 0)
            return;
        foreach (var (session, reason) in over)
            foreach (var circuit in open.Where(circuit => circuit.Session == session))
                circuit.End(reason);
        await Task.Delay(Grace, clock, cancel);
        foreach (var (session, _) in over)
            wires.Cut(session);
    }

    // When something changed, and twice a minute so that others see that this node lives.
    private async Task CountAsync(IReadOnlyCollection<SessionCircuit> open, CancellationToken cancel)
    {
        var count = open.Where(circuit => circuit.Session is not null && !circuit.IsOver).GroupBy(circuit => circuit.Session!.Value).ToDictionary(one => one.Key, one => one.Count());
        var now = clock.GetUtcNow();
        if (now - countedAt < Renewal && count.Count == counted.Count && count.All(one => counted.TryGetValue(one.Key, out var before) && before == one.Value))
            return;
        await book.CountAsync(node, count, cancel);
        (counted, countedAt) = (count, now);
    }
}
