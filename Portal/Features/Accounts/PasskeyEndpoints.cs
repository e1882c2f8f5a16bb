using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Home;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>What the browser's script says when it asks for a challenge or brings the answer of a device.</summary>
public sealed record PasskeySent(string? Password, string? Name, string? Credential, string? ReturnUrl);

/// <summary>Passkeys: a challenge out, the answer of a device back. The device asks for a finger, a face or a PIN, so that a passkey is two steps in one.</summary>
public static class PasskeyEndpoints
{
    private const int NameCap = 60;
    private const long BytesAtMost = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(BytesAtMost));
        group.MapPost("/account/passkeys/options", OptionsAsync);
        group.MapPost("/account/passkeys", AddAsync);
        group.MapPost("/sign-in/passkey/options", DoorOptionsAsync).AllowAnonymous();
        group.MapPost("/sign-in/passkey", SignInAsync).AllowAnonymous();
    }

    // A new way in is as grave as a new password: the password is asked for.
    private static async Task<IResult> OptionsAsync(HttpContext context, IAntiforgery antiforgery, PasskeySent sent, ProvePassword prove, SignInManager<Account> signIn)
    {
        if (!await SentForm.BearsTokenAsync(context, antiforgery))
            return Results.BadRequest();
        var access = AccessClaims.Read(context.User)!;
        if (!await prove.RunAsync(access, sent.Password ?? "", context.RequestAborted))
            return Problem("PasswordWrong");
        return Results.Text(await signIn.MakePasskeyCreationOptionsAsync(new()
        {
            Id = access.AccountId!.Value.ToString(CultureInfo.InvariantCulture),
            Name = access.AccountName,
            DisplayName = access.AccountName,
        }), "application/json");
    }

    private static async Task<IResult> AddAsync(
        HttpContext context, IAntiforgery antiforgery, PasskeySent sent, SignInManager<Account> signIn, UserManager<Account> accounts, PortalDatabase database)
    {
        if (!await SentForm.BearsTokenAsync(context, antiforgery))
            return Results.BadRequest();
        var access = AccessClaims.Read(context.User)!;
        var made = await TryAsync(() => signIn.PerformPasskeyAttestationAsync(sent.Credential ?? ""));
        if (made is not { Succeeded: true } || made.UserEntity.Id != access.AccountId!.Value.ToString(CultureInfo.InvariantCulture)
            || await accounts.FindByIdAsync(made.UserEntity.Id) is not { } account)
            return Problem("NotMade");
        var name = WriteAudit.OneLine((sent.Name ?? "").Trim());
        made.Passkey.Name = name.Length == 0 ? "Passkey" : name[..Math.Min(NameCap, name.Length)];
        await accounts.AddOrUpdatePasskeyAsync(account, made.Passkey);
        await using var system = await database.OpenSystemAsync(context.RequestAborted);
        await WriteAudit.AsAsync(system, access, "passkey-added", access.AccountName);
        return Results.Json(new { });
    }

    private static async Task<IResult> DoorOptionsAsync(HttpContext context, IAntiforgery antiforgery, SignInLimit limit, SignInManager<Account> signIn) =>
        !await SentForm.BearsTokenAsync(context, antiforgery) ? Results.BadRequest()
        : !limit.Allows(context.Connection.RemoteIpAddress) ? Results.StatusCode(StatusCodes.Status429TooManyRequests)
        : Results.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<IResult> SignInAsync(
        HttpContext context, IAntiforgery antiforgery, PasskeySent sent, SignInLimit limit, SignInManager<Account> signIn, UserManager<Account> accounts,
        OpenSession session, FirstPage first, WriteAudit audit)
    {
        if (!await SentForm.BearsTokenAsync(context, antiforgery))
            return Results.BadRequest();
        if (!limit.Allows(context.Connection.RemoteIpAddress))
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        var shown = await TryAsync(() => signIn.PerformPasskeyAssertionAsync(sent.Credential ?? ""));
        // Nobody guesses what a device signs: wrong passwords do not count here.
        if (shown is not { Succeeded: true, Passkey.IsUserVerified: true } || !await session.IsOpenAsync(shown.User.Id, context.RequestAborted))
        {
            await audit.BySystemAsync("sign-in-failed", shown?.User?.UserName ?? "", context, shown?.User?.Id, shown?.User?.OrganisationCode);
            return Problem("NotKnown");
        }
        await accounts.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey);
        if (!await session.RunAsync(context, shown.User, SignInWay.Passkey))
            return Problem("NotKnown");
        return Results.Json(new { address = await first.AfterSignInAsync(shown.User.UserName!, sent.ReturnUrl, context.RequestAborted) });
    }

    // What is no answer to a challenge of ours is a wrong answer, not a fault of the portal.
    private static async Task<T?> TryAsync<T>(Func<Task<T>> look) where T : class
    {
        try
        {
            return await look();
        }
        catch (Exception fault) when (fault is InvalidOperationException or PasskeyException or System.Text.Json.JsonException or FormatException)
        {
            return null;
        }
    }

    private static IResult Problem(string code) => Results.Json(new { problem = code }, statusCode: StatusCodes.Status422UnprocessableEntity);
}
