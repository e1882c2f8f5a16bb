using System.Globalization;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Shell;

/// <summary>Whether the database is there, known once for the whole portal: whoever is let down by it reports here and waits here, instead of
/// complaining each for itself. The log has one line for the beginning of a fault and one for its end.</summary>
public sealed class DatabaseAbsence(TimeProvider clock, ILogger<DatabaseAbsence> log) : IDisposable
{
    // A fault is over when nobody has been let down for so long: connections that died with the database are found one after another.
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    // What still hangs on a wire so long after it was found dead is let go.
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private TaskCompletionSource reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? returned;
    private CancellationTokenSource cut = new();
    private DateTimeOffset? begun;
    private DateTimeOffset last;
    private DateTimeOffset back;
    private string? reason;
    private int turnedAway;
    private bool away;
    private bool noRoom;

    /// <summary>Raised on a thread of the pool when the database goes or comes back.</summary>
    public event Action? Changed;

    /// <summary>It was asked and does not answer: nobody needs to try.</summary>
    public bool IsAway => away;

    /// <summary>It has no room to write.</summary>
    public bool HasNoRoom => noRoom;

    /// <summary>From the beginning of a fault to its end: what libraries say meanwhile is said already.</summary>
    public bool IsFault => begun is not null;

    /// <summary>Cancelled when the database has been away for some seconds: what hangs then would hang for ever.</summary>
    public CancellationToken Cut
    {
        get
        {
            lock (gate)
                return cut.Token;
        }
    }

    /// <summary>Whether a fault is the database's; then it is known here, and need not be said again.</summary>
    public bool Report(Exception? fault)
    {
        if (DatabaseFault.Of(fault) is not { } lack)
            return false;
        lock (gate)
        {
            last = clock.GetUtcNow();
            noRoom |= lack == DatabaseLack.NoRoom;
            Begin(DatabaseFault.Words(fault!));
            returned ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            reported.TrySetResult();
        }
        return true;
    }

    /// <summary>Somebody was answered that it cannot be done now.</summary>
    public void TurnAway() => Interlocked.Increment(ref turnedAway);

    /// <summary>Returns when nothing is known against asking the database.</summary>
    public Task WaitAsync(CancellationToken cancel)
    {
        lock (gate)
            return (returned?.Task ?? Task.CompletedTask).WaitAsync(cancel);
    }

    /// <summary>Does a piece of work again and again until told to stop. While the database is away it waits; any other fault is logged and tried again after a pause.</summary>
    public async Task RepeatAsync(Func<CancellationToken, Task> turn, TimeSpan pause, ILogger by, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            using var limit = new LooseLink(stop, Cut);
            try
            {
                await turn(limit.Token);
            }
            catch (OperationCanceledException) when (limit.Token.IsCancellationRequested)
            {
                // Told to stop, or let go of a wire that is dead.
            }
            catch (Exception fault)
            {
                if (!Report(fault))
                    by.LogError(fault, "A turn failed; trying again.");
                await Task.Delay(pause, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Waits for the next report, but not longer than told.</summary>
    internal async Task ReportedAsync(TimeSpan atMost, CancellationToken cancel)
    {
        Task next;
        lock (gate)
            next = reported.Task;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(next, Task.Delay(atMost, clock, limit.Token));
        await limit.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>It was asked and does not answer.</summary>
    internal void Gone(Exception fault)
    {
        Report(fault);
        bool news;
        lock (gate)
        {
            (news, away) = (!away, true);
            last = clock.GetUtcNow();
            noRoom |= fault is SetupException { Fault: SetupFault.DiskFull };
            returned ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            Begin(DatabaseFault.Words(fault));
            if (fault is SetupException && fault.Message != reason)
                log.LogError("The database is still away: {Reason} Trying again.", Sentence(reason = fault.Message));
            if (news)
                cut.CancelAfter(Hanging);
        }
        if (news)
            Changed?.Invoke();
    }

    /// <summary>It was asked and answered.</summary>
    internal void Answered(bool hasRoom)
    {
        bool news;
        lock (gate)
        {
            if (returned is not null)
                back = clock.GetUtcNow();
            (news, away) = (away, false);
            noRoom &= !hasRoom;
            if (cut.IsCancellationRequested)
                cut = new();
            else
                cut.CancelAfter(Timeout.InfiniteTimeSpan);
            if (reported.Task.IsCompleted)
                reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
            returned?.TrySetResult();
            returned = null;
            EndIfCalm();
        }
        if (news)
            Changed?.Invoke();
    }

    /// <summary>Somebody was let down, and it has not been asked since.</summary>
    internal bool IsDoubted => returned is not null;

    public void Dispose() => cut.Dispose();

    private void Begin(string message)
    {
        if (begun is null)
        {
            (begun, turnedAway) = (clock.GetUtcNow(), 0);
            log.LogError("The database is away: {Reason} Waiting for it.", Sentence(reason = message));
        }
    }

    private void EndIfCalm()
    {
        var now = clock.GetUtcNow();
        if (begun is not { } since || noRoom || now - last < Calm)
            return;
        (begun, reason) = (null, null);
        log.LogWarning("The database answers again after {Seconds} s; {Turned} requests were turned away.",
            (back - since).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture), Volatile.Read(ref turnedAway));
    }

    private static string Sentence(string message) => message.TrimEnd('.', '\n') + ".";
}
