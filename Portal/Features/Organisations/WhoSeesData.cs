using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Who sees this, and what does this account see: both read from the table by which the database itself decides.</summary>
public sealed class WhoSeesData(PortalDatabase database, TimeProvider clock)
{
    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>Organisations that see a site in a data group on a day; null where there is no such site. For accounts that see all.</summary>
    public async Task<SiteViewers?> OfSiteAsync(Domain.Access.Access access, string site, string group, DateOnly day, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        if (access.Login != Login.Province)
            return null;
        await using var db = await database.OpenAsync(access, cancel);
        var found = (await db.Connection.ListAsync(
            "SELECT id, code, CASE WHEN $2 = 'en' AND name_en <> '' THEN name_en ELSE name_vi END FROM site WHERE upper(code) = upper($1) ORDER BY code <> $1 LIMIT 1",
            row => (Id: row.GetInt32(0), Code: row.GetString(1), Name: row.GetString(2)), cancel, site.Trim(), language)).FirstOrDefault();
        if (found.Code is null)
            return null;
        var reasons = await db.Connection.ListAsync(WhoSeesSql.Reasons,
            row => (Code: row.GetString(0), Name: row.GetString(1), Kind: row.GetString(2),
                Reason: new Reason(row.GetString(3), row.GetFieldValue<string[]>(4), Day(row, 5), Day(row, 6))),
            cancel, found.Id, group, day, language);
        var released = await db.Connection.ScalarAsync<int>(
            "SELECT count(DISTINCT campaign_id)::int FROM site_status WHERE site_id = $1 AND data_group = $2 AND released AND reviewed AND data_group <> 'd'", cancel, found.Id, group);
        var accounts = await AccountsAsync(cancel);
        var viewers = reasons.GroupBy(line => (line.Code, line.Name, line.Kind)).Select(viewer => new Viewer(
            viewer.Key.Code, viewer.Key.Name, viewer.Key.Kind, [.. viewer.Select(line => line.Reason)],
            [.. accounts.Where(account => account.Organisation == viewer.Key.Code).Select(account => account.Name)])).ToList();
        return new(found.Code, found.Name, group, day, viewers, released,
            [.. accounts.Where(account => account.Login == Login.Province).Select(account => account.Name)],
            [.. accounts.Where(account => account.Login == Login.Guest).Select(account => account.Name)]);
    }

    /// <summary>What an account sees on a day. Whoever sees by scope asks for oneself only; null where there is no such account or organisation.</summary>
    /// <param name="name">An account, or the code of an organisation; null is the viewer.</param>
    public async Task<AccountView?> OfAccountAsync(Domain.Access.Access access, string? name, DateOnly day, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        if (await AskedAsync(access, name, cancel) is not { } asked)
            return null;
        await using var db = await database.OpenAsync(access, cancel);
        if (await OrganisationAsync(db.Connection, asked.Organisation, day, language, cancel) is not { } organisation)
            return null;
        if (asked.Login != Login.Scoped)
        {
            var sees = asked.Login == Login.Province
                ? "SELECT count(*)::int FROM site"
                : "SELECT count(DISTINCT site_id)::int FROM site_status WHERE released AND reviewed AND data_group <> 'd'";
            return new(organisation.Code, organisation.Name, asked.Account, asked.Login == Login.Province ? "all" : "released", day, [], await db.Connection.ScalarAsync<int>(sees, cancel));
        }
        var rules = await db.Connection.ListAsync(
            "SELECT rule, data_group, count(DISTINCT site_id)::int FROM visible WHERE organisation_id = $1 AND valid @> $2 GROUP BY 1, 2 ORDER BY 1, 2",
            row => new RuleCount(row.GetString(0), row.GetString(1), row.GetInt32(2)), cancel, organisation.Id, day);
        return new(organisation.Code, organisation.Name, asked.Account, "scope", day, rules, await db.Connection.ScalarAsync<int>(
            "SELECT count(DISTINCT site_id)::int FROM visible WHERE organisation_id = $1 AND valid @> $2", cancel, organisation.Id, day));
    }

    /// <summary>The sites that an account sees by its scope, with the rules; none where it may not be asked about, or sees by no scope.</summary>
    /// <param name="name">As of <see cref="OfAccountAsync"/>.</param>
    /// <param name="words">In code or name of the sites.</param>
    public async Task<GridRows<SeenSite>> SitesAsync(Domain.Access.Access access, string? name, string? words, DateOnly day, string language, GridAsk ask, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        if (await AskedAsync(access, name, cancel) is not { Login: Login.Scoped } asked)
            return new([], 0);
        await using var db = await database.OpenAsync(access, cancel);
        if (await OrganisationAsync(db.Connection, asked.Organisation, day, language, cancel) is not { } organisation)
            return new([], 0);
        var sites = await db.Connection.ListAsync(WhoSeesSql.Sites,
            row => (Line: new SeenSite(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<string[]>(3), row.GetString(4)), InAll: row.GetInt32(5)),
            cancel, organisation.Id, day, language, words?.Trim() ?? "", ask.Order ?? "", ask.Descending, ask.Count, ask.Start);
        return new([.. sites.Select(site => site.Line)], sites.Count == 0 ? 0 : sites[0].InAll);
    }

    /// <summary>Accounts that one may ask about, each with its organisation: for accounts that see all; nobody else is told a name.</summary>
    public async Task<IReadOnlyList<(string Account, string Organisation)>> AccountNamesAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        return access.Login == Login.Province ? [.. (await AccountsAsync(cancel)).Select(account => (account.Name, account.Organisation))] : [];
    }

    private sealed record Asked(string? Account, string Organisation, Login Login);

    private async Task<Asked?> AskedAsync(Domain.Access.Access access, string? name, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim() == access.AccountName)
            return new(access.AccountName, access.OrganisationCode, access.Login);
        if (access.Login != Login.Province)
            return null;
        return (await AccountsAsync(cancel)).FirstOrDefault(account => string.Equals(account.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } wanted
            ? new(wanted.Name, wanted.Organisation, wanted.Login)
            : new(null, name.Trim(), Login.Scoped);
    }

    private sealed record Found(int Id, string Code, string Name);

    private static async Task<Found?> OrganisationAsync(NpgsqlConnection connection, string code, DateOnly day, string language, CancellationToken cancel) => (await connection.ListAsync(
        """
        SELECT o.id, o.code, coalesce((SELECT CASE WHEN $2 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END FROM organisation_name n
            WHERE n.organisation_id = o.id ORDER BY n.valid @> $3 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), o.code)
        FROM organisation o WHERE upper(o.code) = upper($1)
        """,
        row => new Found(row.GetInt32(0), row.GetString(1), row.GetString(2)), cancel, code, language, day)).FirstOrDefault();

    /// <summary>Names of all accounts with what they see by; nobody's data.</summary>
    private async Task<IReadOnlyList<AccountLine>> AccountsAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        return await connection.ListAsync(
            "SELECT a.user_name, a.role, a.organisation_code, coalesce(o.kind, '') FROM account a LEFT JOIN organisation o ON o.code = a.organisation_code ORDER BY a.user_name LIMIT 20000",
            row => new AccountLine(row.GetString(0), row.GetString(2),
                Domain.Access.Access.LoginFor(Enum.Parse<Role>(row.GetString(1), ignoreCase: true), row.GetString(3))), cancel);
    }

    private static DateOnly? Day(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    private sealed record AccountLine(string Name, string Organisation, Login Login);
}
