using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Http;

/// <summary>How sure a limit is at a site: the panel of the site, the chain behind a value and the proof sheet, which prints the chain, say the same.</summary>
[Collection(nameof(HttpPortal))]
public sealed class OneConfidenceTests(HttpPortal portal)
{
    [Theory]
    [InlineData(MapFilter.Today)]
    [InlineData(MapFilter.OfTheDay)]
    public async Task Confidence_OfEveryLimitOfTheDemo_IsTheSameOnPanelAndChain(string view)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("vi-VN");
        await using var database = new PortalDatabase(portal.Logins.ConnectionString);
        var access = new QuanTrac.Portal.Domain.Access.Access(Role.Manager, Login.Province, 7, "someone", 1, "SONNMT");
        var data = new MapData(database, new CurrentAccess(new SignedIn(access), new HttpContextAccessor()), TimeProvider.System);
        var seen = new HashSet<Confidence>();
        foreach (var site in (await portal.ReadAsync("SELECT string_agg(code, ' ' ORDER BY code) FROM site WHERE code LIKE 'MAU-%'"))!.Split(' '))
        {
            var filter = new MapFilter { View = view, Site = site };
            var panel = await data.PanelAsync(filter, TestContext.Current.CancellationToken);
            foreach (var result in panel!.Results.Where(result => result.Limit is not null).Take(3))
            {
                var chain = await data.WhyAsync(filter, result.Id, TestContext.Current.CancellationToken);
                Assert.Equal((result.Confidence, result.Confidence), (chain!.Result.Confidence, chain.Limit!.Confidence));
                seen.Add(result.Confidence);
            }
        }
        // Permits are high, the programmes' columns medium, cages and ponds low.
        Assert.Equal([Confidence.Low, Confidence.Medium, Confidence.High], seen.Order());
    }

    private sealed class SignedIn(QuanTrac.Portal.Domain.Access.Access access) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new(new ClaimsIdentity(
        [
            new(ClaimTypes.Name, access.AccountName), new(ClaimTypes.NameIdentifier, "7"), new(AccessClaims.Role, access.Role.ToString()),
            new(AccessClaims.Login, access.Login.ToString()), new(AccessClaims.OrganisationId, "1"), new(AccessClaims.OrganisationCode, access.OrganisationCode),
        ], "test"))));
    }
}
