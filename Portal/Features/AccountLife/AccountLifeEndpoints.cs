using Microsoft.AspNetCore.Antiforgery;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Files;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>What travels beside the circuit: letters and lists on their way in and out.</summary>
public static class AccountLifeEndpoints
{
    // More faults than anybody reads at once.
    private const int FaultsShown = 20;

    public static void MapAccountLife(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/accounts/requests/{id:int}/letter", AttachAsync).AsDoor(AttachLetter.Door);
        routes.MapPost("/accounts/requests/{id:int}/persons", ReadAsync).AsDoor(ReadPersons.Door);
        routes.MapGet("/accounts/requests/{id:int}/letter", LetterAsync);
        routes.MapGet("/accounts/review/document", ReviewAsync);
        AccountLifeDownloads.Map(routes);
    }

    private static Task<IResult> AttachAsync(int id, HttpContext context, IAntiforgery antiforgery, AttachLetter attach, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, AttachLetter.FileCap, 0, async sent =>
            Answer(context, await attach.RunAsync(AccessClaims.Read(context.User)!, id, sent.FileName, sent.Content, cancel)));

    private static Task<IResult> ReadAsync(int id, HttpContext context, IAntiforgery antiforgery, TakeFile take, ReadPersons read, CancellationToken cancel) =>
        SentForm.TakeAsync(context, antiforgery, ReadPersons.FileCap, 0, async sent =>
        {
            var access = AccessClaims.Read(context.User)!;
            if (await read.RefusalAsync(access, id, cancel) is { } refused)
                return Answer(context, refused);
            var (_, faults, problem) = await take.ReadAsync(access, ReadPersons.Door, sent.FileName, sent.Content, path => read.RunAsync(access, id, path, cancel), cancel);
            return faults.Count == 0 ? Answer(context, problem) : Results.Problem(Sentences(context, faults), statusCode: StatusCodes.Status400BadRequest);
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
        var sha256 = (await system.ScalarAsync<string>("SELECT file_sha256 FROM account_request WHERE id = $1", cancel, id))!;
        return GivenFile.Of(files, sha256, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"cong-van-{id}"));
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
