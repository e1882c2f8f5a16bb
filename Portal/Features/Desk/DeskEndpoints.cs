using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>What travels beside the circuit: files on their way in and out, the list as CSV.</summary>
public static class DeskEndpoints
{
    // One more than is taken: what is cut off must be refused, not lost.
    private const int FieldCap = AskDesk.WordsCap + 1;

    public static void MapDesk(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/desk/{id:int}/files", AttachAsync).AsDoor(AttachDeskFile.Door);
        routes.MapGet("/desk/{id:int}/files/{note:long}", FileAsync);
        routes.MapGet("/desk/download", ListAsync);
    }

    private static Task<IResult> AttachAsync(int id, HttpContext context, IAntiforgery antiforgery, AttachDeskFile attach, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, AttachDeskFile.FileCap, FieldCap, async sent =>
            await attach.RunAsync(AccessClaims.Read(context.User)!, id, sent["words"], sent.FileName, sent.Content, cancel) switch
            {
                null => Results.StatusCode(StatusCodes.Status201Created),
                DeskProblem.NotThere => Refuse(context, StatusCodes.Status404NotFound, "Problem.NotThere"),
                DeskProblem.NotYours => Refuse(context, StatusCodes.Status403Forbidden, "Problem.NotYours"),
                DeskProblem.Changed => Refuse(context, StatusCodes.Status409Conflict, "Problem.Changed"),
                { } problem => Refuse(context, StatusCodes.Status400BadRequest, $"Problem.{problem}"),
            });

    private static async Task<IResult> FileAsync(int id, long note, HttpContext context, PortalDatabase database, FileStore files, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!access.May(Capability.UseDesk))
            return Results.NotFound();
        await using var db = await database.OpenAsync(access, cancel);
        var (sha256, number) = (await db.Connection.ListAsync(
            "SELECT n.file_sha256, i.number FROM desk_note n JOIN desk_item i ON i.id = n.item_id WHERE n.item_id = $1 AND n.id = $2 AND n.file_sha256 IS NOT NULL",
            row => (row.GetString(0), row.GetString(1)), cancel, id, note)).FirstOrDefault();
        return sha256 is null ? Results.NotFound() : GivenFile.Of(files, sha256, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number}-{note}"));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, DeskData data, IStringLocalizer<DeskTexts> texts, string? whose, string? kind, string? state, string? text, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!access.May(Capability.UseDesk))
            return Results.NotFound();
        // Điều 7.2b: whoever uses the data names the software.
        var csv = new CsvText().Remark(texts["Csv.Citation", Figures.Moment(data.Now)])
            .Row("number", "kind", "severity", "title", "organisation", "asked_by", "asked_at", "owner", "state", "due_at", "changed_at");
        foreach (var line in await data.ListAsync(access, DeskFilter.Of(whose, kind, state, text), Language.Current, cancel))
        {
            csv.Row(line.Number, line.Kind.Word(), line.Severity, line.Title, line.Organisation, line.AskedBy, Local(line.At), line.Owner, line.State.Word(),
                line.Due is { } due ? Local(due) : null, Local(line.ChangedAt));
        }
        return Results.File(csv.ToBytes(), "text/csv; charset=utf-8", "ho-tro.csv");
    }

    private static string Local(DateTimeOffset at) => PortalDay.Local(at).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static IResult Refuse(HttpContext context, int status, string text, params object[] facts) =>
        Results.Problem(context.RequestServices.GetRequiredService<IStringLocalizer<DeskTexts>>()[text, facts].Value, statusCode: status);
}
