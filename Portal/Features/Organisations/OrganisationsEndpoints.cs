using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>What travels beside the circuit: files on their way in, scans and tables on their way out.</summary>
public static class OrganisationsEndpoints
{
    // The part's headers around the file.
    private const long Wrapping = 64 * 1024;

    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/organisations/files", KeepAsync)
            .RequireRateLimiting(IntakeSetup.HandInLimit).WithMetadata(new RequestSizeLimitAttribute(KeepFile.Cap + Wrapping));
        routes.MapGet("/organisations/changes/{id:int}/document", DocumentAsync);
        OrganisationsDownloads.Map(routes);
    }

    private static async Task<IResult> KeepAsync(HttpContext context, IAntiforgery antiforgery, KeepFile keep, CancellationToken cancel)
    {
        if (!await SentForm.HasTokenAsync(context, antiforgery))
            return Refuse(context, StatusCodes.Status400BadRequest, "File.Stale");
        try
        {
            if (await SentForm.ReadAsync(context.Request, 0, cancel) is not { } file)
                return Refuse(context, StatusCodes.Status400BadRequest, "File.Missing");
            var kept = await keep.RunAsync(AccessClaims.Read(context.User)!, file.Content, file.FileName, cancel);
            return kept is null
                ? Refuse(context, StatusCodes.Status400BadRequest, "File.Kind")
                : Results.Json(new { sha256 = kept.Sha256, name = kept.Name }, statusCode: StatusCodes.Status201Created);
        }
        catch (NotAllowedException)
        {
            return Refuse(context, StatusCodes.Status403Forbidden, "File.NotYours");
        }
        catch (Exception fault) when (fault is FileTooLargeException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return Refuse(context, StatusCodes.Status413PayloadTooLarge, "File.TooLarge", KeepFile.Cap / (1024 * 1024));
        }
        catch (InvalidDataException)
        {
            return Refuse(context, StatusCodes.Status400BadRequest, "File.Missing");
        }
    }

    private static async Task<IResult> DocumentAsync(int id, HttpContext context, PortalDatabase database, FileStore files, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        // Only the province login reads the register of changes.
        if (!access.May(Capability.SeeOrganisations) || access.Login != Login.Province)
            return Results.NotFound();
        await using var db = await database.OpenAsync(access, cancel);
        var (sha256, name) = (await db.Connection.ListAsync(
            "SELECT file_sha256, file_name FROM organisation_change WHERE id = $1", row => (row.GetString(0), row.GetString(1)), cancel, id)).FirstOrDefault();
        return sha256 is null ? Results.NotFound() : Results.File(files.PathOf(sha256), "application/octet-stream", name);
    }

    private static IResult Refuse(HttpContext context, int status, string text, params object[] facts) =>
        Results.Problem(context.RequestServices.GetRequiredService<IStringLocalizer<OrganisationsTexts>>()[text, facts].Value, statusCode: status);
}
