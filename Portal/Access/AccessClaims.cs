using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Access;

/// <summary>The claims that carry an access in the sign-in cookie, written at sign-in and read back for every operation.</summary>
public static class AccessClaims
{
    public const string Role = "quantrac:role";
    public const string Login = "quantrac:login";
    public const string OrganisationId = "quantrac:organisation-id";
    public const string OrganisationCode = "quantrac:organisation-code";

    /// <summary>The number of the session (account_session) that the cookie belongs to.</summary>
    public const string Session = "quantrac:session";

    /// <summary>The name of the token that a program came with; never in a cookie.</summary>
    public const string Token = "quantrac:token";

    /// <summary>The address that a request or a circuit came from: of this connection, never in the cookie.</summary>
    public const string From = "quantrac:from";

    /// <summary>The access of a signed-in account, or null where nobody is signed in.</summary>
    public static Domain.Access.Access? Read(ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true, Name: { } name })
            return null;
        return new(
            Enum.Parse<Role>(Required(user, Role)),
            Enum.Parse<Login>(Required(user, Login)),
            Number(user, ClaimTypes.NameIdentifier),
            name,
            Number(user, OrganisationId),
            Required(user, OrganisationCode))
        { From = user.FindFirstValue(From) };
    }

    private static int Number(ClaimsPrincipal user, string type) => int.Parse(Required(user, type), CultureInfo.InvariantCulture);

    private static string Required(ClaimsPrincipal user, string type) =>
        user.FindFirstValue(type) ?? throw new InvalidOperationException($"The cookie lacks the claim {type}.");
}

/// <summary>Makes the claims of an account at sign-in.</summary>
public sealed class AccountPrincipal(UserManager<Account> users, IOptions<IdentityOptions> options, PortalDatabase database, TimeProvider clock)
    : UserClaimsPrincipalFactory<Account>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        var access = await AccountAccess.OfAsync(database, user);
        var today = PortalDay.Of(clock);
        await using var connection = await database.OpenSystemAsync();
        await using var command = new Npgsql.NpgsqlCommand(
            """
            SELECT n.name_vi, coalesce(nullif(n.name_en, ''), n.name_vi) FROM organisation_name n JOIN organisation o ON o.id = n.organisation_id
            WHERE o.code = $1 ORDER BY n.valid @> $2 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1
            """, connection)
        { Parameters = { new() { Value = user.OrganisationCode }, new() { Value = today } } };
        await using var row = await command.ExecuteReaderAsync();
        var (name, english) = await row.ReadAsync() ? (row.GetString(0), row.GetString(1)) : (user.OrganisationCode, user.OrganisationCode);
        identity.AddClaims(
        [
            new(AccessClaims.Role, access.Role.ToString()),
            new(AccessClaims.Login, access.Login.ToString()),
            new(AccessClaims.OrganisationId, access.OrganisationId.ToString(CultureInfo.InvariantCulture)),
            new(AccessClaims.OrganisationCode, access.OrganisationCode),
            new(Shell.AccountClaims.Organisation, name),
            new(Shell.AccountClaims.OrganisationEnglish, english),
            new(Shell.AccountClaims.Group, access.LegalGroup.ToString().ToLowerInvariant()),
        ]);
        if (OwedStep.Of(user, access.Role) is { } page)
            identity.AddClaim(new(OwedStep.Claim, page));
        return identity;
    }
}
