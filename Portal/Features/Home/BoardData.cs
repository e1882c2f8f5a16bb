using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Home;

/// <summary>What the first page of a body with a scope asks for: its sites through the last campaigns, and its aquaculture areas.</summary>
public sealed class BoardData(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Columns of the matrix.</summary>
    public const int Campaigns = 12;

    /// <summary>Rows of the matrix; the filter narrows them.</summary>
    public const int SiteCap = 500;

    private const string Aquaculture = "e";

    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>The matrix under a filter.</summary>
    public async Task<Board> BoardAsync(Domain.Access.Access access, BoardFilter filter, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOverview);
        await using var db = await database.OpenAsync(access, cancel);
        var media = await db.Connection.ListAsync(BoardSql.Media, row => new BoardMedium(row.GetString(0), row.GetFieldValue<string[]>(1), row.GetInt32(2), row.GetInt32(3)), cancel, filter.View);
        var shown = filter.Medium is { } asked && media.Any(medium => medium.Code == asked) ? asked
            : filter.Medium == BoardFilter.AllMedia ? null : media.FirstOrDefault()?.Code;
        var cells = await db.Connection.ListAsync(BoardSql.Cells, Cell, cancel, Word(shown), filter.View, Vietnamese, Campaigns);
        var columns = cells.Select(cell => cell.Column).DistinctBy(column => column.Id).ToList();
        var places = columns.Select((column, place) => (column.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
        var bySite = cells.ToLookup(cell => cell.Site);
        var sites = await db.Connection.ListAsync(BoardSql.Sites, row =>
        {
            var line = new BoardCell?[columns.Count];
            // A campaign samples one medium for one group, so a site has one cell in it.
            foreach (var cell in bySite[row.GetString(0)])
                line[places[cell.Column.Id]] = cell.Cell;
            return new BoardSite(row.GetString(0), row.GetString(1), UnitsData.Text(row, 2), line);
        }, cancel, Word(shown), Word(filter.Text), PortalDay.Of(clock), Vietnamese, SiteCap);
        return new Board(media, shown, columns, sites, media.Count > 0 && media.All(medium => medium.Groups is [Aquaculture])).Ordered(filter.Sort);
    }

    /// <summary>The newest values by commune and medium.</summary>
    public async Task<IReadOnlyList<AreaMedium>> AreasAsync(Domain.Access.Access access, string view, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOverview);
        await using var db = await database.OpenAsync(access, cancel);
        var rows = await db.Connection.ListAsync(BoardSql.Areas, row => (
            Area: new AreaMedium(UnitsData.Text(row, 0), UnitsData.Text(row, 1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), UnitsData.Text(row, 5), UnitsData.Day(row, 6), []),
            Figure: row.IsDBNull(7) ? null : Figure(row)), cancel, view, PortalDay.Of(clock), Vietnamese);
        // The worst first; else by name, as they come.
        return [.. rows.GroupBy(row => (row.Area.Commune, row.Area.Medium)).Select(group => group.First().Area with { Figures = [.. group.Select(row => row.Figure).OfType<AreaFigure>()] })
            .GroupBy(area => area.Commune).OrderByDescending(commune => commune.Sum(area => area.Exceeding)).SelectMany(commune => commune)];
    }

    private static bool Vietnamese => Language.Current == "vi";

    private static (BoardColumn Column, string Site, BoardCell Cell) Cell(NpgsqlDataReader row) => (
        new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), new(row.GetFieldValue<DateOnly>(4), row.GetFieldValue<DateOnly>(5), row.GetString(6))),
        row.GetString(7),
        new(row.GetString(8), row.GetString(9), UnitsData.Text(row, 10), UnitsData.Number(row, 11), row.GetBoolean(12), row.GetBoolean(13)));

    private static AreaFigure Figure(NpgsqlDataReader row) => new(
        row.GetString(7), row.GetString(8), SitePanelQuery.Value(row, 9), SitePanelQuery.Value(row, 11), UnitsData.Text(row, 13),
        row.GetBoolean(16) ? UnitsData.Limit(UnitsData.Number(row, 14), UnitsData.Number(row, 15)) : null,
        row.GetBoolean(17), row.GetInt32(18), row.GetInt32(19), row.GetInt32(20), UnitsData.Number(row, 21));

    private static NpgsqlParameter Word(string? word) => new() { Value = (object?)word ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
