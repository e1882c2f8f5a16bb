using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>What travels beside the circuit: the scan on its way in and out, the board as CSV, the calendar.</summary>
public static class DutiesEndpoints
{
    private const int FieldCap = 1000;

    public static void MapDuties(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/duties/{id:int}/document", FulfilAsync).AsDoor(FulfilDuty.Door);
        routes.MapGet("/duties/{id:int}/document", DocumentAsync);
        routes.MapGet("/duties/download", BoardAsync);
        routes.MapGet("/duties/calendar/{token}.ics", CalendarAsync).AllowAnonymous();
    }

    private static Task<IResult> FulfilAsync(int id, HttpContext context, IAntiforgery antiforgery, FulfilDuty fulfil, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, FulfilDuty.FileCap, FieldCap, async sent =>
        {
            var problem = await fulfil.RunAsync(AccessClaims.Read(context.User)!, id, new(sent["number"], Day(sent["date"]), sent["note"], sent.FileName), sent.Content, cancel);
            return problem is { } code
                ? Refuse(context, code == DutyProblem.NotThere ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, $"Problem.{code}")
                : Results.Created($"/duties/{id}/document", null);
        });

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), ["d/M/yyyy", "yyyy-M-d"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static async Task<IResult> DocumentAsync(int id, HttpContext context, PortalDatabase database, FileStore files, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!access.May(Capability.SeeDuties))
            return Results.NotFound();
        await using var db = await database.OpenAsync(access, cancel);
        var sha256 = await db.Connection.ScalarAsync<string>("SELECT file_sha256 FROM duty_fulfilment WHERE occurrence_id = $1 AND undone_at IS NULL", cancel, id);
        return sha256 is null ? Results.NotFound() : GivenFile.Of(files, sha256, string.Create(CultureInfo.InvariantCulture, $"nghia-vu-{id}"));
    }

    private static async Task<IResult> BoardAsync(
        HttpContext context, DutiesData data, IStringLocalizer<DutiesTexts> texts, string? duty, string? state, string? text, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!access.May(Capability.SeeDuties))
            return Results.NotFound();
        var filter = BoardFilter.Of(duty, state, text);
        // Điều 7.2b: whoever uses the data names the software.
        var csv = new CsvText().Remark(texts["Csv.Citation", Figures.Day(data.Today)]).Row("organisation", "name", "duty", "duty_name", "article", "period", "last_day",
            "state", "days_late", "reminders", "document_number", "document_date", "confidence");
        foreach (var line in await data.BoardAsync(access, filter, Language.Current, cancel))
        {
            csv.Row(line.OrganisationCode, line.Organisation, line.Duty, line.Name, Cited.Shown(line.Article), line.Period, line.LastDay, line.State.ToString(), line.DaysLate,
                line.Reminders, line.Paper?.Number, line.Paper?.Date, line.Confidence);
        }
        return Results.File(csv.ToBytes(), "text/csv; charset=utf-8", "nhiem-vu.csv");
    }

    private static async Task<IResult> CalendarAsync(string token, HttpContext context, CalendarAddress address, DutiesData data, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        if (await address.FindAsync(token, cancel) is not { } found)
            return Results.NotFound();
        var feed = await DutyFeed.ReadAsync(data, found.Access, found.Language, $"{context.Request.Scheme}://{context.Request.Host}", cancel);
        return Results.Text(feed, "text/calendar; charset=utf-8", Encoding.UTF8);
    }

    private static IResult Refuse(HttpContext context, int status, string text, params object[] facts) =>
        Results.Problem(context.RequestServices.GetRequiredService<IStringLocalizer<DutiesTexts>>()[text, facts].Value, statusCode: status);
}
