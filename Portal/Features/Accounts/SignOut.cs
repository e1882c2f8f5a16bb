using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Ends the session: a real request, since a circuit cannot take back a cookie.</summary>
public static class SignOut
{
    public static void MapEndpoint(IEndpointRouteBuilder routes) =>
        routes.MapPost("/sign-out", async (HttpContext context, IAntiforgery antiforgery, WriteAudit audit, OwnSessions sessions) =>
        {
            if (!await SentForm.BearsTokenAsync(context, antiforgery))
                return Results.BadRequest();
            var access = AccessClaims.Read(context.User)!;
            await audit.BySystemAsync("signed-out", access.AccountName, context, access.AccountId, access.OrganisationCode);
            if (Guid.TryParse(context.User.FindFirst(AccessClaims.Session)?.Value, out var session))
                await sessions.EndOwnAsync(access, session, context.RequestAborted);
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            return Results.LocalRedirect("/sign-in");
        }).RequireAuthorization();
}
