using Microsoft.AspNetCore.Antiforgery;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>What travels beside the circuit: files on their way in, scans and tables on their way out.</summary>
public static class OrganisationsEndpoints
{
    public static void MapOrganisations(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/organisations/files", KeepAsync).AsDoor(KeepFile.Door);
        routes.MapGet("/organisations/changes/{id:int}/document", DocumentAsync);
        OrganisationsDownloads.Map(routes);
    }

    private static Task<IResult> KeepAsync(HttpContext context, IAntiforgery antiforgery, KeepFile keep, string? purpose, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, KeepFile.Cap, 0, async file =>
        {
            var door = purpose switch { "scan" => KeepFile.Scans, "template" => KeepFile.Templates, "boundaries" => KeepFile.Boundaries, _ => KeepFile.Door };
            var kept = await keep.RunAsync(AccessClaims.Read(context.User)!, file.Content, file.FileName, cancel, door);
            return Results.Json(new { sha256 = kept.Sha256, name = kept.Name }, statusCode: StatusCodes.Status201Created);
        });

    private static async Task<IResult> DocumentAsync(int id, HttpContext context, PortalDatabase database, FileStore files, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        // Only the province login reads the register of changes.
        if (!access.May(Capability.SeeOrganisations) || access.Login != Login.Province)
            return Results.NotFound();
        await using var db = await database.OpenAsync(access, cancel);
        var sha256 = await db.Connection.ScalarAsync<string>("SELECT file_sha256 FROM organisation_change WHERE id = $1", cancel, id);
        return sha256 is null ? Results.NotFound() : GivenFile.Of(files, sha256, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"van-ban-{id}"));
    }
}
