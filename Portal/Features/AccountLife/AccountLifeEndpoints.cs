using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>What travels beside the circuit: letters and lists on their way in and out.</summary>
public static class AccountLifeEndpoints
{
    // More faults than anybody reads at once.
    private const int FaultsShown = 20;

    public static void MapAccountLife(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accounts/requests/{id:int}/letter", AttachAsync)
            .RequireRateLimiting(AccountLifeSetup.FileLimit).WithMetadata(new RequestSizeLimitAttribute(AttachLetter.FileCap + SentForm.Wrapping));
        routes.MapPost("/accounts/requests/{id:int}/persons", ReadAsync)
            .RequireRateLimiting(AccountLifeSetup.FileLimit).WithMetadata(new RequestSizeLimitAttribute(ReadPersons.FileCap + SentForm.Wrapping));
        routes.MapGet("/accounts/requests/{id:int}/letter", LetterAsync);
        routes.MapGet("/accounts/review/document", ReviewAsync);
        AccountLifeDownloads.Map(routes);
    }

    private static Task<IResult> AttachAsync(int id, HttpContext context, IAntiforgery antiforgery, AttachLetter attach, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, AttachLetter.FileCap, 0, async sent =>
            Answer(context, await attach.RunAsync(AccessClaims.Read(context.User)!, id, sent.FileName, sent.Content, cancel)));

    private static Task<IResult> ReadAsync(int id, HttpContext context, IAntiforgery antiforgery, ReadPersons read, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, ReadPersons.FileCap, 0, async sent =>
        {
            var path = Path.Combine(Path.GetTempPath(), $"quantrac-{Guid.NewGuid():N}");
            try
            {
                await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write))
                    await sent.Content.CopyToAsync(file, cancel);
                var (_, faults, problem) = await read.RunAsync(AccessClaims.Read(context.User)!, id, path, cancel);
                return faults.Count == 0 ? Answer(context, problem) : Results.Problem(Sentences(context, faults), statusCode: StatusCodes.Status400BadRequest);
            }
            finally
            {
                File.Delete(path);
            }
        });

    private static string Sentences(HttpContext context, IReadOnlyList<PersonFault> faults)
    {
        var texts = context.RequestServices.GetRequiredService<IStringLocalizer<AccountLifeTexts>>();
        var lines = faults.Take(FaultsShown).Select(fault =>
            fault.Row == 0 ? texts["List.FileFault", fault.Value, fault.Wanted].Value : texts["List.Fault", fault.Row, fault.Column, fault.Value, fault.Wanted].Value);
        return string.Join('\n', faults.Count > FaultsShown ? lines.Append(texts["List.More", faults.Count - FaultsShown].Value) : lines);
    }

    private static IResult Answer(HttpContext context, AccountProblem? problem) => problem switch
    {
        null => Results.StatusCode(StatusCodes.Status201Created),
        AccountProblem.NotThere => Refuse(context, StatusCodes.Status404NotFound, "Problem.NotThere", ""),
        { } code => Results.Problem(AccountWords.Problem(context.RequestServices.GetRequiredService<IStringLocalizer<AccountLifeTexts>>(), code),
            statusCode: code is AccountProblem.Changed or AccountProblem.NotNow ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest),
    };

    private static async Task<IResult> LetterAsync(int id, HttpContext context, PortalDatabase database, FileStore files, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!access.May(Capability.AskForAccounts))
            return Results.NotFound();
        await using var system = await database.OpenSystemAsync(cancel);
        if (await RequestRecord.FindAsync(system, access, id, cancel) is not { HasFile: true })
            return Results.NotFound();
        var (sha256, name) = (await system.ListAsync("SELECT file_sha256, file_name FROM account_request WHERE id = $1", row => (row.GetString(0), row.GetString(1)), cancel, id)).Single();
        // Handed over to be kept, never to be shown inside the portal: its content is the sender's.
        return Results.File(files.PathOf(sha256), "application/octet-stream", name);
    }

    private static async Task<IResult> ReviewAsync(HttpContext context, PortalDatabase database, FileStore files, TimeProvider clock, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!access.May(Capability.AskForAccounts))
            return Results.NotFound();
        await using var system = await database.OpenSystemAsync(cancel);
        var sha256 = await system.ScalarAsync<string>(
            "SELECT file_sha256 FROM account_review WHERE organisation_id = $1 AND year = $2", cancel, access.OrganisationId, PortalDay.Of(clock).Year);
        return sha256 is null ? Results.NotFound() : Results.File(files.PathOf(sha256), "application/pdf", "danh-sach-tai-khoan.pdf");
    }

    private static IResult Refuse(HttpContext context, int status, string text, params object[] facts) =>
        Results.Problem(context.RequestServices.GetRequiredService<IStringLocalizer<AccountLifeTexts>>()[text, facts].Value, statusCode: status);
}
