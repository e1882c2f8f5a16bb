using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>The folders of seed/standards with bands: papers, scales, classes and constants of each index.</summary>
internal sealed class IndexFiles(string root, MeasuringFiles measuring, FaultList faults)
{
    private static readonly string[] Kinds = ["vn-wqi", "wqi-2011", "vn-aqi", "ccme-wqi"];

    private static readonly string[] ScaleHeader =
        ["scale", "group", "unit", "from", "from_op", "to", "to_op", "index_from", "index_to", "clause", "confidence", "source", "note"];

    private static readonly string[] BandHeader =
        ["code", "from", "to", "name_vi", "name_en", "colour", "meaning_vi", "meaning_en", "confidence", "source"];

    public IReadOnlyList<IndexTable> Read()
    {
        var directory = Path.Combine(root, "standards");
        if (!Directory.Exists(directory))
            return [];
        var tables = Directory.GetDirectories(directory).Where(path => File.Exists(Path.Combine(path, "bands.csv")))
            .Select(path => $"standards/{Path.GetFileName(path)}").Order(StringComparer.Ordinal)
            .Select(folder => new Located<IndexTable?>($"{folder}/standard.json", 0, ReadTable(folder)))
            .Where(table => table.Item is not null).Select(table => new Located<IndexTable>(table.File, 0, table.Item!)).ToList();
        faults.NoOverlap(tables, table => table.Kind, table => table.Papers.Valid);
        return faults.Once(tables, table => table.Papers.Code).Select(row => row.Item).ToList();
    }

    private IndexTable? ReadTable(string folder)
    {
        var file = $"{folder}/standard.json";
        if (StandardJson.Read(root, file, faults) is not { } papers)
            return null;
        var kind = papers.Index;
        if (kind is null || !Kinds.Contains(kind))
            faults.Add(file, 0, ReferenceRule.ValueUnreadable, $"index \"{kind}\" is none of: {string.Join(", ", Kinds)}.");
        var before = faults.All.Count;
        var scales = ReadScales($"{folder}/breakpoints.csv");
        var bands = faults.Once(SeedTable.Read(root, $"{folder}/bands.csv", BandHeader, faults, MakeBand), band => band.Code).Select(row => row.Item).ToList();
        if (IndexTable.BandFault(bands) is { } fault)
            faults.Add($"{folder}/bands.csv", 0, ReferenceRule.Gap, fault);
        var constants = faults.Once(SeedTable.Read(root, $"{folder}/constants.csv", ["code", "value", "clause", "confidence", "source", "note"], faults,
            row => new IndexConstant(row.Text("code"), row.RequiredDecimal("value"), Origin(row))), constant => constant.Code).Select(row => row.Item).ToList();
        return faults.All.Count > before || kind is null ? null : new(kind, papers, scales, bands, constants);
    }

    private List<IndexScale> ReadScales(string file)
    {
        var rows = SeedTable.Read(root, file, ScaleHeader, faults, MakeStep);
        var scales = new List<IndexScale>();
        foreach (var steps in rows.GroupBy(row => row.Item.Scale))
        {
            var first = steps.First();
            var segments = steps.Select(row => row.Item.Segment).ToList();
            var unit = measuring.Units.All.FirstOrDefault(candidate => candidate.Code == first.Item.Unit);
            if (unit is null)
                faults.Add(first, ReferenceRule.Unknown, $"There is no unit \"{first.Item.Unit}\".");
            else if (steps.Any(step => step.Item.Unit != unit.Code || step.Item.Group != first.Item.Group))
                faults.Add(first, ReferenceRule.UnitDoesNotFit, $"The steps of {steps.Key} name more than one unit or group.");
            else if (IndexScale.Fault(segments) is { } fault)
                faults.Add(first, ReferenceRule.Gap, $"{steps.Key}: {fault}");
            else
                scales.Add(new(steps.Key, first.Item.Group, unit, segments, first.Item.Origin));
        }
        return scales;
    }

    private static Step? MakeStep(SeedRow row)
    {
        var (from, to) = (row.Decimal("from"), row.Decimal("to"));
        var fromIncluded = row.OneOf("from_op", "", ">", ">=") == ">=";
        var toIncluded = row.OneOf("to_op", "", "<", "<=") == "<=";
        if (from is null != (row.Optional("from_op").Length == 0) || to is null != (row.Optional("to_op").Length == 0))
            row.Fault(ReferenceRule.WrongBounds, "A breakpoint stands with its comparison, an open end without.");
        var origin = Origin(row);
        var segment = new IndexSegment(from, fromIncluded, to, toIncluded, row.RequiredDecimal("index_from"), row.RequiredDecimal("index_to")) { Origin = origin };
        return new(row.Text("scale"), row.Optional("group"), row.Text("unit"), segment, origin);
    }

    private static IndexBand MakeBand(SeedRow row)
    {
        var colour = row.Text("colour");
        if (colour.Length != 7 || colour[0] != '#' || colour[1..].Any(c => !char.IsAsciiHexDigitLower(c)))
            row.Fault(ReferenceRule.ValueUnreadable, $"colour \"{colour}\" is not #rrggbb in lower case.");
        return new(row.Text("code"), row.Whole("from"), row.Whole("to"), row.Text("name_vi"), row.Text("name_en"), colour,
            new(row.Text("meaning_vi"), row.Text("meaning_en")), row.Confidence());
    }

    private static LimitOrigin Origin(SeedRow row) => new(row.Optional("clause"), row.Confidence(), row.Text("source"), row.Optional("note"));

    private sealed record Step(string Scale, string Group, string Unit, IndexSegment Segment, LimitOrigin Origin);
}
