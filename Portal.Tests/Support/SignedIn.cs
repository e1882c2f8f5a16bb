using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using QuanTrac.Portal.Access;

namespace QuanTrac.Portal.Tests.Support;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>A circuit that an account has open.</summary>
internal sealed class SignedIn(Access access) : AuthenticationStateProvider
{
    /// <summary>What the pages' data classes are given of it.</summary>
    public static CurrentAccess As(Access access) => new(new SignedIn(access), new HttpContextAccessor());

    public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
    [
        new(ClaimTypes.Name, access.AccountName),
        new(ClaimTypes.NameIdentifier, Text(access.AccountId!.Value)),
        new(AccessClaims.Role, access.Role.ToString()),
        new(AccessClaims.Login, access.Login.ToString()),
        new(AccessClaims.OrganisationId, Text(access.OrganisationId)),
        new(AccessClaims.OrganisationCode, access.OrganisationCode),
    ], "test"))));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
