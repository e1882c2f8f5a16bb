using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>The folders of seed/standards: papers, columns, coefficients and limits of each standard.</summary>
internal sealed class StandardFiles(string root, MeasuringFiles measuring, FaultList faults)
{
    private static readonly string[] ColumnHeader = ["code", "name_vi", "name_en", "medium", "samplings", "confidence"];

    private static readonly string[] LimitHeader =
        ["column", "table", "parameter", "fraction", "unit", "kind", "lower", "upper", "averaging", "coefficients", "clause", "confidence", "valid_from", "valid_to", "source", "note"];

    /// <summary>The standards whose papers could be read, with their good rows.</summary>
    public IReadOnlyList<Standard> Read()
    {
        var standards = new List<Located<Standard>>();
        var directory = Path.Combine(root, "standards");
        if (!Directory.Exists(directory))
        {
            faults.Add("standards", 0, ReferenceRule.FileMissing, "The directory is not there.");
            return [];
        }
        // A folder with bands is an index: IndexFiles reads it.
        foreach (var folder in Directory.GetDirectories(directory).Where(path => !File.Exists(Path.Combine(path, "bands.csv")))
            .Select(path => $"standards/{Path.GetFileName(path)}").Order(StringComparer.Ordinal))
        {
            var file = $"{folder}/standard.json";
            if (StandardJson.Read(root, file, faults) is { } papers)
                standards.Add(new(file, 0, ReadTables(folder, papers)));
        }
        var once = faults.Once(standards, standard => standard.Code);
        var codes = once.Select(row => row.Item.Code).ToHashSet();
        faults.Known(once.Where(row => row.Item.Papers.Legacy is not null).ToList(), "standard", row => row.Papers.Legacy!.InsteadOf, codes.Contains);
        return once.Select(row => row.Item).ToList();
    }

    private Standard ReadTables(string folder, StandardPapers papers)
    {
        faults.Known(papers.Media.Select(medium => new Located<string>($"{folder}/standard.json", 0, medium)).ToList(), "medium",
            medium => medium, measuring.MediumCodes.Contains);
        var columns = faults.Once(SeedTable.Read(root, $"{folder}/columns.csv", ColumnHeader, faults, MakeColumn), column => column.Code);
        faults.Known(columns, "medium of the standard", column => column.Medium, papers.Media.Contains);
        var coefficients = File.Exists(Path.Combine(root, folder, "coefficients.csv"))
            ? new CoefficientFile(measuring.Units, faults).Read(root, $"{folder}/coefficients.csv")
            : [];

        var codes = columns.Select(column => column.Item.Code).ToHashSet();
        var names = coefficients.Select(step => step.Coefficient).ToHashSet();
        var limits = SeedTable.Read(root, $"{folder}/limits.csv", LimitHeader, faults, row => MakeLimit(row, papers, names));
        faults.Known(limits, "column", limit => limit.Place.Column, codes.Contains);
        faults.NoOverlap(limits, limit => limit.Key, limit => limit.Valid);
        return new(papers, columns.Select(row => row.Item), limits.Select(row => row.Item).Where(limit => codes.Contains(limit.Place.Column)), coefficients);
    }

    private static StandardColumn MakeColumn(SeedRow row)
    {
        int? samplings = row.Optional("samplings").Length == 0 ? null : row.Whole("samplings");
        if (samplings <= 0)
            row.Fault(ReferenceRule.ValueUnreadable, $"samplings {samplings} is no number of samplings.");
        return new(row.Text("code"), row.Text("name_vi"), row.Text("name_en"), row.Text("medium"), row.Confidence(), samplings);
    }

    private Limit? MakeLimit(SeedRow row, StandardPapers papers, HashSet<string> names)
    {
        var place = new LimitPlace(papers.Code, row.Text("column"), row.Text("table"));
        var (code, unitCode) = (row.Text("parameter"), row.Text("unit"));
        var parameter = measuring.Parameters.All.FirstOrDefault(candidate => candidate.Code == code);
        var unit = measuring.Units.All.FirstOrDefault(candidate => candidate.Code == unitCode);
        var kind = row.Word("kind", StandardCodes.FindLimitKind);
        var (lower, upper) = (row.Decimal("lower"), row.Decimal("upper"));
        var averaging = row.Word("averaging", Averaging.Find);
        var coefficients = row.Optional("coefficients").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var origin = new LimitOrigin(row.Optional("clause"), row.Confidence(), row.Text("source"), row.Optional("note"));
        var valid = ValidInside(row, papers);

        if (parameter is null)
            row.Fault(ReferenceRule.Unknown, $"There is no parameter \"{code}\".");
        if (unit is null)
            row.Fault(ReferenceRule.Unknown, $"There is no unit \"{unitCode}\".");
        foreach (var name in coefficients.Where(name => !names.Contains(name)))
            row.Fault(ReferenceRule.Unknown, $"coefficients.csv has no coefficient \"{name}\".");
        if (parameter is not null && unit is not null && unit.FactorTo(parameter.Unit) is null)
            row.Fault(ReferenceRule.UnitDoesNotFit, $"{parameter.Code} is kept in {parameter.Unit.Code}; {unit.Code} does not convert to it.");
        if (row.IsGood && LimitValue.Fault(kind, lower, upper) is { } fault)
            row.Fault(ReferenceRule.WrongBounds, fault);
        return row.IsGood ? new(place, parameter!, row.Optional("fraction"), averaging, new(kind, lower, upper, unit!), valid, origin, coefficients) : null;
    }

    // An empty day is the standard's own; the last day of a superseded row stands in the row.
    private static DateInterval ValidInside(SeedRow row, StandardPapers papers)
    {
        var own = row.Valid();
        var (from, to) = (own.From ?? papers.Valid.From, own.To ?? papers.Valid.To);
        if (!(from > to) && !(from < papers.Valid.From) && !(to > papers.Valid.To))
            return new(from, to);
        row.Fault(ReferenceRule.WrongDates, $"The row leaves the days of {papers.Code}.");
        return papers.Valid;
    }
}
