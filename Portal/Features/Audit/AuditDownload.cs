using System.Globalization;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Audit;

/// <summary><c>GET /operations/audit/download</c>: the entries of the filter as CSV. Itself an entry, as every file that leaves.</summary>
internal static class AuditDownload
{
    public static async Task<IResult> RunAsync(
        HttpContext context, AuditData data, IStringLocalizer<AuditTexts> texts,
        string? from, string? to, string? account, string? organisation, string? group, string? text, CancellationToken cancel)
    {
        var filter = AuditFilter.Of(from, to, account, organisation, group, text, entry: null);
        var lines = await data.ListAsync(AccessClaims.Read(context.User)!, filter, AuditData.FileCap + 1, cancel);
        // Điều 7.2b: whoever uses the data names the software.
        var csv = new CsvText().Remark(texts["Csv.Citation", Figures.Day(data.Today)]);
        if (lines.Count > AuditData.FileCap)
            csv.Remark(texts["Csv.Capped", Figures.Count(AuditData.FileCap)]);
        csv.Row("entry", "at", "account", "organisation", "organisation_name", "login", "group", "act", "sentence", "subject", "details");
        foreach (var line in lines.Take(AuditData.FileCap))
        {
            csv.Row(line.Id, line.At.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture), line.Account, line.OrganisationCode, line.Organisation,
                line.Login, AuditActs.GroupOf(line.Act)?.ToString(), line.Act, AuditWords.Sentence(texts, line), line.Subject, line.Details);
        }
        return Results.File(csv.ToBytes(), "text/csv; charset=utf-8", "nhat-ky.csv");
    }
}
