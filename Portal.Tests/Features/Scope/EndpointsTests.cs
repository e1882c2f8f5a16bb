using System.Globalization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Tests.Features.Http;

namespace QuanTrac.Portal.Tests.Features.Scope;

/// <summary>Each endpoint × each role × each relation, over HTTP: the status of the answer. Files that are handed out are endpoints.</summary>
[Collection(nameof(EveryRelation))]
public sealed class EndpointsTests(EveryRelation portal)
{
    // Of the framework: pages (their own lines), static files, the circuit.
    private static readonly string[] OfTheFramework = ["/_blazor", "/_framework", "/lib/", "/css/", "/favicon", "/{**path:file}"];

    public static TheoryData<string> Lines => [.. WhoSeesWhat.Names("endpoint")];

    [Fact]
    public void Endpoints_OfThePortal_HaveALineForEachRole() => Assert.Equal(
        Endpoints().SelectMany(endpoint => EveryRelation.Roles.Select(role => $"{endpoint} {role}")).Order(StringComparer.Ordinal),
        WhoSeesWhat.All.Where(line => line.Kind == "endpoint").Select(line => $"{line.Name} {line.Role}").Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Lines))]
    public async Task Endpoint_EachRoleAndRelation_AnswersWithItsStatus(string endpoint)
    {
        var found = new List<(string, IEnumerable<string>)>();
        foreach (var role in EveryRelation.Roles)
        {
            var client = endpoint == "POST /sign-out" ? await portal.FreshAsync(role, "127.0.0.9") : await portal.ClientAsync(role);
            var cells = new List<string>();
            foreach (var relation in EveryRelation.Relations)
            {
                var address = await AddressAsync(endpoint.Split(' ')[1], EveryRelation.Organisation(role, relation));
                if (address is null && relation != "none")
                    cells.Add("");
                else
                    cells.Add(await StatusAsync(client, endpoint.Split(' ')[0], address ?? endpoint.Split(' ')[1]));
            }
            found.Add((role, cells));
        }
        WhoSeesWhat.AssertAre("endpoint", endpoint, found);
    }

    private IEnumerable<string> Endpoints() => portal.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not null)
        .Where(endpoint => !OfTheFramework.Any(start => ("/" + endpoint.RoutePattern.RawText!.TrimStart('/')).StartsWith(start, StringComparison.Ordinal)))
        .Where(endpoint => !Path.GetExtension(endpoint.RoutePattern.RawText!).StartsWith('.') || endpoint.RoutePattern.RawText!.Contains('{', StringComparison.Ordinal))
        .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}")).Distinct();

    // Where an endpoint gives one thing, its address for the thing of an organisation.
    private async Task<string?> AddressAsync(string route, string organisation)
    {
        async Task<string> IdAsync(string sql) => (await portal.CountAsync(sql)).ToString(CultureInfo.InvariantCulture);
        var of = $"JOIN organisation o ON o.id = t.organisation_id WHERE o.code = '{organisation}'";
        return route switch
        {
            "/intake/{id:int}/file" or "/intake/{id:int}/marked" or "/intake/{id:int}/extract" => route.Replace("{id:int}", await IdAsync($"SELECT t.id::bigint FROM submission t {of} AND t.account_id = 0"), StringComparison.Ordinal),
            "/duties/{id:int}/document" => $"/duties/{await IdAsync($"SELECT t.id::bigint FROM duty_occurrence t {of}")}/document",
            "/desk/{id:int}/files" => $"/desk/{await IdAsync($"SELECT t.id::bigint FROM desk_item t {of}")}/files",
            "/desk/{id:int}/files/{note:long}" => $"/desk/{await IdAsync($"SELECT t.id::bigint FROM desk_item t {of}")}/files/{await IdAsync($"SELECT min(n.id) FROM desk_note n JOIN desk_item t ON t.id = n.item_id {of}")}",
            "/accounts/requests/{id:int}/letter" or "/accounts/requests/{id:int}/persons" => route.Replace("{id:int}", await IdAsync($"SELECT t.id::bigint FROM account_request t {of}"), StringComparison.Ordinal),
            "/organisations/changes/{id:int}/document" => $"/organisations/changes/{await IdAsync($"SELECT id::bigint FROM organisation_change WHERE number = 'QĐ {organisation}'")}/document",
            "/assessment/proof/{result:long}" => $"/assessment/proof/{await IdAsync($"SELECT r.id FROM result r JOIN site s ON s.id = r.site_id WHERE s.code = 'S {organisation}' AND r.data_group = 'c'")}",
            "/assessment/proof/{result:long}/text" => $"/assessment/proof/{await IdAsync($"SELECT r.id FROM result r JOIN site s ON s.id = r.site_id WHERE s.code = 'S {organisation}' AND r.data_group = 'c'")}/text",
            "/operations/authority/{id:int}/document" when organisation == "SONNMT" => $"/operations/authority/{await IdAsync("SELECT id::bigint FROM authority")}/document",
            "/organisations/who-sees/download" => $"{route}?account={organisation}",
            "/overview/download" => $"{route}?unit={organisation}",
            _ => null,
        };
    }

    private static async Task<string> StatusAsync(HttpClient client, string method, string address)
    {
        var filled = address.Replace("{layer}", "land", StringComparison.Ordinal).Replace("{slug}", "qcvn-10-2023-btnmt", StringComparison.Ordinal)
            .Replace("{token}", "khong-co", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new(method), filled == "/language" ? "/language?culture=vi&returnUrl=%2F" : filled);
        if (method == "POST")
        {
            // With the token, but for nothing: whoever may is told what is wrong with it, whoever may not is refused first.
            var token = await HttpPortal.TokenAsync(client);
            // What would end the sessions of every other test is tried without it.
            if (filled != "/account/sign-out-everywhere")
                request.Headers.Add("RequestVerificationToken", token);
            request.Content = filled == "/sign-out" ? new FormUrlEncodedContent([new("__RequestVerificationToken", token)])
                : Form(filled == "/intake/files" ? "a,b\n" : "%PDF-1.4");
        }
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
    }

    private static MultipartFormDataContent Form(string content) => new()
    {
        { new StringContent("1/BC"), "number" }, { new StringContent("01/02/2026"), "date" }, { new StringContent(""), "note" },
        { new StringContent(content), "file", "van ban.pdf" },
    };
}
