using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Identity.Client;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Home;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Agency;

/// <summary>The way in through an agency's own sign-in. It opens an account that an administrator has bound to it, and makes none.</summary>
public sealed class AgencySignIn(
    IServiceProvider services, IDataProtectionProvider protection, UserManager<Account> accounts, PortalDatabase database, OpenSession session, SignInLimit limit,
    WriteAudit audit, FirstPage first, TimeProvider clock, ILogger<AgencySignIn> log)
{
    private const string Cookie = "quantrac-agency";
    private const string BackPath = "/sign-in/agency/back";

    // Long enough to find one's phone for the agency's own second step.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // How long somebody who knocked in vain stays in the list of the Centre.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("QuanTrac.Agency").ToTimeLimitedDataProtector();

    /// <summary>Sends the browser to the provider.</summary>
    public async Task<IResult> BeginAsync(HttpContext context, string? returnUrl)
    {
        if (services.GetService<AgencyProvider>() is not { } provider)
            return Results.NotFound();
        if (!limit.Allows(context.Connection.RemoteIpAddress))
            return Back("toomany");
        try
        {
            var (there, journey) = await provider.BeginAsync(Return(provider, context), LocalAddress.OrHome(returnUrl), context.RequestAborted);
            context.Response.Cookies.Append(Cookie, protector.Protect(JsonSerializer.Serialize(journey), Patience), Shape(context));
            return Results.Redirect(there.AbsoluteUri);
        }
        catch (Exception fault) when (Unreachable(fault))
        {
            log.LogWarning(fault, "The agency's sign-in cannot be reached.");
            return Back("unreachable");
        }
    }

    /// <summary>Takes the browser back.</summary>
    public async Task<IResult> FinishAsync(HttpContext context, string? code, string? state)
    {
        if (services.GetService<AgencyProvider>() is not { } provider)
            return Results.NotFound();
        var journey = Journey(context);
        // Once, whatever comes of it.
        context.Response.Cookies.Delete(Cookie, Shape(context));
        if (journey is null || state != journey.State || string.IsNullOrEmpty(code))
            return Back("refused");
        try
        {
            var person = await provider.FinishAsync(Return(provider, context), code, journey, context.RequestAborted);
            return await EnterAsync(context, person, journey.ReturnUrl);
        }
        catch (AgencyTokenException fault)
        {
            log.LogWarning("The agency's answer is not to be believed: {Fault}.", fault.Message);
            await audit.BySystemAsync("sign-in-failed", $"agency: {fault.Message}", context);
            return Back("refused");
        }
        catch (Exception fault) when (Unreachable(fault))
        {
            log.LogWarning(fault, "The agency's sign-in cannot be reached.");
            return Back("unreachable");
        }
    }

    private async Task<IResult> EnterAsync(HttpContext context, AgencyPerson person, string returnUrl)
    {
        var account = await accounts.FindByLoginAsync(person.Issuer, person.Subject);
        await RememberAsync(person, context.RequestAborted);
        if (account is null)
        {
            await audit.BySystemAsync("sign-in-failed", $"agency: {(person.Email is "" ? person.Subject : person.Email)}", context);
            return Back("unbound");
        }
        return await session.RunAsync(context, account, SignInWay.Agency)
            ? Results.LocalRedirect(await first.AfterSignInAsync(account.UserName!, returnUrl, context.RequestAborted))
            : Back("closed");
    }

    private async Task RememberAsync(AgencyPerson person, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenSystemAsync(cancel);
        await connection.ExecuteAsync(
            """
            INSERT INTO agency_identity (issuer, subject, name, email, first_at, last_at) VALUES ($1, $2, $3, $4, $5, $5)
            ON CONFLICT ON CONSTRAINT agency_identity_once DO UPDATE SET name = excluded.name, email = excluded.email, last_at = excluded.last_at
            """, cancel, person.Issuer, person.Subject, WriteAudit.OneLine(person.Name), WriteAudit.OneLine(person.Email), now);
        await connection.ExecuteAsync(
            """
            DELETE FROM agency_identity AS a WHERE last_at < $1
                AND NOT EXISTS (SELECT FROM account_login AS l WHERE l.login_provider = a.issuer AND l.provider_key = a.subject)
            """, cancel, now - Remembered);
    }

    private AgencyJourney? Journey(HttpContext context)
    {
        try
        {
            return context.Request.Cookies[Cookie] is { Length: > 0 } kept ? JsonSerializer.Deserialize<AgencyJourney>(protector.Unprotect(kept)) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Shape(HttpContext context) =>
        new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/sign-in", MaxAge = Patience };

    private static string Return(AgencyProvider provider, HttpContext context) =>
        (provider.Settings.Portal?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}") + BackPath;

    private static IResult Back(string said) => Results.LocalRedirect($"/sign-in?agency={said}");

    private static bool Unreachable(Exception fault) => fault is MsalException or HttpRequestException or InvalidOperationException or TaskCanceledException { InnerException: TimeoutException };
}
