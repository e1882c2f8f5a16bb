using Microsoft.AspNetCore.Http.Extensions;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Home;

/// <summary>What the matrix shows. It lives in the address.</summary>
/// <param name="Medium">A medium code, <see cref="AllMedia"/>, or null for the medium with the most sites.</param>
/// <param name="Text">Words in names and codes of sites, without diacritics.</param>
/// <param name="View">today or day, as on the map.</param>
/// <param name="Sort"><see cref="Worst"/>, <see cref="ByName"/> or the code of a campaign: those that stood worst in it first.</param>
public sealed record BoardFilter(string? Medium, string? Text, string View, string Sort)
{
    public const string AllMedia = "all";
    public const string Worst = "worst";
    public const string ByName = "name";

    /// <summary>What is not known is left out.</summary>
    public static BoardFilter Of(string? medium, string? text, string? view, string? sort) => new(
        Short(medium), Short(text), view == MapFilter.OfTheDay ? MapFilter.OfTheDay : MapFilter.Today, Short(sort) ?? Worst);

    public string Query
    {
        get
        {
            var query = new QueryBuilder();
            foreach (var (key, value) in new[]
            {
                ("medium", Medium), ("q", Text), ("view", View == MapFilter.Today ? null : View), ("sort", Sort == Worst ? null : Sort),
            })
            {
                if (value is not null)
                    query.Add(key, value);
            }
            return query.ToString();
        }
    }

    private static string? Short(string? typed) => typed?.Trim() is { Length: > 0 and <= 100 } kept ? kept : null;
}

/// <summary>A medium in scope.</summary>
/// <param name="Groups">Data groups, a to e.</param>
/// <param name="Exceeding">Sites that exceed in their newest event.</param>
public sealed record BoardMedium(string Code, IReadOnlyList<string> Groups, int Sites, int Exceeding);

/// <summary>A campaign or inspection.</summary>
public sealed record BoardColumn(int Id, string Code, string Name, string Medium, Period Period);

/// <summary>A site with its cell in each column; null where it was not sampled.</summary>
public sealed record BoardSite(string Code, string Name, string? Area, IReadOnlyList<BoardCell?> Cells)
{
    public BoardCell? Newest => Cells.LastOrDefault(cell => cell is not null);

    public int Exceedances => Cells.Count(cell => cell?.Verdict == "exceeds");
}

/// <summary>How a site stood in a campaign.</summary>
/// <param name="Band">Class of its worst ratio: the one index that every medium has, and that speaks of this campaign alone.</param>
/// <param name="Parameter">Name of the worst parameter.</param>
/// <param name="Minimum">Its limits are minima: less is worse.</param>
public sealed record BoardCell(string Verdict, string Band, string? Parameter, decimal? Ratio, bool Minimum, bool Reviewed)
{
    public int Rank => Array.IndexOf(Ranks, Verdict);

    private static readonly string[] Ranks = ["no limit", "within", "cannot judge", "exceeds"];
}

/// <summary>Sites × campaigns.</summary>
/// <param name="Shown">The medium that is shown; null for all.</param>
/// <param name="Columns">Oldest first, at most twelve.</param>
/// <param name="Sites">In the order asked for.</param>
/// <param name="IsAquaculture">Nothing but group e is in scope: the areas are shown, too.</param>
public sealed record Board(
    IReadOnlyList<BoardMedium> Media, string? Shown, IReadOnlyList<BoardColumn> Columns, IReadOnlyList<BoardSite> Sites, bool IsAquaculture)
{
    public bool IsCapped => Sites.Count == BoardData.SiteCap;

    /// <summary>The same in another order; ties by the number of exceedances, then by code.</summary>
    public Board Ordered(string sort)
    {
        var byCode = Sites.OrderBy(site => site.Code, StringComparer.Ordinal);
        if (sort == BoardFilter.ByName)
            return this with { Sites = [.. byCode.OrderBy(site => site.Name, StringComparer.CurrentCulture)] };
        var place = Columns.ToList().FindIndex(column => column.Code == sort);
        return this with
        {
            Sites = [.. byCode.OrderByDescending(site => site.Exceedances).OrderByDescending(site => Weight(place < 0 ? site.Newest : site.Cells[place]))],
        };
    }

    private static (int, decimal) Weight(BoardCell? cell) => cell is null ? (-1, 0) : (cell.Rank, cell.Ratio ?? 0);
}

/// <summary>Sampled water of one kind in one commune.</summary>
/// <param name="Area">Name of the commune; null where the sites have none.</param>
/// <param name="Campaign">The newest.</param>
public sealed record AreaMedium(
    string? Commune, string? Area, string Medium, int Sites, int Exceeding, string? Campaign, DateOnly? LastDay, IReadOnlyList<AreaFigure> Figures);

/// <summary>The newest values of one parameter in an area.</summary>
/// <param name="Limit">The one limit of all its sites; null where they differ or none has one.</param>
/// <param name="HasLimit">False: nothing to hold the values against.</param>
/// <param name="Exceeding">Sites that exceed, of <paramref name="Sites"/> with a value.</param>
/// <param name="Ratio">The worst; null where only non-detects, ranges or met minima are there.</param>
public sealed record AreaFigure(
    string Parameter, string Name, ReportedValue Lowest, ReportedValue Highest, string? Unit, SiteLimit? Limit, bool HasLimit, int Sites, int Exceeding, int Undecided, decimal? Ratio);
