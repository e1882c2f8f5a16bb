using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using QuanTrac.Portal.Domain.Assessment.Indices;

namespace QuanTrac.Portal.Features.Map;

/// <summary>What the map shows. It lives in the address, so that refresh, Back and a shared link work; null means no restriction.</summary>
public sealed record MapFilter
{
    /// <summary>Today's standard on everything.</summary>
    public const string Today = "today";

    /// <summary>The standard that was in force in the period of the campaign.</summary>
    public const string OfTheDay = "day";

    /// <summary>Filled by the class of the worst ratio to a limit: the one index that every medium has.</summary>
    public const string ByLimits = "limits";

    /// <summary>Filled by the legal index of the chosen medium.</summary>
    public const string ByIndex = "index";

    /// <summary>Filled by CCME WQI, supplementary.</summary>
    public const string ByCcme = "ccme";

    /// <summary>A medium code such as sea_water.</summary>
    public string? Medium { get; init; }

    /// <summary>a to e.</summary>
    public string? Group { get; init; }

    /// <summary>Code of the owner organisation.</summary>
    public string? Organisation { get; init; }

    /// <summary>Code of the administrative unit.</summary>
    public string? Area { get; init; }

    /// <summary>Code of a campaign or inspection; null is the newest of each site.</summary>
    public string? Campaign { get; init; }

    /// <summary><see cref="Today"/> or <see cref="OfTheDay"/>.</summary>
    public string View { get; init; } = Today;

    /// <summary><see cref="ByLimits"/>, <see cref="ByIndex"/> or <see cref="ByCcme"/> as the person switched; null while they have not.</summary>
    public string? Fill { get; init; }

    /// <summary>What fills the marks. Where several media may be in view only the worst ratio is one scale; a medium that the person chose has its legal index.</summary>
    public string ShownFill => (Medium, Fill) switch
    {
        (null, _) or (_, ByLimits) => ByLimits,
        ({ } medium, ByCcme) when EventIndex.HasCcme(medium) => ByCcme,
        ({ } medium, _) => EventIndex.HasLegal(medium) ? ByIndex : ByLimits,
    };

    /// <summary>Code of the parameter in the chart of the chosen site; null is the worst.</summary>
    public string? Parameter { get; init; }

    /// <summary>Words searched for in names and codes, without diacritics.</summary>
    public string? Text { get; init; }

    /// <summary>Code of the chosen site.</summary>
    public string? Site { get; init; }

    /// <summary>Whether the set of sites is narrowed at all (view, campaign and chosen site do not narrow).</summary>
    public bool IsNarrowed => (Medium ?? Group ?? Organisation ?? Area ?? Text) is not null;

    /// <summary>Reads the query part of an address; what it does not know is left out.</summary>
    public static MapFilter FromQuery(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Get(string key) => values.TryGetValue(key, out var found) && found is [{ Length: > 0 and <= 100 } value, ..] ? value : null;
        return new MapFilter
        {
            Medium = Get("medium"),
            Group = Get("group"),
            Organisation = Get("organisation"),
            Area = Get("area"),
            Campaign = Get("campaign"),
            View = Get("view") == OfTheDay ? OfTheDay : Today,
            Fill = Get("fill") is ByLimits or ByIndex or ByCcme ? Get("fill") : null,
            Parameter = Get("parameter"),
            Text = Get("q"),
            Site = Get("site"),
        };
    }

    /// <summary>The address of the map page with this filter.</summary>
    public string ToAddress() => "/" + Query(("parameter", Parameter), ("site", Site));

    /// <summary>The address of the layer: the same without what does not change it.</summary>
    public string ToLayerAddress() => "/map/sites" + Query();

    private string Query(params ReadOnlySpan<(string Key, string? Value)> more)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in (ReadOnlySpan<(string, string?)>)[
            ("medium", Medium), ("group", Group), ("organisation", Organisation), ("area", Area), ("campaign", Campaign),
            ("view", View == Today ? null : View), ("fill", Fill), ("q", Text), .. more])
        {
            if (value is not null)
                query.Add(key, value);
        }
        return query.ToString();
    }
}
