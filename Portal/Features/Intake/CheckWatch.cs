using System.Globalization;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Watches over the check of one file and cancels it beyond its limits. Every loop of the check asks <see cref="Token"/>, so it ends where it stands.</summary>
internal sealed class CheckWatch : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);

    private readonly CheckLimits limits;
    private readonly CancellationTokenSource cut;
    private readonly CancellationToken outer;
    private readonly ITimer timer;
    private readonly ITimer memory;
    private readonly ITimer again;
    private readonly long before = GC.GetTotalMemory(false);
    private volatile Problem? reason;
    private int weighing;

    /// <param name="clock">Says when the time is over, and when memory is to be weighed.</param>
    /// <param name="cancel">Whoever waits for the check gives up: no fault of the file.</param>
    public CheckWatch(CheckLimits limits, TimeProvider clock, CancellationToken cancel)
    {
        (this.limits, outer) = (limits, cancel);
        cut = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timer = clock.CreateTimer(_ => Cut(new(ProblemCode.CheckTooLong, Facts: Fact(limits.Time.TotalSeconds))), null, limits.Time, Timeout.InfiniteTimeSpan);
        again = clock.CreateTimer(_ => Interlocked.Exchange(ref weighing, 0), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        memory = clock.CreateTimer(_ => Weigh(), null, Beat, Beat);
    }

    public CancellationToken Token => cut.Token;

    /// <summary>Which limit was passed; null where none was, or where somebody else cancelled.</summary>
    public Problem? Reason => outer.IsCancellationRequested ? null : reason;

    public void Dispose()
    {
        timer.Dispose();
        memory.Dispose();
        again.Dispose();
        cut.Dispose();
    }

    // What is still counted may be gone already: only what a collection leaves is in use. A collection holds up the whole portal: one at a time, and not at every beat.
    private void Weigh()
    {
        if (GC.GetTotalMemory(false) - before <= limits.Bytes || Interlocked.Exchange(ref weighing, 1) == 1)
            return;
        if (GC.GetTotalMemory(true) - before > limits.Bytes)
            Cut(new(ProblemCode.CheckTooLarge, Facts: Fact(limits.Bytes / (1024 * 1024))));
        again.Change(Rest, Timeout.InfiniteTimeSpan);
    }

    private void Cut(Problem why)
    {
        reason ??= why;
        try
        {
            cut.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The check came to its end meanwhile.
        }
    }

    private static Dictionary<string, string> Fact(double limit) => new() { ["limit"] = limit.ToString("0", CultureInfo.InvariantCulture) };
}
