namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Who sees one site, for one data group, on a day.</summary>
/// <param name="Released">Campaigns of it that guests see.</param>
/// <param name="ProvinceAccounts">Accounts that see everything.</param>
/// <param name="GuestAccounts">Accounts that see what is released.</param>
public sealed record SiteViewers(
    string Code, string Name, string Group, DateOnly Day, IReadOnlyList<Viewer> Viewers, int Released, IReadOnlyList<string> ProvinceAccounts, IReadOnlyList<string> GuestAccounts);

/// <summary>An organisation that sees a site and each rule by which it does.</summary>
/// <param name="Accounts">Names of its accounts.</param>
public sealed record Viewer(string Code, string Name, string Kind, IReadOnlyList<Reason> Reasons, IReadOnlyList<string> Accounts);

/// <summary>Why something is seen: the rule, what it goes through, and on which days.</summary>
/// <param name="Rule">own, territory, group or list.</param>
/// <param name="Through">Names from the viewer down to the owner; commune or area; programme; list with its document.</param>
public sealed record Reason(string Rule, IReadOnlyList<string> Through, DateOnly? From, DateOnly? To);

/// <summary>What one account or organisation sees on a day.</summary>
/// <param name="Reach">all, scope or released.</param>
/// <param name="Account">Null where the question was for an organisation.</param>
/// <param name="Rules">Of a scope only.</param>
public sealed record AccountView(
    string Organisation, string OrganisationName, string? Account, string Reach, DateOnly Day, IReadOnlyList<RuleCount> Rules, int SitesInAll);

/// <summary>Sites by one rule and data group.</summary>
public sealed record RuleCount(string Rule, string Group, int Sites);

/// <summary>A site that is seen, by which rules, in which data groups.</summary>
public sealed record SeenSite(string Code, string Name, string Owner, IReadOnlyList<string> Rules, string Groups);
