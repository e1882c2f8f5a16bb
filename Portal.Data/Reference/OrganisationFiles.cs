using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>The bodies of Decision 26/2022/QĐ-UBND: what they are called, whom they stand under, where they are competent, by date.</summary>
internal sealed class OrganisationFiles
{
    private OrganisationFiles(string root, PlaceFiles places, FaultList faults)
    {
        var organisations = faults.Once(SeedTable.Read(root, "organisations/organisations.csv",
            ["code", "kind", "data_groups", "confidence", "open_mark_vi", "open_mark_en"], faults, MakeOrganisation), organisation => organisation.Code);
        Codes = organisations.Select(organisation => organisation.Item.Code).ToHashSet();

        var names = SeedTable.Read(root, "organisations/names.csv", ["organisation", "name_vi", "name_en", "valid_from", "valid_to", "confidence", "source"], faults,
            row => new OrganisationNameRow(
                row.Text("organisation"), row.Text("name_vi"), row.Text("name_en"), row.Valid(), row.Confidence(), row.Text("source")));
        faults.Known(names, "organisation", name => name.Organisation, Codes.Contains);
        faults.NoOverlap(names, name => name.Organisation, name => name.Valid);
        var named = names.Select(name => name.Item.Organisation).ToHashSet();
        foreach (var nameless in organisations.Where(organisation => !named.Contains(organisation.Item.Code)))
            faults.Add(nameless, ReferenceRule.ValueMissing, $"{nameless.Item.Code} has no name.");

        var parents = SeedTable.Read(root, "organisations/parents.csv", ["organisation", "parent", "valid_from", "valid_to", "confidence", "source"], faults,
            row => new OrganisationParentRow(row.Text("organisation"), row.Text("parent"), row.Valid(), row.Confidence(), row.Text("source")));
        faults.Known(parents, "organisation", parent => parent.Organisation, Codes.Contains);
        faults.Known(parents, "organisation", parent => parent.Parent, Codes.Contains);
        faults.NoOverlap(parents, parent => parent.Organisation, parent => parent.Valid);

        var territories = SeedTable.Read(root, "organisations/territories.csv", ["organisation", "unit", "valid_from", "valid_to"], faults,
            row => new OrganisationTerritoryRow(row.Text("organisation"), row.Text("unit"), row.Valid()));
        faults.Known(territories, "organisation", territory => territory.Organisation, Codes.Contains);
        faults.Known(territories, "place", territory => territory.Unit, places.Codes.Contains);
        faults.NoOverlap(territories, territory => (territory.Organisation, territory.Unit), territory => territory.Valid);

        var successors = faults.Once(SeedTable.Read(root, "organisations/successors.csv", ["organisation", "successor", "from", "source"], faults,
            row => new OrganisationSuccessorRow(row.Text("organisation"), row.Text("successor"), row.Date("from") ?? default, row.Text("source"))),
            successor => (successor.Organisation, successor.Successor));
        faults.Known(successors, "organisation", successor => successor.Organisation, Codes.Contains);
        faults.Known(successors, "organisation", successor => successor.Successor, Codes.Contains);

        Organisations = organisations.Select(row => row.Item).ToList();
        Names = names.Select(row => row.Item).ToList();
        Parents = parents.Select(row => row.Item).ToList();
        Territories = territories.Select(row => row.Item).ToList();
        Successors = successors.Select(row => row.Item).ToList();
    }

    public IReadOnlyList<OrganisationRow> Organisations { get; }
    public IReadOnlyList<OrganisationNameRow> Names { get; }
    public IReadOnlyList<OrganisationParentRow> Parents { get; }
    public IReadOnlyList<OrganisationTerritoryRow> Territories { get; }
    public IReadOnlyList<OrganisationSuccessorRow> Successors { get; }
    public IReadOnlySet<string> Codes { get; }

    public static OrganisationFiles Read(string root, PlaceFiles places, FaultList faults) => new(root, places, faults);

    private static OrganisationRow MakeOrganisation(SeedRow row)
    {
        var groups = row.Optional("data_groups");
        if (groups.Any(group => group is < 'a' or > 'e') || groups.Distinct().Count() != groups.Length)
            row.Fault(ReferenceRule.ValueUnreadable, $"data_groups \"{groups}\" are not letters a-e, each once.");
        return new(row.Text("code"), row.OneOf("kind", OrganisationKinds.All), groups, row.Confidence(), row.Optional("open_mark_vi"), row.Optional("open_mark_en"));
    }
}
