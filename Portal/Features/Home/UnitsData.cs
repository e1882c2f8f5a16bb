using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Home;

/// <summary>What the first page of parents and facilities asks for.</summary>
public sealed class UnitsData(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Units and sites stop here.</summary>
    public const int ListCap = 1000;

    private static readonly string[] Verdicts = ["no limit", "within", "cannot judge", "exceeds"];

    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>The account's own organisation and all below it.</summary>
    public async Task<UnitTree> UnitsAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOverview);
        await using var db = await database.OpenAsync(access, cancel);
        var units = await LinesAsync(db.Connection, access.OrganisationId, cancel);
        if (access.Role == Role.Facility && units is [var alone])
            return new(units, await DetailAsync(db.Connection, access.OrganisationId, alone, cancel));
        var cells = await CellsAsync(db.Connection, access.OrganisationId, bySite: false, cancel);
        return new(units.ConvertAll(unit => unit with { Quarters = Strip(cells, unit.Code) }), null);
    }

    /// <summary>One organisation of them with its facilities and sites; null where it is not there or not theirs.</summary>
    public async Task<UnitDetail?> UnitAsync(Domain.Access.Access access, string code, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOverview);
        await using var db = await database.OpenAsync(access, cancel);
        var line = (await LinesAsync(db.Connection, access.OrganisationId, cancel)).Find(unit => unit.Code == code);
        return line is null ? null : await DetailAsync(db.Connection, access.OrganisationId, line, cancel);
    }

    private static bool Vietnamese => Language.Current == "vi";

    private async Task<UnitDetail> DetailAsync(NpgsqlConnection connection, int organisation, UnitLine line, CancellationToken cancel)
    {
        var rows = await connection.ListAsync(UnitSql.Sites, Site, cancel, organisation, Today, Vietnamese, line.Code, ListCap);
        var cells = await CellsAsync(connection, organisation, bySite: true, cancel);
        var permits = (await connection.ListAsync(UnitSql.Permits,
            row => (Facility: row.GetString(0), End: new PermitEnd(row.GetString(1), row.GetFieldValue<DateOnly>(2))), cancel, line.Code, Today)).ToLookup(row => row.Facility, row => row.End);
        var facilities = rows.GroupBy(row => row.Facility).Select(group => new FacilityGroup(
            group.Key, group.First().Name, group.First().Area, group.Key is null ? [] : [.. permits[group.Key]],
            [.. group.Select(row => row.Site).OfType<UnitSite>().Select(site => site with { Quarters = Strip(cells, site.Code) })]))
            .OrderByDescending(facility => facility.Sites.Count(site => site.Verdict == "exceeds")).ToList();
        return new(line with { Quarters = Together(facilities.SelectMany(facility => facility.Sites)) }, facilities);
    }

    private Task<List<UnitLine>> LinesAsync(NpgsqlConnection connection, int organisation, CancellationToken cancel) => connection.ListAsync(
        UnitSql.Units,
        row => new UnitLine(row.GetString(0), row.GetString(1), Text(row, 2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7),
            Number(row, 8), row.GetInt32(9), row.GetInt32(10), row.GetInt32(11), Text(row, 12), Day(row, 13), row.GetInt32(14), row.GetInt32(15), row.GetInt32(16), row.GetInt32(17)),
        cancel, organisation, Today, Vietnamese, ListCap);

    private async Task<ILookup<string, QuarterCell>> CellsAsync(NpgsqlConnection connection, int organisation, bool bySite, CancellationToken cancel) =>
        (await connection.ListAsync(
            UnitSql.QuarterCells,
            row => (Key: row.GetString(0), Cell: new QuarterCell(row.GetFieldValue<DateOnly>(1), Verdicts[row.GetInt32(2) - 1], Number(row, 3), row.GetInt32(4), row.GetInt32(5), row.GetBoolean(6), Bands.All[^row.GetInt32(7)])),
            cancel, organisation, Today, Vietnamese, Quarters.Until(Today)[0], bySite)).ToLookup(row => row.Key, row => row.Cell);

    private List<QuarterCell> Strip(ILookup<string, QuarterCell> cells, string key)
    {
        var found = cells[key].ToDictionary(cell => cell.Start);
        return [.. Quarters.Until(Today).Select(start => found.GetValueOrDefault(start) ?? new(start, null, null, 0, 0, true))];
    }

    // Each cell of the unit from those of its sites.
    private List<QuarterCell> Together(IEnumerable<UnitSite> sites)
    {
        var handedIn = sites.SelectMany(site => site.Quarters).Where(cell => cell.Verdict is not null).ToLookup(cell => cell.Start);
        return [.. Quarters.Until(Today).Select(start => handedIn[start].ToList() is { Count: > 0 } cells
            ? new QuarterCell(start, cells.MaxBy(cell => Array.IndexOf(Verdicts, cell.Verdict))!.Verdict, cells.Max(cell => cell.Ratio), cells.Sum(cell => cell.Sites),
                cells.Sum(cell => cell.Exceeding), cells.All(cell => cell.Reviewed), cells.Select(cell => cell.Class).Aggregate(RatioClass.Worse))
            : new QuarterCell(start, null, null, 0, 0, true))];
    }

    private static (string? Facility, string? Name, string? Area, UnitSite? Site) Site(NpgsqlDataReader row)
    {
        var sampled = !row.IsDBNull(8);
        var deciding = row.IsDBNull(14) ? null : new DecidingResult(row.GetString(13), SitePanelQuery.Value(row, 14), Text(row, 16), Limit(Number(row, 17), Number(row, 18)), Number(row, 19), row.GetString(20));
        var site = row.IsDBNull(3) ? null : new UnitSite(row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), Text(row, 7), Text(row, 8),
            Text(row, 9) ?? RatioClass.None, Day(row, 10), Text(row, 11), !sampled || row.GetBoolean(12), deciding);
        return (Text(row, 0), Text(row, 1), Text(row, 2), site);
    }

    internal static SiteLimit? Limit(decimal? lower, decimal? upper) => (lower, upper) switch
    {
        (null, null) => null,
        (null, _) => new("max", null, upper, null),
        (_, null) => new("min", lower, null, null),
        _ => new("range", lower, upper, null),
    };

    internal static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    internal static decimal? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    internal static DateOnly? Day(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
}
