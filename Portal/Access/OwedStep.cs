using Microsoft.AspNetCore.Components.Endpoints;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Access;

/// <summary>What an account owes before anything else opens: a password of its own, and of administrators a second step. The cookie says it, and
/// every request and the circuit are held back until it is done.</summary>
public static class OwedStep
{
    public const string Claim = "quantrac:owed";
    public const string Password = "/account/password";
    public const string SecondStep = "/account/second-step";

    /// <summary>Whether a role must have a second step (checklist S09).</summary>
    public static bool DemandsSecondStep(Role role) => role == Role.Admin;

    /// <summary>The page where it is done; null where nothing is owed.</summary>
    public static string? Of(Account account, Role role) =>
        account.MustChangePassword && !account.Demo ? Password : DemandsSecondStep(role) && !account.TwoFactorEnabled ? SecondStep : null;

    /// <summary>After authentication. Pages lead to the page of what is owed; data, forms and the circuit answer 403. What strangers may reach stays open.</summary>
    public static IApplicationBuilder UseOwedStep(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.User.FindFirst(Claim)?.Value is not { } page || context.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null
            || context.Request.Path == page || context.Request.Path == "/sign-out")
            return next(context);
        if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && HttpMethods.IsGet(context.Request.Method))
            context.Response.Redirect($"{page}?returnUrl={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}");
        else
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });
}
