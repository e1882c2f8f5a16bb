using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>What the pages of standards show, as CSV: the same filters, the same access, the citation in front.</summary>
internal static class StandardDownloads
{
    public static void MapStandards(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(StandardAddress.List + "/download", ListAsync);
        routes.MapGet(StandardAddress.List + "/compare/download", CompareAsync);
        routes.MapGet(StandardAddress.List + "/{slug}/download", LimitsAsync);
    }

    private static async Task<IResult> ListAsync(
        StandardsData data, IStringLocalizer<StandardsTexts> texts, string? day, string? medium, string? text, CancellationToken cancel)
    {
        var filter = StandardFilter.Of(day, medium, text);
        var list = await data.ListAsync(filter, cancel);
        var csv = Begin(texts, data, filter.Day ?? data.Today).Row(
            "code", "title", "media", "valid_from", "valid_to", "state", "dates_confidence", "supersedes", "superseded_by", "legacy_until",
            "limits", "low_confidence", "open_questions");
        foreach (var (papers, state, limits, doubtful, _, questions, _) in list.Lines)
        {
            csv.Row(papers.Code, StandardWords.Title(papers), string.Join(' ', papers.Media), papers.Valid.From, papers.Valid.To, state.ToString(),
                papers.DatesConfidence.Code(), papers.Supersedes, papers.SupersededBy, papers.Legacy?.Until, limits, doubtful, questions);
        }
        return File(csv, "quy-chuan");
    }

    private static async Task<IResult> LimitsAsync(
        string slug, StandardsData data, IStringLocalizer<StandardsTexts> texts, string? day, string? column, string? parameter, CancellationToken cancel)
    {
        if (await data.FindAsync(slug, cancel) is not { } sheet)
            return Results.NotFound();
        var filter = LimitFilter.Of(day, column, parameter);
        var shownOn = sheet.Standard.Papers.ShownOn(filter.Day ?? data.Today);
        var csv = Begin(texts, data, shownOn);
        if (sheet.Standard.Papers.CheckedBy is null)
            csv.Remark($"{sheet.Standard.Code}: {texts["Papers.Unchecked"]}");
        if (sheet.Standard.Papers.Index is null)
            Limits(csv, sheet.Standard, LimitGrid.Of(sheet.Standard, filter, data.Today));
        else
            Scales(csv, sheet);
        return File(csv, slug);
    }

    private static async Task<IResult> CompareAsync(
        StandardsData data, IStringLocalizer<StandardsTexts> texts, string? day, string? old, string? oldColumn, string? @new, string? newColumn, CancellationToken cancel)
    {
        if (await data.CompareAsync(ComparisonChoice.Of(day, old, oldColumn, @new, newColumn), cancel) is not { } sheet)
            return Results.NotFound();
        var csv = Begin(texts, data, sheet.New.Day).Row(
            "change", "parameter", "name", "fraction", "old_standard", "old_column", "old_averaging", "old_lower", "old_upper", "old_unit", "old_note",
            "new_standard", "new_column", "new_averaging", "new_lower", "new_upper", "new_unit", "new_note");
        foreach (var row in sheet.Rows)
        {
            csv.Row([row.Change.ToString(), row.Parameter.Code, StandardWords.Name(row.Parameter), row.Fraction, .. Side(row.Old), .. Side(row.New)]);
        }
        return File(csv, $"{StandardAddress.Slug(sheet.Old.Standard.Code)}-{StandardAddress.Slug(sheet.New.Standard.Code)}");
    }

    private static object?[] Side(Limit? limit) => limit is null
        ? new object?[7]
        : [limit.Place.Standard, limit.Place.Column, limit.Averaging.Code, limit.Value.Lower, limit.Value.Upper, limit.Value.Unit.Code, limit.Origin.Note];

    private static void Limits(CsvText csv, Standard standard, LimitGrid grid)
    {
        csv.Row("standard", "table", "column", "column_name", "parameter", "name", "fraction", "averaging", "kind", "lower", "upper", "unit", "coefficients",
            "valid_from", "valid_to", "clause", "confidence", "source", "note");
        foreach (var limit in grid.Shown)
        {
            csv.Row(standard.Code, limit.Place.Table, limit.Place.Column, StandardWords.Name(standard.Column(limit.Place.Column)!),
                limit.Parameter.Code, StandardWords.Name(limit.Parameter), limit.Fraction, limit.Averaging.Code, limit.Value.Kind.Code(), limit.Value.Lower, limit.Value.Upper,
                limit.Value.Unit.Code, string.Join(' ', limit.Coefficients), limit.Valid.From ?? standard.Papers.Valid.From, limit.Valid.To ?? standard.Papers.Valid.To,
                limit.Origin.Clause, limit.Origin.Confidence.Code(), limit.Origin.Source, limit.Origin.Note);
        }
    }

    private static void Scales(CsvText csv, StandardSheet sheet)
    {
        csv.Row("standard", "scale", "group", "unit", "from", "from_op", "to", "to_op", "index_from", "index_to", "clause", "confidence", "source", "note");
        foreach (var scale in sheet.Scales)
        {
            foreach (var (segment, origin) in scale.Steps)
            {
                csv.Row(sheet.Standard.Code, scale.Code, scale.Group, scale.Unit.Code,
                    segment.From, segment.From is null ? null : segment.FromIncluded ? ">=" : ">", segment.To, segment.To is null ? null : segment.ToIncluded ? "<=" : "<",
                    segment.IndexFrom, segment.IndexTo, origin.Clause, origin.Confidence.Code(), origin.Source, origin.Note);
            }
        }
    }

    // Điều 7.2b: whoever uses the data names the software.
    private static CsvText Begin(IStringLocalizer<StandardsTexts> texts, StandardsData data, DateOnly day) =>
        new CsvText().Remark(texts["Csv.Citation", Figures.Day(data.Today)]).Remark(texts["Csv.Day", Figures.Day(day)]);

    private static IResult File(CsvText csv, string name) => Results.File(csv.ToBytes(), "text/csv; charset=utf-8", name + ".csv");
}
