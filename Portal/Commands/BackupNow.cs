using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Commands;

/// <summary><c>backup now</c>: one backup, proven.</summary>
public sealed class BackupNow
{
    private static readonly string[] Kinds = ["daily", "weekly", "monthly", "yearly", "manual"];

    /// <returns>0 proven, 1 not.</returns>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var kind = context.Line.Option("kind") ?? "manual";
        if (!Kinds.Contains(kind))
            throw new UsageException(UsageFault.OptionValueInvalid, "kind", kind);
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<TakeBackup>().RunAsync(CommandContext.Console, kind, new StageLines(context), cancel);
        if (BackupSettings.Of(host.Logins, host.Data).Copy is null)
            await context.Notes.WriteLineAsync(context.Texts["BackupNoCopy"]);
        return await SayAsync(context, outcome);
    }

    /// <summary>Prints how a run ended.</summary>
    internal static async Task<int> SayAsync(CommandContext context, BackupOutcome outcome)
    {
        if (outcome is { Proven: true, Evidence: { } evidence })
        {
            await context.Output.WriteLineAsync(context.Texts["BackupProven", outcome.Backup!, evidence.Rows, evidence.Tables, evidence.Files, evidence.Seconds]);
            if (!evidence.AnswersCompared)
                await context.Notes.WriteLineAsync(context.Texts["BackupNotCompared"]);
        }
        if (outcome.Fault is { } fault)
        {
            var sentence = BackupSentence.Of(fault, outcome.Facts, context.Texts.Language);
            await context.Notes.WriteLineAsync(outcome.Proven ? sentence : context.Texts["BackupUnproven", sentence]);
        }
        return outcome.IsWell ? 0 : 1;
    }

    /// <summary>A line for each step, as it begins.</summary>
    internal sealed class StageLines(CommandContext context) : IProgress<BackupStage>
    {
        public void Report(BackupStage value) => context.Notes.WriteLine($"… {BackupSentence.Of(value, context.Texts.Language)}");
    }
}
