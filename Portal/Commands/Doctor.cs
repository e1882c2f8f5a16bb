using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using QuanTrac.Portal.Commands.Diagnosis;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Commands;

/// <summary><c>doctor</c>: judges the installation in words, red, yellow or green, each with what to do; changes no schema and loads nothing.</summary>
public sealed class Doctor
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>Looks at everything in <see cref="Checks"/>.</summary>
    /// <returns>0 where all is green, 1 where something is red, 2 where the worst is yellow.</returns>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var found = await LookAsync(context, cancel);
        await (context.Line.Has("json") ? WriteJsonAsync(context, found) : WriteAsync(context, found));
        return ExitCode(found.Select(one => one.Finding.Level));
    }

    /// <summary>What a caller is told by the exit code.</summary>
    public static int ExitCode(IEnumerable<Level> levels) => levels.DefaultIfEmpty().Max() switch { Level.Red => 1, Level.Yellow => 2, _ => 0 };

    private static async Task<List<(string Check, Finding Finding)>> LookAsync(CommandContext context, CancellationToken cancel)
    {
        try
        {
            await using var host = await context.OpenDatabaseAsync(cancel);
            await using var owner = new NpgsqlConnection(host.Logins.ConnectionString(DatabaseRole.Owner));
            await owner.OpenAsync(cancel);
            List<(string, Finding)> found = [];
            var pending = await new Migrator(PortalHome.Migrations).PendingAsync(host.Logins.ConnectionString(DatabaseRole.Owner), cancel);
            foreach (var check in Checks.All.Where(check => pending.Count == 0 || !check.NeedsSchema))
                found.AddRange((await GuardedAsync(check, new(context, host, owner), cancel)).Select(finding => (check.Name, finding)));
            return found;
        }
        catch (SetupException fault)
        {
            return [("Database", Finding.Said(Level.Red, context.Texts.Of(fault.Fault, fault.Facts)))];
        }
    }

    // What cannot be looked at is red, and the rest is looked at all the same.
    private static async Task<IEnumerable<Finding>> GuardedAsync(Check check, Patient patient, CancellationToken cancel)
    {
        try
        {
            return (await check.LookAsync(patient, cancel)).ToList();
        }
        catch (SetupException fault)
        {
            return [Finding.Said(Level.Red, patient.Context.Texts.Of(fault.Fault, fault.Facts))];
        }
        catch (BackupException fault)
        {
            return [Finding.Said(Level.Red, BackupSentence.Of(fault.Fault, fault.Facts, patient.Context.Texts.Language))];
        }
        catch (Exception fault) when (fault is NpgsqlException or IOException or UnauthorizedAccessException or JsonException)
        {
            return [Finding.Red("NotLooked", fault.Message)];
        }
    }

    private static async Task WriteAsync(CommandContext context, List<(string Check, Finding Finding)> found)
    {
        var language = context.Texts.Language;
        foreach (var check in found.GroupBy(one => one.Check))
        {
            await context.Output.WriteLineAsync(DiagnosisTexts.Of($"Check.{check.Key}", language));
            foreach (var (_, finding) in check)
                await context.Output.WriteLineAsync($"  {Mark(finding.Level)} {DiagnosisTexts.Of($"Level.{finding.Level}", language)}: {finding.In(language)}");
        }
        int Of(Level level) => found.Count(one => one.Finding.Level == level);
        await context.Output.WriteLineAsync(DiagnosisTexts.Of("Sum", language, Of(Level.Red), Of(Level.Yellow), Of(Level.Green)));
    }

    private static Task WriteJsonAsync(CommandContext context, List<(string Check, Finding Finding)> found) => context.Output.WriteLineAsync(JsonSerializer.Serialize(
        found.Select(one => new { check = one.Check, level = one.Finding.Level.ToString().ToLowerInvariant(), code = one.Finding.Code, text = one.Finding.In(context.Texts.Language) }), Readable));

    private static char Mark(Level level) => level switch { Level.Red => '✗', Level.Yellow => '!', _ => '✓' };
}
