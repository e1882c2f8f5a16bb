namespace QuanTrac.Portal.Features.Operations;

/// <summary>Whether this node is closed for a restore, and who is still at work on it. <see cref="MaintenanceWatch"/> closes and opens it.</summary>
public sealed class Maintenance : IDisposable
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private readonly Lock gate = new();
    private TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource closing = new();
    private int atWork;

    /// <summary>Raised when it closed or opened, on a thread of the pool.</summary>
    public event Action? Changed;

    public bool IsOn { get; private set; }

    /// <summary>Cancelled when it closes: work that may be done again later stops.</summary>
    public CancellationToken Closing => closing.Token;

    /// <summary>Ends when it is open.</summary>
    public Task WhenOpen
    {
        get
        {
            lock (gate)
                return IsOn ? opened.Task : Task.CompletedTask;
        }
    }

    /// <summary>Begins work that closing waits for; null where it is closed. Dispose it.</summary>
    public IDisposable? TryWork()
    {
        lock (gate)
        {
            if (IsOn)
                return null;
            atWork++;
            return new Work(this);
        }
    }

    public void Dispose() => closing.Dispose();

    internal void Close()
    {
        lock (gate)
            IsOn = true;
        closing.Cancel();
        Changed?.Invoke();
    }

    internal void Open()
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            (IsOn, waiting) = (false, opened);
            (opened, closing) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new());
        }
        waiting.TrySetResult();
        Changed?.Invoke();
    }

    /// <summary>Waits until what was begun before it closed is done, for so long at most.</summary>
    internal async Task DrainAsync(TimeSpan patience, CancellationToken cancel)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (Volatile.Read(ref atWork) > 0 && TimeProvider.System.GetElapsedTime(begun) < patience)
            await Task.Delay(Turn, cancel);
    }

    private sealed class Work(Maintenance whole) : IDisposable
    {
        private int done;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref done, 1) == 0)
                Interlocked.Decrement(ref whole.atWork);
        }
    }
}
