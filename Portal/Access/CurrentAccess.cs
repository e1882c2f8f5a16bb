using Microsoft.AspNetCore.Components.Authorization;

namespace QuanTrac.Portal.Access;

/// <summary>The access of whoever looks: in a circuit from its authentication state, in a request from its cookie.</summary>
public sealed class CurrentAccess(AuthenticationStateProvider circuit, IHttpContextAccessor request)
{
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public async Task<Domain.Access.Access> GetAsync()
    {
        var user = request.HttpContext?.User is { Identity.IsAuthenticated: true } signedIn
            ? signedIn
            : (await circuit.GetAuthenticationStateAsync()).User;
        return AccessClaims.Read(user) ?? throw new InvalidOperationException("Nobody is signed in.");
    }
}
