using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace QuanTrac.Portal.Access;

/// <summary>Puts the address that a request came from beside the claims of its cookie; a circuit keeps those of the request that opened it.</summary>
public sealed class FromAddress(IHttpContextAccessor request) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.HasClaim(claim => claim.Type == AccessClaims.From) || request.HttpContext?.Connection.RemoteIpAddress is not { } address)
            return Task.FromResult(principal);
        // A copy: the cookie is renewed from the original.
        var known = principal.Clone();
        known.AddIdentity(new([new(AccessClaims.From, address.ToString())]));
        return Task.FromResult(known);
    }
}
