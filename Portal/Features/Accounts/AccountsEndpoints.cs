using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>What of one's own account needs a real request.</summary>
public static class AccountsEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/account/sign-out-everywhere", async (HttpContext context, IAntiforgery antiforgery, OwnSessions sessions) =>
        {
            if (!await SentForm.BearsTokenAsync(context, antiforgery))
                return Results.BadRequest();
            await sessions.EndEverywhereAsync(AccessClaims.Read(context.User)!, context.RequestAborted);
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            return Results.LocalRedirect("/sign-in");
        });
        PasskeyEndpoints.Map(routes);
    }
}
