using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Authority;

/// <summary>What travels beside the circuit: the scans of the register on their way in and out.</summary>
public static class AuthorityEndpoints
{
    private const int FieldCap = 400;

    public static void MapAuthority(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/operations/authority/entries", RecordAsync).AsDoor(RecordAuthority.Door);
        routes.MapPost("/operations/authority/{id:int}/document", AttachAsync).AsDoor(RecordAuthority.Door);
        routes.MapGet("/operations/authority/{id:int}/document", DocumentAsync);
    }

    private static Task<IResult> RecordAsync(HttpContext context, IAntiforgery antiforgery, RecordAuthority record, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, RecordAuthority.FileCap, FieldCap, async sent =>
        {
            // By its name: a number is no kind. An upgrade writes itself.
            var kind = Enum.GetValues<AuthorityKind>().Where(one => one != AuthorityKind.Upgrade && one.ToString().Equals(sent["kind"], StringComparison.OrdinalIgnoreCase))
                .DefaultIfEmpty((AuthorityKind)(-1)).Single();
            var (_, problem) = await record.RunAsync(AccessClaims.Read(context.User)!, new(
                kind, sent["connection"], DocumentOf(sent), Day(sent["from"]), Day(sent["to"]), sent["person"], sent["body"], sent["purpose"]), sent.FileName, sent.Content, cancel);
            return Answer(context, problem);
        });

    private static Task<IResult> AttachAsync(int id, HttpContext context, IAntiforgery antiforgery, RecordAuthority record, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, RecordAuthority.FileCap, FieldCap, async sent =>
            Answer(context, await record.AttachAsync(AccessClaims.Read(context.User)!, id, DocumentOf(sent), sent.FileName, sent.Content, cancel)));

    private static async Task<IResult> DocumentAsync(int id, HttpContext context, PortalDatabase database, FileStore files, CancellationToken cancel)
    {
        if (!AccessClaims.Read(context.User)!.May(Capability.Operate))
            return Results.NotFound();
        await using var system = await database.OpenSystemAsync(cancel);
        var sha256 = await system.ScalarAsync<string>("SELECT file_sha256 FROM authority WHERE id = $1 AND file_sha256 IS NOT NULL", cancel, id);
        return sha256 is null ? Results.NotFound() : GivenFile.Of(files, sha256, string.Create(CultureInfo.InvariantCulture, $"van-ban-cho-phep-{id}"));
    }

    private static AuthorityDocument DocumentOf(SentForm sent) => new(sent["number"], Day(sent["date"]), sent["issuer"]);

    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text.Trim(), ["yyyy-M-d", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static IResult Answer(HttpContext context, AuthorityProblem? problem) => problem is not { } code ? Results.StatusCode(StatusCodes.Status201Created)
        : Results.Problem(context.RequestServices.GetRequiredService<IStringLocalizer<AuthorityTexts>>()[$"Problem.{code}"].Value,
            statusCode: code == AuthorityProblem.NotThere ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest);
}
