using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Tests.Features.Scope;

/// <summary>Each page × each role × each relation: the page itself is rendered as the role's circuit would, over the real database.</summary>
[Collection(nameof(EveryRelation))]
public sealed class PagesTests(EveryRelation portal)
{
    // The lock of the empty state: what a page shows to whom it is not for.
    private const string Lock = "M6 11h12v9H6z";

    // The glass of it: nothing here for this account.
    private const string Glass = "M10.5 17a6.5";

    private static readonly Dictionary<string, Type> Pages = typeof(Routes).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => (route.Template, type))).ToDictionary(page => page.Template, page => page.type);

    public static TheoryData<string> Lines => [.. WhoSeesWhat.Names("page")];

    [Fact]
    public void Pages_OfThePortal_HaveALineForEachRole() => Assert.Equal(
        Pages.Keys.SelectMany(page => EveryRelation.Roles.Select(role => $"{page} {role}")).Order(StringComparer.Ordinal),
        WhoSeesWhat.All.Where(line => line.Kind == "page").Select(line => $"{line.Name} {line.Role}").Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Lines))]
    public async Task Page_EachRoleAndRelation_ShowsWhatTheLineSays(string page)
    {
        var found = new List<(string, IEnumerable<string>)>();
        foreach (var role in EveryRelation.Roles)
        {
            var cells = new List<string>();
            foreach (var relation in EveryRelation.Relations)
            {
                var (address, words) = await AddressAsync(page, EveryRelation.Organisation(role, relation));
                if (words is null && relation != "none")
                    cells.Add("");
                else
                {
                    var html = await RenderAsync(portal, role, page, address);
                    cells.Add(html.Contains(Lock, StringComparison.Ordinal) ? "refused"
                        : words is null ? (html.Contains(Glass, StringComparison.Ordinal) ? "no" : "yes") : html.Contains(words, StringComparison.Ordinal) ? "yes" : "no");
                }
            }
            found.Add((role, cells));
        }
        WhoSeesWhat.AssertAre("page", page, found);
    }

    // Where a page shows one thing, its address for the thing of an organisation, and what it then says.
    private async Task<(string Address, string? Words)> AddressAsync(string page, string organisation) => page switch
    {
        "/intake/{Id:int}" => ($"/intake/{await portal.CountAsync($"SELECT s.id::bigint FROM submission s JOIN organisation o ON o.id = s.organisation_id WHERE o.code = '{organisation}' AND s.account_id = 0")}", $"{organisation}.csv"),
        "/desk/{Id:int}" => ($"/desk/{await portal.CountAsync($"SELECT i.id::bigint FROM desk_item i JOIN organisation o ON o.id = i.organisation_id WHERE o.code = '{organisation}'")}", $"Việc của {organisation}"),
        "/accounts/{Name}" => organisation == "SONNMT" ? ("/accounts/department", ">department</h1>") : ($"/accounts/tk {organisation}", $"tk {organisation}"),
        "/accounts/requests/{Id:int}" => ($"/accounts/requests/{await portal.CountAsync($"SELECT r.id::bigint FROM account_request r WHERE r.letter_number = 'CV {organisation}'")}", $"CV {organisation}"),
        "/organisations/{Code}" => ($"/organisations/{organisation}", organisation),
        "/overview/{Code}" => ($"/overview/{organisation}", $"S {organisation}"),
        "/" => ($"/?site={Uri.EscapeDataString($"S {organisation}")}", $"Điểm {organisation}"),
        "/standards/{Slug}" => ("/standards/qcvn-10-2023-btnmt", null),
        _ => (page, null),
    };

    /// <summary>A page as the circuit of a role's account first shows it.</summary>
    internal static async Task<string> RenderAsync(EveryRelation portal, string role, string template, string address)
    {
        var page = Pages[template];
        await using var scope = portal.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await accounts.FindByNameAsync(role))!;
        var user = await scope.ServiceProvider.GetRequiredService<IUserClaimsPrincipalFactory<Account>>().CreateAsync(account);
        ((IHostEnvironmentAuthenticationStateProvider)scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));
        ((IHostEnvironmentNavigationManager)scope.ServiceProvider.GetRequiredService<NavigationManager>()).Initialize("http://localhost/", $"http://localhost{address}");
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ILoggerFactory>());
        // Pages at the door read the request.
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            ["Value"] = new DefaultHttpContext { RequestServices = scope.ServiceProvider },
            ["ChildContent"] = (RenderFragment)(builder =>
            {
                builder.OpenComponent(0, page);
                foreach (var (given, value) in Given(template, address))
                    builder.AddComponentParameter(1, given, page.GetProperty(given)!.PropertyType == typeof(int) ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : value);
                builder.CloseComponent();
            }),
        });
        return await renderer.Dispatcher.InvokeAsync(
            async () => System.Net.WebUtility.HtmlDecode((await renderer.RenderComponentAsync<CascadingValue<HttpContext>>(parameters)).ToHtmlString()));
    }

    // "/intake/{Id:int}" and "/intake/7": Id is 7.
    private static IEnumerable<(string Name, string Value)> Given(string template, string address) => template.Split('/')
        .Zip(address.Split('?')[0].Split('/')).Where(part => part.First.StartsWith('{')).Select(part => (part.First.Trim('{', '}').Split(':')[0], Uri.UnescapeDataString(part.Second)));
}
