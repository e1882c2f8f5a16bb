using System.Text.Encodings.Web;
using System.Text.Json;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Commands;

/// <summary><c>import</c>: hands a file in as an account and prints what became of it as JSON.</summary>
public sealed class Import
{
    private const int NothingAdded = 1;
    private const int CellsRefused = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // For a terminal and for programs, not for a page: Vietnamese stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>2 if any cell is refused, 1 only if the file adds nothing and nothing of it is already present, else 0.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var path = context.Line.Arguments[0];
        if (!File.Exists(path))
            throw new UsageException(UsageFault.FileUnknown, path);
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await context.SeedAsync(host, cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var access = await CommandContext.AccessAsync(scope.ServiceProvider, context.Line.Option("as"), cancel);
        var reviewer = context.Line.Has("accept") ? await ReviewerAsync(scope.ServiceProvider, access, context.Line.Option("reviewer"), cancel) : null;

        // A file over the cap or of another kind is not stored, only judged as such.
        var refused = new FileInfo(path).Length > FileReader.DefaultCap || !HandInFile.Door.Kinds.Contains(FileContent.KindOf(path));
        var summary = refused || context.Line.Has("dry-run")
            ? await TryAsync(scope.ServiceProvider, access, context, path, refused ? "refused" : "dry-run", cancel)
            : await HandInAsync(scope.ServiceProvider, access, reviewer, context, path, cancel);
        await context.Output.WriteLineAsync(JsonSerializer.Serialize(summary, Json));
        return ExitCode(summary);
    }

    /// <summary>What is submitted but not accepted yet has added nothing so far, and is no failure.</summary>
    public static int ExitCode(ImportSummary summary) =>
        summary.Refused > 0 ? CellsRefused : summary.Results == 0 ? NothingAdded : 0;

    /// <summary>Whoever is to accept, before anything is handed in: somebody else, who may.</summary>
    /// <exception cref="UsageException">Nobody is named, or the one who hands in.</exception>
    /// <exception cref="NotAllowedException">The account does not accept submissions.</exception>
    public static async Task<Domain.Access.Access> ReviewerAsync(IServiceProvider portal, Domain.Access.Access access, string? name, CancellationToken cancel)
    {
        var reviewer = name is null ? access : await CommandContext.AccessAsync(portal, name, cancel);
        if (reviewer.AccountId == access.AccountId)
            throw new UsageException(UsageFault.ReviewerMissing);
        reviewer.Demand(Capability.AcceptSubmission);
        return reviewer;
    }

    private static async Task<ImportSummary> TryAsync(
        IServiceProvider portal, Domain.Access.Access access, CommandContext context, string path, string state, CancellationToken cancel)
    {
        var (outcome, problems) = await portal.GetRequiredService<CheckSubmission>()
            .TryAsync(access, path, context.Line.Option("layout") ?? "", cancel);
        return ImportSummary.Of(null, state, outcome, outcome.New, problems.Select(problem => ImportProblem.Of(ProblemView.Of(problem), context.Texts)));
    }

    private static async Task<ImportSummary> HandInAsync(
        IServiceProvider portal, Domain.Access.Access access, Domain.Access.Access? reviewer, CommandContext context, string path, CancellationToken cancel)
    {
        await using var content = File.OpenRead(path);
        var submission = await portal.GetRequiredService<HandInFile>()
            .RunAsync(access, content, Path.GetFileName(path), context.Line.Option("layout") ?? "", queue: false, cancel);
        var outcome = (await portal.GetRequiredService<CheckSubmission>().RunAsync(access, submission, cancel))!;
        var added = 0;
        if (!outcome.Blocked)
        {
            // At the console the warnings are printed with the summary: running the verb acknowledges them.
            await portal.GetRequiredService<SubmitSubmission>().RunAsync(
                access, submission, new Dictionary<int, string> { [0] = context.Texts["ImportReason"] }, cancel);
            if (reviewer is not null)
                await portal.GetRequiredService<AcceptSubmission>().RunAsync(reviewer, submission, cancel);
        }
        await using var db = await portal.GetRequiredService<PortalDatabase>().OpenAsync(access, cancel);
        var state = await db.Connection.ScalarAsync<string>("SELECT state FROM submission WHERE id = $1", cancel, submission) ?? "";
        added = await db.Connection.ScalarAsync<int>("SELECT count(*)::int FROM result WHERE submission_id = $1", cancel, submission);
        var problems = await db.Connection.ListAsync(
            $"SELECT {ProblemView.Columns} FROM submission_problem WHERE submission_id = $1 ORDER BY ordinal",
            row => ImportProblem.Of(ProblemView.Read(row), context.Texts), cancel, submission);
        return ImportSummary.Of(submission, state, outcome, added, problems);
    }
}
