using System.Text.Json;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>The list of accounts as CSV, the template of persons, and what the portal keeps of oneself as JSON.</summary>
internal static class AccountLifeDownloads
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/accounts/download", ListAsync);
        routes.MapGet("/accounts/requests/template", Template);
        routes.MapGet("/account/data/download", OwnAsync);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, AccountsData data, IStringLocalizer<AccountLifeTexts> texts, string? state, string? group, string? organisation, string? text, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!access.May(Capability.AskForAccounts))
            return Results.NotFound();
        var csv = new CsvText().Remark(texts["Csv.Citation", Figures.Moment(data.Now)])
            .Row("name", "person", "organisation", "organisation_name", "role", "legal_group", "head_of_unit", "state", "last_used", "valid_until");
        foreach (var line in (await data.PageAsync(access, AccountFilter.Of(state, group, organisation, text), new(null, false, 0, GridFile.RowCap), Language.Current, cancel)).Rows)
        {
            csv.Row(line.Name, line.Person, line.OrganisationCode, line.Organisation, line.Role.ToString().ToLowerInvariant(), texts[$"Group.{line.Group}"].Value, line.HeadsUnit ? 1 : 0,
                texts[$"State.{line.State}"].Value, line.LastSeen is { } seen ? PortalDay.Local(seen).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture) : null, line.Until);
        }
        return Results.File(csv.ToBytes(), "text/csv; charset=utf-8", "tai-khoan.csv");
    }

    private static IResult Template(HttpContext context, IStringLocalizer<AccountLifeTexts> texts)
    {
        if (!AccessClaims.Read(context.User)!.May(Capability.AskForAccounts))
            return Results.NotFound();
        var csv = new CsvText().Remark(texts["Template.Lead"])
            .Remark(texts["Template.Roles", string.Join("; ", Enum.GetValues<Role>().Where(role => role is not (Role.Admin or Role.Guest)).Select(role => texts[$"Role.{role}"].Value))])
            .Row(ReadPersons.Columns.Select(column => texts[$"Column.{column}"].Value));
        return Results.File(csv.ToBytes(), "text/csv; charset=utf-8", "mau-danh-sach-tai-khoan.csv");
    }

    private static async Task<IResult> OwnAsync(HttpContext context, OwnData data, CancellationToken cancel)
    {
        var own = await data.ReadAsync(AccessClaims.Read(context.User)!, cancel);
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(own, Json), "application/json", "du-lieu-ca-nhan.json");
    }
}
