using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Features.Territories;

/// <summary>The way in of a file with areas, beside the circuit.</summary>
public static class TerritoriesEndpoints
{
    // The part's headers around the file.
    private const long Wrapping = 64 * 1024;

    public static void MapTerritories(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/organisations/territories/files", TakeAsync)
            .RequireRateLimiting(IntakeSetup.HandInLimit).WithMetadata(new RequestSizeLimitAttribute(AreaFile.Cap + Wrapping));

    private static async Task<IResult> TakeAsync(HttpContext context, IAntiforgery antiforgery, KeepAreaFile keep, CancellationToken cancel)
    {
        if (context.Request.Headers["RequestVerificationToken"].Count == 0 || !await antiforgery.IsRequestValidAsync(context))
            return Refuse(context, StatusCodes.Status400BadRequest, "Upload.Stale");
        try
        {
            return await FileOfAsync(context.Request, cancel) is { } file
                ? Results.Json(await keep.RunAsync(AccessClaims.Read(context.User)!, file.Body, file.Name, cancel))
                : Refuse(context, StatusCodes.Status400BadRequest, "Upload.Missing");
        }
        catch (NotAllowedException)
        {
            return Refuse(context, StatusCodes.Status403Forbidden, "Upload.NotYours");
        }
        catch (Exception fault) when (fault is FileTooLargeException or BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge })
        {
            return Refuse(context, StatusCodes.Status413PayloadTooLarge, "Upload.TooLarge", AreaFile.Cap / (1024 * 1024));
        }
        catch (InvalidDataException)
        {
            return Refuse(context, StatusCodes.Status400BadRequest, "Upload.Missing");
        }
    }

    private static async Task<(Stream Body, string Name)?> FileOfAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 and <= 70 } boundary)
            return null;
        var reader = new MultipartReader(boundary.ToString(), request.Body) { HeadersCountLimit = 8 };
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (section.AsFileSection() is { FileName.Length: > 0 } file)
                return (section.Body, file.FileName);
        }
        return null;
    }

    private static IResult Refuse(HttpContext context, int status, string text, params object[] facts) =>
        Results.Problem(context.RequestServices.GetRequiredService<IStringLocalizer<TerritoriesTexts>>()[text, facts].Value, statusCode: status);
}
