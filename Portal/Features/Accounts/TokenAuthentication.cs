using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;

namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Programs that read by token (Điều 4.3): as the account of the token and no wider; only reading, only data. What it may not is answered
/// with 401 and a word, never with a way to the door.</summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    ApiTokens tokens, UserManager<Account> accounts, IUserClaimsPrincipalFactory<Account> principals, AdminAddresses addresses)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "token";
    private const string Bearer = "Bearer ";

    // Of people: their account, accounts, operating, the door, the circuit.
    private static readonly PathString[] NotForTokens = ["/_blazor", "/account", "/accounts", "/operations", "/sign-in", "/sign-out"];

    private bool tooMany;

    /// <summary>Whether a request brings one. Only in the header: addresses are kept in logs and histories.</summary>
    public static bool IsBrought(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsBrought(Request) || Context.GetEndpoint() is not { } endpoint)
            return AuthenticateResult.NoResult();
        if (!(HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method)) || endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || NotForTokens.Any(start => Request.Path.StartsWithSegments(start)))
            return AuthenticateResult.Fail("Not for tokens.");
        var from = Context.Connection.RemoteIpAddress?.ToString() ?? "";
        if (await tokens.FindAsync(Request.Headers.Authorization.ToString()[Bearer.Length..].Trim(), from, Context.RequestAborted) is not { } token)
            return AuthenticateResult.Fail("Unknown token.");
        tooMany = !tokens.Allows(token);
        if (tooMany || await accounts.FindByIdAsync(token.Account.ToString(CultureInfo.InvariantCulture)) is not { } account)
            return AuthenticateResult.Fail("Too many calls.");
        var identity = (ClaimsIdentity)(await principals.CreateAsync(account)).Identity!;
        // What a person owes at the door does not hold a program back.
        foreach (var owed in identity.FindAll(OwedStep.Claim).ToList())
            identity.RemoveClaim(owed);
        identity.AddClaim(new(AccessClaims.Token, token.Name));
        var principal = new ClaimsPrincipal(identity);
        return addresses.Allow(AccessClaims.Read(principal)?.Role, Context.Connection.RemoteIpAddress)
            ? AuthenticateResult.Success(new(principal, Name)) : AuthenticateResult.Fail("Not from here.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = tooMany ? StatusCodes.Status429TooManyRequests : StatusCodes.Status401Unauthorized;
        if (tooMany)
            Response.Headers.RetryAfter = "60";
        else
            Response.Headers.WWWAuthenticate = "Bearer";
        return Response.WriteAsJsonAsync(new { error = tooMany ? "too_many_calls" : "token_not_valid_here" }, Context.RequestAborted);
    }
}
