using System.Runtime.InteropServices;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Commands;

/// <summary>One verb of the command line.</summary>
/// <param name="Name">What is typed, one word or two ("account create").</param>
/// <param name="Usage">Its arguments and options, as help shows them.</param>
/// <param name="Arguments">How many arguments it takes after its name.</param>
/// <param name="Switches">Its options without a value.</param>
/// <param name="Valued">Its options with one, beside <c>--data</c> and <c>--database</c>.</param>
/// <param name="Run">The work; returns the exit code.</param>
public sealed record Verb(
    string Name,
    string Usage,
    int Arguments,
    IReadOnlyCollection<string> Switches,
    IReadOnlyCollection<string> Valued,
    Func<CommandContext, CancellationToken, Task<int>> Run)
{
    /// <summary>How many more arguments it may take.</summary>
    public int Optional { get; init; }
}

/// <summary>Finds the verb that was typed, runs it, and puts every failure into words and an exit code.</summary>
public static class Verbs
{
    private const int Failed = 1;
    private const int Misused = 64;
    private const int Interrupted = 130;

    /// <summary>All verbs, in the order of the help.</summary>
    public static IReadOnlyList<Verb> All { get; } =
    [
        new("serve", "[--port N] [--listen ADDRESS] [--empty]", 0, ["empty"], ["port", "listen"], new Serve().RunAsync),
        new("migrate", "", 0, [], [], new Migrate().RunAsync),
        new("seed", "", 0, [], [], new Seed().RunAsync),
        new("import", "FILE --as ACCOUNT [--layout NAME] [--dry-run] [--accept --reviewer ACCOUNT]", 1, ["dry-run", "accept"], ["as", "layout", "reviewer"], new Import().RunAsync),
        new("reassess", "--as ACCOUNT [--dry-run]", 0, ["dry-run"], ["as"], new Reassess().RunAsync),
        new("release", "CAMPAIGN --as ACCOUNT [--document TEXT] [--undo]", 1, ["undo"], ["as", "document"], new Release().RunAsync),
        new("account create", "NAME --role ROLE --organisation CODE", 1, [], ["role", "organisation"], new AccountCreate().RunAsync),
        new("account reset-second-step", "NAME [--reason TEXT]", 1, [], ["reason"], new AccountResetSecondStep().RunAsync),
        new("demo remove", "", 0, [], [], new DemoRemove().RunAsync),
        new("assess vn-wqi", "FILE [--form 3|5] [--nondetect limit|half|zero] [--explain]", 1, ["explain"], ["form", "nondetect"], new AssessVnWqi().RunAsync),
        new("assess vn-aqi", "FILE --period hour|day [--explain]", 1, ["explain"], ["period"], new AssessVnAqi().RunAsync),
        new("assess ccme-wqi", "FILE --standard CODE --table NAME [--on DATE] [--explain]", 1, ["explain"], ["standard", "table", "on"], new AssessCcmeWqi().RunAsync),
        new("assess compliance", "FILE --standard CODE --table NAME [--kq N] [--kf N] [--kp N] [--kv N] [--k N] [--averaging WORD] [--on DATE] [--facility-date DATE]", 1, [],
            ["standard", "table", "kq", "kf", "kp", "kv", "k", "averaging", "on", "facility-date"], new AssessCompliance().RunAsync),
        new("assess trend", "FILE --test mann-kendall|seasonal-kendall|pettitt [--period N]", 1, [], ["test", "period"], new AssessTrend().RunAsync),
        new("backup now", "[--kind daily|weekly|monthly|yearly|manual]", 0, [], ["kind"], new BackupNow().RunAsync),
        new("backup list", "", 0, [], [], new BackupList().RunAsync),
        new("backup verify", "[BACKUP]", 0, [], [], new BackupVerify().RunAsync) { Optional = 1 },
        new("restore", "BACKUP [--into NAME] [--yes]", 1, ["yes"], ["into"], new Restore().RunAsync),
        new("restored list", "[--from DATABASE]", 0, [], ["from"], new RestoredList().RunAsync),
        new("restored take", "NUMBER|all [--from DATABASE]", 1, [], ["from"], new RestoredTake().RunAsync),
        new("archive", "YEAR [--to FOLDER]", 1, [], ["to"], new Archive().RunAsync),
        new("audit verify", "", 0, [], [], new AuditVerify().RunAsync),
        new("doctor", "[--json]", 0, ["json"], [], new Doctor().RunAsync),
    ];

    /// <summary>Runs what was typed.</summary>
    /// <returns>0 done; 1 failed; 64 not understood; 130 interrupted; a verb may have more.</returns>
    public static async Task<int> RunAsync(string[] words, CommandTexts texts, TextWriter output, TextWriter notes)
    {
        using var stop = new CancellationTokenSource();
        // A closed terminal stops the portal like Ctrl-C does: what it started goes down in order.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        try
        {
            return await DispatchAsync(words, texts, output, notes, stop.Token);
        }
        catch (UsageException e)
        {
            await notes.WriteLineAsync(texts.Of(e.Fault, e.Facts));
            await notes.WriteLineAsync(texts["SeeHelp"]);
            return Misused;
        }
        catch (SetupException e)
        {
            await notes.WriteLineAsync(texts.Of(e.Fault, e.Facts));
            return Failed;
        }
        catch (ReferenceFaultException e)
        {
            await notes.WriteLineAsync(texts["SeedFaults", e.Faults.Count]);
            foreach (var fault in e.Faults)
            {
                await notes.WriteLineAsync($"  {fault}");
            }
            return Failed;
        }
        catch (BackupException e)
        {
            await notes.WriteLineAsync(BackupSentence.Of(e.Fault, e.Facts, texts.Language));
            return Failed;
        }
        catch (FileRefusedException e)
        {
            await notes.WriteLineAsync(RefusedFile.Sentence(e, texts.Language));
            return Failed;
        }
        catch (NotAllowedException e)
        {
            await notes.WriteLineAsync(texts["NotAllowed", e.Message]);
            return Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> DispatchAsync(
        string[] words, CommandTexts texts, TextWriter output, TextWriter notes, CancellationToken cancel)
    {
        if (words.Length == 0 || words[0] is "help" or "--help" or "-h")
        {
            await WriteHelpAsync(texts, output);
            return words.Length == 0 ? Misused : 0;
        }

        var verb = All.FirstOrDefault(v => words.Take(v.Name.Count(c => c == ' ') + 1).SequenceEqual(v.Name.Split(' ')))
            ?? throw new UsageException(UsageFault.VerbUnknown, words[0]);
        string[] rest = [verb.Name, .. words.Skip(verb.Name.Split(' ').Length)];
        var line = CommandLine.Read(rest, verb.Switches, [.. verb.Valued, "data", "database"]);
        return line.Arguments.Count >= verb.Arguments && line.Arguments.Count <= verb.Arguments + verb.Optional
            ? await verb.Run(new CommandContext(line, texts, output, notes), cancel)
            : throw new UsageException(UsageFault.ArgumentsWrong, $"{verb.Name} {verb.Usage}");
    }

    private static async Task WriteHelpAsync(CommandTexts texts, TextWriter output)
    {
        await output.WriteLineAsync(texts["Help"]);
        foreach (var verb in All)
        {
            await output.WriteLineAsync($"  {verb.Name} {verb.Usage}");
            await output.WriteLineAsync($"      {texts["Help." + verb.Name]}");
        }

        await output.WriteLineAsync(texts["HelpOptions"]);
    }
}
