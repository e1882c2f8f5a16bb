using System.Globalization;
using Microsoft.Extensions.Localization;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>The file as it was handed in, and the same with its problems marked: for those who hold it, since it carries the rows of others. An extract of their own results for
/// everybody who sees something of the submission. Which is which is the database's to say.</summary>
internal static class IntakeDownloads
{
    // Seconds for a marked copy. What it is made of has gone through the check.
    private const int MarkedPatience = 120;
    private const int DiskFull = 28;

    public static void MapIntakeDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/intake/{id:int}/file", FileAsync);
        routes.MapGet("/intake/{id:int}/marked", MarkedAsync).RequireRateLimiting(IntakeSetup.MadeLimit);
        routes.MapGet("/intake/{id:int}/extract", ExtractAsync).RequireRateLimiting(IntakeSetup.MadeLimit);
    }

    private static async Task<IResult> ExtractAsync(
        int id, HttpContext context, PortalDatabase database, TimeProvider clock, IStringLocalizer<IntakeTexts> texts, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        // Guests do not look into submissions.
        if (access.Login == Login.Guest)
            return Results.NotFound();
        await using var db = await database.OpenAsync(access, cancel);
        return await SubmissionExtract.WriteAsync(db.Connection, id, PortalDay.Of(clock), texts, cancel) is { } extract
            ? Results.File(extract.Csv, "text/csv; charset=utf-8", extract.Name)
            : Results.NotFound();
    }

    private static async Task<IResult> FileAsync(int id, HttpContext context, PortalDatabase database, FileStore files, CancellationToken cancel) =>
        await FindAsync(id, context, database, cancel) is { } found
            ? GivenFile.Of(files, found.Sha256, NameOf(id), plain: "csv")
            : Results.NotFound();

    private static async Task<IResult> MarkedAsync(
        int id, HttpContext context, PortalDatabase database, FileStore files, MarkedCopies copies,
        IStringLocalizer<IntakeTexts> texts, IStringLocalizer<ProblemTexts> problemTexts, CancellationToken cancel)
    {
        if (await FindAsync(id, context, database, cancel) is not { } found)
            return Results.NotFound();
        string[] headers = [.. new[] { "Severity", "SheetName", "Row", "Column", "Value", "Problem", "Remedy" }.Select(part => texts[$"Marked.{part}"].Value)];
        var marks = found.Problems.Select(problem => MarkOf(problem, texts, problemTexts)).ToList();
        var name = $"{NameOf(id)}-{texts["Marked.FileName"]}";
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(MarkedPatience));
        try
        {
            if (!found.Blocked && await copies.OpenAsync(found.Sha256, files.PathOf(found.Sha256), texts["Marked.Sheet"], headers, marks, limit.Token) is { } workbook)
                return Results.File(workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return UploadAnswer.Refuse(context, StatusCodes.Status503ServiceUnavailable, "Marked.TooLong");
        }
        catch (IOException fault) when (fault.HResult == DiskFull)
        {
            return UploadAnswer.Refuse(context, StatusCodes.Status507InsufficientStorage, "Marked.DiskFull");
        }
        return Results.File(Csv(headers, marks), "text/csv; charset=utf-8", name + ".csv");
    }

    // The sender's own name is shown, never handed on.
    private static string NameOf(int id) => string.Create(CultureInfo.InvariantCulture, $"ho-so-{id}");

    private static Mark MarkOf(ProblemView problem, IStringLocalizer<IntakeTexts> texts, IStringLocalizer<ProblemTexts> problemTexts)
    {
        string? Text(string key) => problemTexts[key] is { ResourceNotFound: false } found ? found.Value : null;
        return new(problem.Severity, problem.Sheet, problem.Row, problem.Column,
        [
            texts[$"Severity.{problem.Severity}"], problem.Sheet, problem.Row > 0 ? problem.Row.ToString(CultureInfo.InvariantCulture) : "", problem.Column,
            problem.Value, $"{ProblemSentence.Title(Text, problem)}. {ProblemSentence.Sentence(Text, problem)}", ProblemSentence.Remedy(Text, problem),
        ]);
    }

    private static byte[] Csv(string[] headers, IEnumerable<Mark> marks)
    {
        var csv = new CsvText().Row(headers);
        foreach (var mark in marks)
            csv.Row(mark.Words);
        return csv.ToBytes();
    }

    private sealed record HandedIn(string Sha256, string Name, bool Blocked, IReadOnlyList<ProblemView> Problems);

    private static async Task<HandedIn?> FindAsync(int id, HttpContext context, PortalDatabase database, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        // Guests see of a submission that it is accepted, never its file.
        if (access.Login == Login.Guest)
            return null;
        await using var db = await database.OpenAsync(access, cancel);
        var found = (await db.Connection.ListAsync(
            """
            SELECT paper.file_sha256, s.file_name, paper.summary::text FROM submission s CROSS JOIN portal_submission_paper(s.id) AS paper
            WHERE s.id = $1 AND paper.file_sha256 IS NOT NULL
            """,
            row => new HandedIn(row.GetString(0), row.GetString(1), IsBlocked(row), []), cancel, id)).FirstOrDefault();
        return found is null ? null : found with
        {
            Problems = await db.Connection.ListAsync(
                $"SELECT {ProblemView.Columns} FROM submission_problem WHERE submission_id = $1 ORDER BY ordinal", ProblemView.Read, cancel, id),
        };
    }

    // A file that nobody has looked into is not opened here either.
    private static bool IsBlocked(NpgsqlDataReader row) => row.IsDBNull(2) || IntakeFigures.Outcome(row.GetString(2)) is not { Blocked: false };
}
