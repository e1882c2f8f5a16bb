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
    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/organisations/files", KeepAsync)
            .RequireRateLimiting(IntakeSetup.HandInLimit).WithMetadata(new RequestSizeLimitAttribute(KeepFile.Cap + SentForm.Wrapping));
        routes.MapGet("/organisations/changes/{id:int}/document", DocumentAsync);
        OrganisationsDownloads.Map(routes);
    }

    private static Task<IResult> KeepAsync(HttpContext context, IAntiforgery antiforgery, KeepFile keep, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, KeepFile.Cap, 0, async file =>
            await keep.RunAsync(AccessClaims.Read(context.User)!, file.Content, file.FileName, cancel) is { } kept
                ? Results.Json(new { sha256 = kept.Sha256, name = kept.Name }, statusCode: StatusCodes.Status201Created)
                : Results.Problem(context.RequestServices.GetRequiredService<IStringLocalizer<OrganisationsTexts>>()["File.Kind"].Value, statusCode: StatusCodes.Status400BadRequest));

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
}
