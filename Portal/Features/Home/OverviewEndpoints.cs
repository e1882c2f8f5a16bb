using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Home;

/// <summary>The table that an account sees on its first page, as CSV.</summary>
public static class OverviewEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder routes) => routes.MapGet("/overview/download", DownloadAsync);

    private static async Task<IResult> DownloadAsync(
        HttpContext context, UnitsData units, BoardData boards, IStringLocalizer<HomeTexts> texts, string? unit, string? table, string? medium, string? q, string? view,
        string? sort, string? order, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        if (!FirstPage.Serves(access))
            return Results.NotFound();
        // Điều 7.2b: whoever uses the data names the software.
        var csv = new CsvText().Remark(texts["Csv.Citation", Figures.Day(units.Today)]);
        if (access.Role is Role.Parent or Role.Facility)
        {
            var tree = unit is null ? await units.UnitsAsync(access, cancel) : null;
            if (tree is { Alone: null })
                return File(Units(csv, UnitOrder.Of(sort, order).Apply(tree.Rows)), "don-vi.csv");
            return (tree?.Alone ?? await units.UnitAsync(access, unit!, cancel)) is { } detail ? File(Sites(csv, detail), "diem-quan-trac.csv") : Results.NotFound();
        }
        if (unit is not null)
            return Results.NotFound();
        var filter = BoardFilter.Of(medium, q, view, sort);
        var board = await boards.BoardAsync(access, filter, cancel);
        if (board.IsCapped)
            csv.Remark(texts["Board.Capped", BoardData.SiteCap]);
        return table == "areas" && board.IsAquaculture
            ? File(Areas(csv, await boards.AreasAsync(access, filter.View, cancel)), "vung-nuoi.csv")
            : File(Matrix(csv, board), "diem-theo-dot.csv");
    }

    private static IResult File(CsvText csv, string name) => Results.File(csv.ToBytes(), "text/csv; charset=utf-8", name);

    private static CsvText Units(CsvText csv, IReadOnlyList<UnitLine> lines)
    {
        csv.Row("organisation", "name", "parent", "quarters_with_results", "quarters", "duties_fulfilled", "duties_due", "duties_overdue", "samples_12_months", "last_campaign",
            "last_day", "sites", "exceeding", "worst_ratio", "cannot_judge", "within", "unreviewed", "permits_ending_90_days");
        foreach (var line in lines)
        {
            csv.Row(line.Code, line.Name, line.Under, line.Delivered.With, line.Delivered.Of, line.Done, line.Owed, line.Late, line.Samples, line.Campaign, line.LastDay,
                line.Sites, line.Exceeding, line.Worst, line.Undecided, line.Within, line.Unreviewed, line.Expiring);
        }
        return csv;
    }

    private static CsvText Sites(CsvText csv, UnitDetail detail)
    {
        csv.Row("organisation", "facility", "facility_name", "site", "name", "kind", "medium", "verdict", "parameter", "sign", "value", "unit", "limit_lower", "limit_upper", "ratio",
            "campaign", "last_day", "reviewed");
        foreach (var (facility, site) in detail.Facilities.SelectMany(facility => facility.Sites.Select(site => (facility, site))))
        {
            var result = site.Deciding;
            csv.Row(detail.Unit.Code, facility.Code, facility.Name, site.Code, site.Name, site.Kind, site.Medium, site.Verdict, result?.Parameter, result?.Value.Sign, result?.Value.Number,
                result?.Unit, result?.Limit?.Lower, result?.Limit?.Upper, result?.Ratio, site.Campaign, site.LastDay, site.Verdict is null ? null : Answer(site.Reviewed));
        }
        return csv;
    }

    private static CsvText Matrix(CsvText csv, Board board)
    {
        csv.Row("site", "name", "commune", "campaign", "medium", "period_start", "period_end", "verdict", "class", "parameter", "ratio", "reviewed");
        foreach (var site in board.Sites)
        {
            foreach (var (cell, column) in site.Cells.Zip(board.Columns))
            {
                if (cell is not null)
                {
                    csv.Row(site.Code, site.Name, site.Area, column.Code, column.Medium, column.Period.From, column.Period.To, cell.Verdict, cell.Band,
                        cell.Parameter, cell.Ratio, Answer(cell.Reviewed));
                }
            }
        }
        return csv;
    }

    private static CsvText Areas(CsvText csv, IReadOnlyList<AreaMedium> areas)
    {
        csv.Row("commune", "name", "medium", "sites", "exceeding", "campaign", "last_day", "parameter", "lowest_sign", "lowest", "highest_sign", "highest", "unit", "limit_lower", "limit_upper",
            "sites_with_value", "sites_exceeding", "sites_cannot_judge");
        foreach (var (area, figure) in areas.SelectMany(area => area.Figures.Select(figure => (area, figure))))
        {
            csv.Row(area.Commune, area.Area, area.Medium, area.Sites, area.Exceeding, area.Campaign, area.LastDay, figure.Name, figure.Lowest.Sign, figure.Lowest.Number,
                figure.Highest.Sign, figure.Highest.Number, figure.Unit, figure.Limit?.Lower, figure.Limit?.Upper, figure.Sites, figure.Exceeding, figure.Undecided);
        }
        return csv;
    }

    private static string Answer(bool yes) => yes ? "yes" : "no";
}
