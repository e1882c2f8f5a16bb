using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>The portal itself, started on a database only to be asked: the map layer, one site, one chain of <i>Vì sao?</i>. It listens on this
/// machine alone, runs no job, sends no mail, stores no file.</summary>
internal static class ProofPortal
{
    private const string TicketHeader = "X-Proof-Ticket";

    /// <summary>What the portal answers on a database, as an administrator sees it.</summary>
    /// <param name="site">Code of the site to look at; null where there is none.</param>
    public static async Task<IReadOnlyList<ProofAnswer>> AskAsync(DatabaseLogins logins, DataFolder data, string? site, long? result, CancellationToken cancel)
    {
        var ticket = new ProofTicket();
        await using var portal = WebPortal.Build(new PortalSettings(logins, data, "http://127.0.0.1:0", Demo: false) { Jobs = false, Proof = ticket });
        await portal.StartAsync(cancel);
        using var visitor = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(portal.Urls.Single()),
        };
        visitor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("vi");
        using var knock = new HttpRequestMessage(HttpMethod.Post, "/proof/enter") { Headers = { { TicketHeader, ticket.Text } } };
        (await visitor.SendAsync(knock, cancel)).EnsureSuccessStatusCode();
        List<string> addresses = ["/map/sites"];
        if (site is not null)
            addresses.Add($"/proof/site/{Uri.EscapeDataString(site)}");
        if (result is { } number)
            addresses.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/proof/why/{number}"));
        List<ProofAnswer> answers = [];
        foreach (var address in addresses)
        {
            using var answer = await visitor.GetAsync(new Uri(address, UriKind.Relative), cancel);
            var body = await answer.Content.ReadAsByteArrayAsync(cancel);
            answers.Add(new(address, (int)answer.StatusCode, body.Length, Convert.ToHexStringLower(SHA256.HashData(body))));
        }
        await portal.StopAsync(cancel);
        return answers;
    }

    public static void AddProof(this IServiceCollection services, string files)
    {
        services.AddSingleton(new FileStore(files, closed: true));
        // The copy has the keys of the original: a cookie made with them would open the original too.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
    }

    /// <summary>The door and what is behind it; a normal portal has neither.</summary>
    public static void MapProof(this IEndpointRouteBuilder routes, ProofTicket ticket)
    {
        routes.MapPost("/proof/enter", async (HttpContext context) =>
        {
            if (!ticket.TryUse(context.Request.Headers[TicketHeader]))
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            await context.SignInAsync(IdentityConstants.ApplicationScheme, Examiner());
            return Results.NoContent();
        }).AllowAnonymous();
        routes.MapGet("/proof/site/{code}", async (string code, MapData data, CancellationToken cancel) =>
            await data.PanelAsync(new MapFilter { Site = code }, cancel) is { } panel ? Results.Json(panel) : Results.NotFound());
        routes.MapGet("/proof/why/{result:long}", async (long result, MapData data, CancellationToken cancel) =>
            await data.WhyAsync(new MapFilter(), result, cancel) is { } chain
                ? Results.Json(new { chain, limit = await data.LimitWhyAsync(MapFilter.Today, result, cancel) })
                : Results.NotFound());
    }

    private static ClaimsPrincipal Examiner() => new(new ClaimsIdentity(
    [
        new(ClaimTypes.Name, "proof"), new(ClaimTypes.NameIdentifier, "0"), new(AccessClaims.Role, nameof(Role.Admin)),
        new(AccessClaims.Login, nameof(Login.Province)), new(AccessClaims.OrganisationId, "0"), new(AccessClaims.OrganisationCode, ""),
    ], IdentityConstants.ApplicationScheme));
}
