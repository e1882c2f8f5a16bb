using Microsoft.AspNetCore.Http.HttpResults;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Features.Audit;

/// <summary>Marks the endpoints whose files and refusals are written in the audit.</summary>
public sealed class WatchedAddress;

/// <summary>Every address below it that hands out a file or answers 403 is written in the audit, before the answer leaves.</summary>
public static class WatchedAddresses
{
    // Filters are long at most where somebody tries something.
    private const int QueryCap = 400;

    public static RouteGroupBuilder MapWatched(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("");
        group.WithMetadata(new WatchedAddress());
        group.AddEndpointFilter(WatchAsync);
        group.RequireRateLimiting(FilesSetup.AnswerLimit);
        return group;
    }

    private static async ValueTask<object?> WatchAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var context = call.HttpContext;
        // Whose data these are: no browser and nothing between keeps a copy. An address that knows better says so itself.
        context.Response.Headers.CacheControl = "private, no-store";
        // Who comes with a token instead of a cookie is a machine that comes every hour: the token itself is not shown.
        if (AccessClaims.Read(context.User) is not { } access)
            return await next(call);
        var audit = context.RequestServices.GetRequiredService<WriteAudit>();
        object? answer;
        try
        {
            answer = await next(call);
        }
        catch (NotAllowedException refused)
        {
            await audit.RefusedAsync(context.Request.Path, refused.Capability, access, context.RequestAborted);
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }
        if (answer is IStatusCodeHttpResult { StatusCode: StatusCodes.Status403Forbidden })
            await audit.RefusedAsync(context.Request.Path, null, access, context.RequestAborted);
        else if (FileOf(answer) is { } file)
            await audit.AloneAsync("exported", context.Request.Path, access, new { query = QueryOf(context), file = file.Name, bytes = file.Bytes, token = context.User.FindFirst(AccessClaims.Token)?.Value }, context.RequestAborted);
        return answer;
    }

    private static (string? Name, long? Bytes)? FileOf(object? answer) => answer switch
    {
        FileContentHttpResult file => (file.FileDownloadName, file.FileLength),
        PhysicalFileHttpResult file => (file.FileDownloadName, new FileInfo(file.FileName) is { Exists: true } there ? there.Length : null),
        FileStreamHttpResult file => (file.FileDownloadName, file.FileLength),
        _ => null,
    };

    private static string? QueryOf(HttpContext context) => context.Request.QueryString.Value is { Length: > 1 } query
        ? Uri.UnescapeDataString(query.Length > QueryCap ? query[1..QueryCap] : query[1..])
        : null;
}
