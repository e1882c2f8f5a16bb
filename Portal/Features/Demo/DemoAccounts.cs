using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>The accounts that exist only with demo data.</summary>
public static class DemoAccounts
{
    /// <summary>The password of all of them.</summary>
    public const string Password = "QuanTrac-demo-2026";

    internal const string Admin = "admin";
    internal const string Manager = "manager";
    internal const string Company = "company";
    internal const string Fisheries = "fisheries";
    internal const string CompanyCode = "MAU-A";

    /// <summary>Name, role and the code of the organisation.</summary>
    public static IReadOnlyList<(string Name, Role Role, string Organisation)> All { get; } =
    [
        (Admin, Role.Admin, "TTCNTT"),
        ("admin2", Role.Admin, "TTCNTT"),
        (Manager, Role.Manager, "SONNMT"),
        ("halong", Role.Manager, "BQLVHL"),
        (Fisheries, Role.Manager, "THUYSAN"),
        ("parent", Role.Parent, "MAU-TD"),
        (Company, Role.Facility, CompanyCode),
        ("guest", Role.Guest, "MAU-KHACH"),
    ];

    internal static async Task EnsureAsync(IServiceProvider portal, Domain.Access.Access access)
    {
        var accounts = portal.GetRequiredService<UserManager<Account>>();
        var create = portal.GetRequiredService<CreateAccount>();
        foreach (var (name, role, organisation) in All)
        {
            if (await accounts.FindByNameAsync(name) is null)
            {
                var (_, problems) = await create.RunAsync(access, name, role, organisation, Password, demo: true);
                if (problems.Count > 0)
                    throw new InvalidOperationException($"The demo account {name}: {string.Join(", ", problems)}.");
            }
        }
    }

    /// <summary>A second step for the administrators among them, with a secret of this installation: the password is in everybody's hands.</summary>
    internal static async Task EnsureSecondStepsAsync(IServiceProvider portal, CancellationToken cancel)
    {
        var accounts = portal.GetRequiredService<UserManager<Account>>();
        foreach (var (name, _, _) in All.Where(account => OwedStep.DemandsSecondStep(account.Role)))
        {
            if (await accounts.FindByNameAsync(name) is { Demo: true } account)
                await portal.GetRequiredService<SecondStep>().EnsureAsync(account.Id, cancel);
        }
    }

    /// <summary>The secrets of the second step, to be printed beside the accounts.</summary>
    internal static async Task<IReadOnlyList<(string Name, string Secret)>> SecretsAsync(IServiceProvider portal, CancellationToken cancel)
    {
        var accounts = portal.GetRequiredService<UserManager<Account>>();
        List<(string, string)> secrets = [];
        foreach (var (name, role, _) in All.Where(account => OwedStep.DemandsSecondStep(account.Role)))
        {
            if (await accounts.FindByNameAsync(name) is { Demo: true } account && await portal.GetRequiredService<SecondStep>().SecretAsync(account.Id, cancel) is { } secret)
                secrets.Add((name, secret));
        }
        return secrets;
    }
}
