using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Work begun on a page that goes on when the page is left; one at a time on this node (over all nodes the <see cref="BackupHold"/> sees to it).</summary>
public sealed class BackupAtWork(IServiceScopeFactory scopes, DatabaseAbsence absence, ILogger<BackupAtWork> log)
{
    private readonly Lock gate = new();
    private Task? work;

    /// <summary>What is being done; null while nothing is.</summary>
    public BackupStage? Stage { get; private set; }

    /// <summary>Why the last work did not begin or broke off, as a fault with its facts; null where it did not.</summary>
    public (BackupFault Fault, IReadOnlyList<string> Facts)? Fault { get; private set; }

    public bool IsRunning => work is { IsCompleted: false };

    /// <summary>Begins; false where something is being done already.</summary>
    public bool Start(Func<IServiceProvider, IProgress<BackupStage>, Task> act)
    {
        lock (gate)
        {
            if (IsRunning)
                return false;
            (Stage, Fault) = (BackupStage.Preparing, null);
            work = Task.Run(() => DoAsync(act));
            return true;
        }
    }

    private async Task DoAsync(Func<IServiceProvider, IProgress<BackupStage>, Task> act)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await act(scope.ServiceProvider, new Here(this));
        }
        catch (BackupException e)
        {
            Fault = (e.Fault, e.Facts);
        }
        catch (Exception e) when (absence.Report(e))
        {
            Fault = (BackupFault.Interrupted, []);
        }
        catch (Exception e)
        {
            // Nobody waits for this task: what is wrong is shown, and the rest is in the log.
            log.LogError(e, "Work on backups broke off.");
            Fault = (BackupFault.Broken, [e.Message]);
        }
        finally
        {
            Stage = null;
        }
    }

    private sealed class Here(BackupAtWork whole) : IProgress<BackupStage>
    {
        public void Report(BackupStage value) => whole.Stage = value;
    }
}
