using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>The province, its former districts and its communes, with the names that they have had.</summary>
internal sealed class PlaceFiles
{
    private static readonly string[] UnitHeader =
        ["code", "name_vi", "name_en", "valid_from", "valid_to", "former_districts", "lon", "lat", "confidence", "source"];

    private PlaceFiles(string root, FaultList faults)
    {
        var named = faults.Once(
            [.. ReadUnits(root, "province", faults), .. ReadUnits(root, "district", faults), .. ReadUnits(root, "commune", faults)], unit => unit.Row.Code);
        Codes = named.Select(unit => unit.Item.Row.Code).ToHashSet();
        foreach (var unit in named)
        {
            foreach (var district in unit.Item.Row.FormerDistricts.Where(district => !Codes.Contains(district)))
                faults.Add(unit, ReferenceRule.Unknown, $"There is no district \"{district}\".");
        }
        Units = named.Select(unit => unit.Item.Row).ToList();
        Names = ReadNames(root, named, faults);
    }

    private sealed record NamedUnit(AdministrativeUnitRow Row, string NameVi, string NameEn);

    private sealed record FormerName(string Unit, string NameVi, string NameEn, DateOnly LastDay);

    public IReadOnlyList<AdministrativeUnitRow> Units { get; }
    public IReadOnlyList<AdministrativeUnitNameRow> Names { get; }
    public IReadOnlySet<string> Codes { get; }

    public static PlaceFiles Read(string root, FaultList faults) => new(root, faults);

    private static IReadOnlyList<Located<NamedUnit>> ReadUnits(string root, string kind, FaultList faults)
    {
        var file = kind == "province" ? "places/province.csv" : $"places/{kind}s.csv";
        return SeedTable.Read(root, file, UnitHeader, faults, row =>
        {
            var (longitude, latitude) = row.Position();
            var former = row.Optional("former_districts").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new NamedUnit(
                new(row.Text("code"), kind, row.Valid(), former, longitude, latitude, row.Confidence(), row.Text("source")),
                row.Text("name_vi"), row.Text("name_en"));
        });
    }

    // The names that ended stand in a file of their own; the unit's present (or last) name begins on the day after.
    private static List<AdministrativeUnitNameRow> ReadNames(string root, IReadOnlyList<Located<NamedUnit>> units, FaultList faults)
    {
        var former = SeedTable.Read(root, "places/former_names.csv", ["unit", "name_vi", "name_en", "valid_to", "confidence", "source"], faults, MakeFormerName);
        faults.Known(former, "place", name => name.Unit, code => units.Any(unit => unit.Item.Row.Code == code));

        var names = new List<AdministrativeUnitNameRow>();
        foreach (var (row, nameVi, nameEn) in units.Select(unit => unit.Item))
        {
            var from = row.Valid.From;
            foreach (var name in former.Where(name => name.Item.Unit == row.Code).OrderBy(name => name.Item.LastDay))
            {
                if (from > name.Item.LastDay || name.Item.LastDay >= row.Valid.To)
                {
                    faults.Add(name, ReferenceRule.WrongDates, $"The name ends outside the days of {row.Code}, or with another.");
                    continue;
                }
                names.Add(new(row.Code, name.Item.NameVi, name.Item.NameEn, new(from, name.Item.LastDay)));
                from = name.Item.LastDay.AddDays(1);
            }
            names.Add(new(row.Code, nameVi, nameEn, new(from, row.Valid.To)));
        }
        return names;
    }

    private static FormerName? MakeFormerName(SeedRow row)
    {
        var lastDay = row.Date("valid_to");
        if (lastDay is null && row.IsGood)
            row.Fault(ReferenceRule.ValueMissing, "valid_to is empty.");
        return lastDay is { } day ? new(row.Text("unit"), row.Text("name_vi"), row.Text("name_en"), day) : null;
    }
}
