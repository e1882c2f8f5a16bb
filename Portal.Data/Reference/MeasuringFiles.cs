using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>Units, parameters, their spellings, and media.</summary>
internal sealed class MeasuringFiles
{
    private MeasuringFiles(string root, FaultList faults)
    {
        Units = ReadUnits(root, faults, out var unitAliases);
        UnitAliases = unitAliases;
        Media = faults.Once(SeedTable.Read(root, "media.csv", ["code", "name_vi", "name_en", "sort"], faults,
            row => new MediumRow(row.Text("code"), row.Text("name_vi"), row.Text("name_en"), row.Whole("sort"))), medium => medium.Code)
            .Select(row => row.Item).ToList();
        MediumCodes = Media.Select(medium => medium.Code).ToHashSet();
        Parameters = ReadParameters(root, Units, MediumCodes, faults, out var parameterAliases);
        ParameterAliases = parameterAliases;
    }

    public UnitBook Units { get; }
    public IReadOnlyList<UnitAliasRow> UnitAliases { get; }
    public ParameterBook Parameters { get; }
    public IReadOnlyList<ParameterAliasRow> ParameterAliases { get; }
    public IReadOnlyList<MediumRow> Media { get; }
    public IReadOnlySet<string> MediumCodes { get; }

    public static MeasuringFiles Read(string root, FaultList faults) => new(root, faults);

    private static UnitBook ReadUnits(string root, FaultList faults, out IReadOnlyList<UnitAliasRow> aliases)
    {
        var units = faults.Once(SeedTable.Read(root, "units.csv", ["code", "quantity", "factor", "name_vi", "name_en"], faults, MakeUnit), unit => unit.Code);
        var codes = units.Select(unit => unit.Item.Code).ToHashSet();
        var rows = SeedTable.Read(root, "unit_aliases.csv", ["alias", "unit"], faults, row => new UnitAliasRow(row.Text("alias"), row.Text("unit")));
        faults.Known(rows, "unit", row => row.Unit, codes.Contains);

        var plain = new UnitBook(units.Select(unit => unit.Item), []);
        MeaningOne(units, unit => unit.Code, unit => unit.Code, unit => plain.Find(unit.Code)?.Code, faults);
        var once = faults.Once(rows.Where(row => codes.Contains(row.Item.Unit)).ToList(), row => row.Alias);
        var good = MeaningOne(once, row => row.Alias, row => row.Unit, row => plain.Find(row.Alias)?.Code, faults);
        var book = new UnitBook(units.Select(unit => unit.Item), good.Select(row => KeyValuePair.Create(row.Item.Alias, row.Item.Unit)));
        MeaningOne(good, row => row.Alias, row => row.Unit, row => book.Find(row.Alias)?.Code, faults);
        aliases = good.Select(row => row.Item).ToList();
        return book;
    }

    private static Unit? MakeUnit(SeedRow row)
    {
        var factor = row.RequiredDecimal("factor");
        if (row.IsGood && factor <= 0)
            row.Fault(ReferenceRule.ValueUnreadable, $"factor {factor} is not positive.");
        return new(row.Text("code"), row.Text("quantity"), factor, row.Text("name_vi"), row.Text("name_en"));
    }

    private static ParameterBook ReadParameters(
        string root, UnitBook units, IReadOnlySet<string> media, FaultList faults, out IReadOnlyList<ParameterAliasRow> aliases)
    {
        var parameters = faults.Once(SeedTable.Read(root, "parameters.csv", ["code", "quantity", "unit", "name_vi", "name_en", "sort"], faults,
            row => MakeParameter(row, units)), parameter => parameter.Code);
        var codes = parameters.Select(parameter => parameter.Item.Code).ToHashSet();
        var rows = SeedTable.Read(root, "parameter_aliases.csv", ["alias", "medium", "parameter", "reason", "source"], faults,
            row => new ParameterAliasRow(row.Text("alias"), row.Optional("medium"), row.Text("parameter"), row.Text("reason"), row.Text("source")));
        faults.Known(rows, "parameter", row => row.Parameter, codes.Contains);
        faults.Known(rows, "medium", row => row.Medium, medium => medium.Length == 0 || media.Contains(medium));

        var plain = new ParameterBook(parameters.Select(row => row.Item), []);
        MeaningOne(parameters, row => row.Code, row => row.Code, row => plain.Find(row.Code)?.Code, faults);
        var once = faults.Once(rows.Where(row => codes.Contains(row.Item.Parameter)).ToList(), row => (row.Alias, row.Medium));
        var good = MeaningOne(once, row => row.Alias, row => row.Parameter, row => row.Medium.Length == 0 ? plain.Find(row.Alias)?.Code : null, faults);
        var book = new ParameterBook(
            parameters.Select(row => row.Item),
            good.Where(row => row.Item.Medium.Length == 0).Select(row => KeyValuePair.Create(row.Item.Alias, row.Item.Parameter)),
            good.Where(row => row.Item.Medium.Length > 0).Select(row => (row.Item.Alias, row.Item.Medium, row.Item.Parameter)));
        MeaningOne(good, row => row.Alias, row => row.Parameter, row => book.Find(row.Alias, row.Medium)?.Code, faults);
        aliases = good.Select(row => row.Item).ToList();
        return book;
    }

    private static Parameter? MakeParameter(SeedRow row, UnitBook units)
    {
        var (code, quantity, unit) = (row.Text("code"), row.Text("quantity"), row.Text("unit"));
        var found = units.All.FirstOrDefault(candidate => candidate.Code == unit);
        if (found is null)
            row.Fault(ReferenceRule.Unknown, $"There is no unit \"{unit}\".");
        else if (found.Quantity != quantity)
            row.Fault(ReferenceRule.UnitDoesNotFit, $"{unit} measures {found.Quantity}, not {quantity}.");
        return found is null ? null : new(code, row.Text("name_vi"), row.Text("name_en"), found, row.Whole("sort"));
    }

    // Spellings are folded in the books (case, spaces, compatibility forms): two rows may meet there and mean different things.
    private static List<Located<T>> MeaningOne<T>(
        IReadOnlyList<Located<T>> rows, Func<T, string> spelling, Func<T, string> code, Func<T, string?> meaning, FaultList faults)
    {
        var kept = new List<Located<T>>(rows.Count);
        foreach (var row in rows)
        {
            if (meaning(row.Item) is { } other && other != code(row.Item))
                faults.Add(row, ReferenceRule.Duplicate, $"\"{spelling(row.Item)}\" is read as {other} too.");
            else
                kept.Add(row);
        }
        return kept;
    }
}
