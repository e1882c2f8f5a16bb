using System.Collections.Concurrent;
using System.Threading.Channels;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Wakes the worker of this node when a file has come in, and says how far it is; the queue itself is a table.</summary>
public sealed class IntakeSignal
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ConcurrentDictionary<int, int> rows = [];

    /// <summary>How many rows of a submission this node has checked so far.</summary>
    public int RowsChecked(int submission) => rows.GetValueOrDefault(submission);

    public void Report(int submission, int row) => rows[submission] = row;

    public void Forget(int submission) => rows.TryRemove(submission, out _);

    public void Ring() => bell.Writer.TryWrite(true);

    /// <summary>Returns when rung or after the time, whichever comes first.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(atMost);
        try
        {
            await bell.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nobody rang: the caller looks at the table all the same, since another node may have taken the file in.
        }
    }
}
