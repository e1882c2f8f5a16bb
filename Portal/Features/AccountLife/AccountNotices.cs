using System.Globalization;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>Who is told of what happens to requests and accounts; nobody is told of what they did themselves. After the transaction: a node that dies in between
/// leaves the request in the list, without a word of it.</summary>
public sealed class AccountNotices(PortalDatabase database, RaiseNotice raise)
{
    public static string Address(int request) => string.Create(CultureInfo.InvariantCulture, $"/accounts/requests/{request}");

    internal Task ToCentreAsync(int request, string what, string organisation, DateTimeOffset at, int? but, CancellationToken cancel) =>
        ToAsync("SELECT id FROM account WHERE role = 'admin' AND left_at IS NULL AND locked_at IS NULL ORDER BY id", request, what, organisation, at, but, cancel);

    internal Task ToDepartmentAsync(int request, string what, string organisation, DateTimeOffset at, int? but, CancellationToken cancel) =>
        ToAsync(
            """
            SELECT a.id FROM account a JOIN organisation o ON o.code = a.organisation_code WHERE a.role = 'manager' AND o.kind = 'department' AND a.left_at IS NULL AND a.locked_at IS NULL
            ORDER BY a.id
            """, request, what, organisation, at, but, cancel);

    internal async Task ToAskerAsync(int request, string what, string organisation, DateTimeOffset at, int? asker, int? but, CancellationToken cancel)
    {
        if (asker is { } account && account != but)
            await raise.RunAsync(Of(request, what, organisation, at), [account], cancel);
    }

    private async Task ToAsync(string who, int request, string what, string organisation, DateTimeOffset at, int? but, CancellationToken cancel)
    {
        List<int> told;
        await using (var system = await database.OpenSystemAsync(cancel))
            told = await system.ListAsync(who, row => row.GetInt32(0), cancel);
        await raise.RunAsync(Of(request, what, organisation, at), [.. told.Where(account => account != but)], cancel);
    }

    private static Notice Of(int request, string what, string organisation, DateTimeOffset at) => new(
        $"Account.{what}", [RequestRecord.NumberOf(request), organisation], Address(request),
        string.Create(CultureInfo.InvariantCulture, $"account-request:{request}:{what}:{at.ToUnixTimeMilliseconds()}"));
}
