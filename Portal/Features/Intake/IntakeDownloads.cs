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

/// <summary>The file as it was handed in, and the same with its problems marked: of submissions that the account sees.</summary>
internal static class IntakeDownloads
{
    public static void MapIntakeDownloads(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/intake/{id:int}/file", FileAsync);
        routes.MapGet("/intake/{id:int}/marked", MarkedAsync);
    }

    private static async Task<IResult> FileAsync(int id, HttpContext context, PortalDatabase database, FileStore files, CancellationToken cancel) =>
        await FindAsync(id, context, database, cancel) is { } found
            ? GivenFile.Of(files, found.Sha256, NameOf(id), plain: "csv")
            : Results.NotFound();

    private static async Task<IResult> MarkedAsync(
        int id, HttpContext context, PortalDatabase database, FileStore files,
        IStringLocalizer<IntakeTexts> texts, IStringLocalizer<ProblemTexts> problemTexts, CancellationToken cancel)
    {
        if (await FindAsync(id, context, database, cancel) is not { } found)
            return Results.NotFound();
        string[] headers = [.. new[] { "Severity", "SheetName", "Row", "Column", "Value", "Problem", "Remedy" }.Select(part => texts[$"Marked.{part}"].Value)];
        var marks = found.Problems.Select(problem => MarkOf(problem, texts, problemTexts)).ToList();
        var name = $"{NameOf(id)}-{texts["Marked.FileName"]}";
        if (!found.Blocked && MarkedWorkbook.Write(files.PathOf(found.Sha256), texts["Marked.Sheet"], headers, marks) is { } workbook)
            return Results.File(workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name + ".xlsx");
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
            "SELECT file_sha256, file_name, summary::text FROM submission WHERE id = $1",
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
