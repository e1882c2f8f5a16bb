using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>Facilities, sites, their columns of the standards, and programmes.</summary>
internal sealed class SiteFiles
{
    private static readonly string[] FacilityHeader =
    [
        "code", "name_vi", "name_en", "kind", "type_vi", "type_en", "parent_name", "capacity", "lon", "lat",
        "position_precision", "position_precision_vi", "position_precision_en", "unit", "receiving_water", "confidence", "source", "note",
    ];

    private static readonly string[] SiteHeader =
    [
        "code", "name_vi", "name_en", "kind", "owner", "owner_confidence", "unit", "unit_km", "district", "lon", "lat",
        "x_published", "y_published", "x_used", "y_used", "crs", "valid_from", "confidence", "note", "source",
    ];

    private readonly string root;
    private readonly FaultList faults;

    public SiteFiles(string root, MeasuringFiles measuring, IReadOnlyList<Standard> standards, PlaceFiles places, OrganisationFiles organisations, FaultList faults)
    {
        (this.root, this.faults) = (root, faults);
        Facilities = ReadFacilities(places);
        Sites = ReadSites(places, organisations);
        var siteCodes = Sites.Select(site => site.Code).ToHashSet();
        SiteStandards = ReadSiteStandards(siteCodes, measuring, standards);
        Programmes = ReadProgrammes(measuring, organisations);
        ProgrammeSites = ReadProgrammeSites(siteCodes);
    }

    public IReadOnlyList<FacilityRow> Facilities { get; }
    public IReadOnlyList<SiteRow> Sites { get; }
    public IReadOnlyList<SiteStandardRow> SiteStandards { get; }
    public IReadOnlyList<ProgrammeRow> Programmes { get; }
    public IReadOnlyList<ProgrammeSiteRow> ProgrammeSites { get; }

    private List<FacilityRow> ReadFacilities(PlaceFiles places)
    {
        var rows = faults.Once(SeedTable.Read(root, "facilities.csv", FacilityHeader, faults, MakeFacility), facility => facility.Code);
        faults.Known(rows, "place", facility => facility.Unit, places.Codes.Contains);
        return Items(rows);
    }

    private static FacilityRow MakeFacility(SeedRow row)
    {
        var (longitude, latitude) = row.Position();
        return new(
            row.Text("code"), row.Text("name_vi"), row.Text("name_en"), row.OneOf("kind", "thermal_power", "cement", "coal", "other"),
            row.Text("type_vi"), row.Text("type_en"), row.Optional("parent_name"), row.Optional("capacity"), longitude, latitude,
            row.OneOf("position_precision", "exact", "approximate", "commune"), row.Text("position_precision_vi"), row.Text("position_precision_en"),
            row.Text("unit"), row.Optional("receiving_water"), row.Confidence(), row.Text("source"), row.Optional("note"));
    }

    private List<SiteRow> ReadSites(PlaceFiles places, OrganisationFiles organisations)
    {
        var rows = faults.Once(SeedTable.Read(root, "sites/sea_sites.csv", SiteHeader, faults, MakeSite), site => site.Code);
        faults.Known(rows, "organisation", site => site.Owner, organisations.Codes.Contains);
        faults.Known(rows, "place", site => site.Unit, places.Codes.Contains);
        faults.Known(rows, "place", site => site.District, places.Codes.Contains);
        return Items(rows);
    }

    private static SiteRow MakeSite(SeedRow row)
    {
        var (longitude, latitude) = row.Position();
        return new(
            row.Text("code"), row.Text("name_vi"), row.Optional("name_en"), row.OneOf("kind", "station", "discharge"),
            row.Text("owner"), row.Confidence("owner_confidence"), row.Text("unit"), row.RequiredDecimal("unit_km"), row.Text("district"), longitude, latitude,
            row.Text("x_published"), row.Text("y_published"), row.RequiredDecimal("x_used"), row.RequiredDecimal("y_used"), row.Text("crs"),
            row.Valid(hasEnd: false), row.Confidence(), row.Optional("note"), row.Text("source"));
    }

    private List<SiteStandardRow> ReadSiteStandards(HashSet<string> sites, MeasuringFiles measuring, IReadOnlyList<Standard> standards)
    {
        var rows = SeedTable.Read(root, "sites/standards.csv", ["site", "medium", "standard", "column", "valid_from", "valid_to", "confidence", "source"], faults,
            row => new SiteStandardRow(
                row.Text("site"), row.Text("medium"), row.Text("standard"), row.Text("column"), row.Valid(), row.Confidence(), row.Text("source")));
        faults.Known(rows, "site", row => row.Site, sites.Contains);
        faults.Known(rows, "medium", row => row.Medium, measuring.MediumCodes.Contains);
        faults.NoOverlap(rows, row => (row.Site, row.Medium, row.Standard), row => row.Valid);

        var columns = standards.SelectMany(standard => standard.Columns.Select(column => (standard.Code, column.Code, column.Medium))).ToHashSet();
        foreach (var row in rows.Where(row => !columns.Contains((row.Item.Standard, row.Item.Column, row.Item.Medium))))
            faults.Add(row, ReferenceRule.Unknown, $"{row.Item.Standard} has no column \"{row.Item.Column}\" for {row.Item.Medium}.");
        return Items(rows);
    }

    private List<ProgrammeRow> ReadProgrammes(MeasuringFiles measuring, OrganisationFiles organisations)
    {
        var rows = faults.Once(SeedTable.Read(root, "sites/programmes.csv", ["code", "data_group", "medium", "organisation", "name_vi", "name_en"], faults,
            row => new ProgrammeRow(
                row.Text("code"), row.OneOf("data_group", "a", "b", "c", "d", "e"), row.Text("medium"), row.Text("organisation"),
                row.Text("name_vi"), row.Text("name_en"))), programme => programme.Code);
        faults.Known(rows, "medium", programme => programme.Medium, measuring.MediumCodes.Contains);
        faults.Known(rows, "organisation", programme => programme.Organisation, organisations.Codes.Contains);
        return Items(rows);
    }

    private List<ProgrammeSiteRow> ReadProgrammeSites(HashSet<string> sites)
    {
        var programmes = Programmes.Select(programme => programme.Code).ToHashSet();
        var rows = faults.Once(SeedTable.Read(root, "sites/programme_sites.csv", ["programme", "site"], faults,
            row => new ProgrammeSiteRow(row.Text("programme"), row.Text("site"))), row => row);
        faults.Known(rows, "programme", row => row.Programme, programmes.Contains);
        faults.Known(rows, "site", row => row.Site, sites.Contains);
        return Items(rows);
    }

    private static List<T> Items<T>(IReadOnlyList<Located<T>> rows) => rows.Select(row => row.Item).ToList();
}
