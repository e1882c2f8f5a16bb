using System.Globalization;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>The tables of organisations as CSV: the tree of a day, what an account sees, the template to fill in.</summary>
internal static class OrganisationsDownloads
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/organisations/download", TreeAsync);
        routes.MapGet("/organisations/who-sees/download", SeenAsync);
        routes.MapGet("/organisations/template", Template);
    }

    private static async Task<IResult> TreeAsync(
        HttpContext context, OrganisationsData data, IStringLocalizer<OrganisationsTexts> texts, string? day, string? kind, string? text, string? ended, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!access.May(Capability.SeeOrganisations))
            return Results.NotFound();
        var filter = new TreeFilter(DayOf(day) ?? data.Today, Empty(kind), Empty(text), ended == "1");
        var csv = new CsvText().Remark(texts["Csv.Citation", Figures.Day(data.Today)]).Remark(texts["Csv.Tree", Figures.Day(filter.Day)])
            .Row("code", "name", "kind", "level", "parent", "in_being", "manage", "territories", "data_groups", "lists", "sites_seen", "confidence");
        foreach (var line in await data.TreeAsync(access, filter, Language.Current, cancel))
        {
            csv.Row(line.Code, line.Name, line.Kind, line.Level, line.Path.Count > 1 ? line.Path[^2] : "", line.Ended ? 0 : 1, line.Manage ? 1 : 0, line.Territories,
                line.DataGroups, line.Lists, line.Sites, line.Confidence);
        }
        return Results.File(csv.ToBytes(), "text/csv; charset=utf-8", "to-chuc.csv");
    }

    private static async Task<IResult> SeenAsync(
        HttpContext context, WhoSeesData data, IStringLocalizer<OrganisationsTexts> texts, string? account, string? day, string? text, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!access.May(Capability.SeeOrganisations))
            return Results.NotFound();
        var on = DayOf(day) ?? data.Today;
        if (await data.OfAccountAsync(access, Empty(account), on, Language.Current, cancel) is not { } view)
            return Results.NotFound();
        var sites = await data.SitesAsync(access, Empty(account), Empty(text), on, Language.Current, new(null, false, 0, GridFile.RowCap), cancel);
        var csv = new CsvText().Remark(texts["Csv.Citation", Figures.Day(data.Today)])
            .Remark(texts["Csv.Seen", view.Account ?? view.Organisation, Figures.Day(on), Figures.Count(sites.Total)]).Row("site", "name", "owner", "rules", "data_groups");
        foreach (var site in sites.Rows)
            csv.Row(site.Code, site.Name, site.Owner, string.Join(' ', site.Rules), site.Groups);
        return Results.File(csv.ToBytes(), "text/csv; charset=utf-8", "xem-duoc.csv");
    }

    private static IResult Template(HttpContext context, IStringLocalizer<OrganisationsTexts> texts)
    {
        if (!AccessClaims.Read(context.User)!.May(Capability.ManageOrganisations))
            return Results.NotFound();
        var csv = new CsvText().Remark(texts["Template.Lead"])
            .Remark(texts["Template.Kinds", string.Join("; ", OrganisationKinds.All.Select(kind => $"{kind} = {texts[$"Kind.{kind}"]}"))])
            .Row(ReadTemplate.Columns.Select(column => texts[$"Column.{column}"].Value));
        return Results.File(csv.ToBytes(), "text/csv; charset=utf-8", "mau-to-chuc.csv");
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A day as an address tells it.</summary>
    internal static string? TextOf(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
