using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Intake;

/// <summary><c>POST /intake/files</c>: one file, streamed to the store and never held in memory.</summary>
public static class IntakeEndpoints
{
    // A longer body is read to its end and thrown away, so that the sender reads our answer instead of a broken connection; beyond this, cut.
    private const long ReadAtMost = 1L << 30;

    // The parts' headers around the file.
    private const long Wrapping = 64 * 1024;

    // What .NET gives an IOException without an errno: here, a body that ends in its middle.
    private const int BodyBrokeOff = unchecked((int)0x80131620);

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/intake/files", HandInAsync)
            .RequireRateLimiting(IntakeSetup.HandInLimit).WithMetadata(new RequestSizeLimitAttribute(ReadAtMost));
        routes.MapIntakeDownloads();
    }

    private static async Task<IResult> HandInAsync(
        HttpContext context, IAntiforgery antiforgery, HandInFile handIn, ILogger<HandInFile> log, CancellationToken cancel)
    {
        if (!await SentForm.HasTokenAsync(context, antiforgery))
            return await RefuseAsync(context, StatusCodes.Status400BadRequest, "Upload.Stale");
        if (context.Request.ContentLength > FileReader.DefaultCap + Wrapping)
            return await RefuseTooLargeAsync(context);
        try
        {
            if (await SentForm.ReadAsync(context.Request, 0, cancel) is not { } file)
                return await RefuseAsync(context, StatusCodes.Status400BadRequest, "Upload.NotForm");
            var submission = await handIn.RunAsync(
                AccessClaims.Read(context.User)!, file.Content, file.FileName, layout: "", queue: true, cancel,
                Guid.TryParse(context.Request.Headers["Idempotency-Key"], out var sending) ? sending : null);
            return Results.Created($"/intake/{submission}", new { id = submission });
        }
        catch (NotAllowedException fault)
        {
            log.LogWarning(fault, "A file was refused.");
            return await RefuseAsync(context, StatusCodes.Status403Forbidden, "Upload.Refused");
        }
        catch (FileTooLargeException)
        {
            return await RefuseTooLargeAsync(context);
        }
        catch (FileRefusedException fault)
        {
            await ReadToEndAsync(context);
            return RefusedFile.Answer(context, fault);
        }
        catch (Exception fault) when (fault is InvalidDataException || fault is IOException { HResult: BodyBrokeOff })
        {
            return UploadAnswer.Refuse(context, StatusCodes.Status400BadRequest, "Upload.NotForm");
        }
    }

    private static Task<IResult> RefuseTooLargeAsync(HttpContext context) =>
        RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, "Upload.TooLarge", FileReader.DefaultCap / (1024 * 1024));

    private static async Task<IResult> RefuseAsync(HttpContext context, int status, string text, params object[] facts)
    {
        await ReadToEndAsync(context);
        return UploadAnswer.Refuse(context, status, text, facts);
    }

    private static Task ReadToEndAsync(HttpContext context) =>
        context.Request.ContentLength is null or <= ReadAtMost ? context.Request.Body.DrainAsync(ReadAtMost, context.RequestAborted) : Task.CompletedTask;
}
