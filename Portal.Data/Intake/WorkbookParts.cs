using System.IO.Compression;
using System.Xml;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>The sheets of a workbook and where they lie in its package.</summary>
/// <param name="Sheets">Name and part, in the order of the workbook.</param>
/// <param name="Texts">The part of the shared texts; null where there is none.</param>
/// <param name="Styles">The part of the formats; null where there is none.</param>
internal sealed record WorkbookParts(IReadOnlyList<(string Name, ZipArchiveEntry Part)> Sheets, ZipArchiveEntry? Texts, ZipArchiveEntry? Styles)
{
    public const string Workbook = "xl/workbook.xml";
    public const string Relations = "xl/_rels/workbook.xml.rels";
    public const string Types = "[Content_Types].xml";

    private const int SheetLimit = 500;

    /// <summary>The parts under their names as everybody reads them: one name for one part, whatever the letters.</summary>
    /// <exception cref="InvalidDataException">Two parts bear the same name, two sheets are one part, or a part is not where it is said to be: readers would differ in what they read.</exception>
    public static WorkbookParts Of(ZipArchive package, CancellationToken cancel)
    {
        var parts = new Dictionary<string, ZipArchiveEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in package.Entries)
        {
            if (!parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry))
                throw new InvalidDataException("Two parts of the package bear the same name.");
        }
        // Binary parts beside the XML: other readers would prefer them.
        if (parts.Keys.FirstOrDefault(name => name is { } part && part.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)
            && (part.StartsWith("xl/w", StringComparison.OrdinalIgnoreCase) || part.StartsWith("xl/s", StringComparison.OrdinalIgnoreCase))) is not null)
            throw new InvalidDataException("The package holds a binary workbook.");
        var targets = ReadTargets(parts.GetValueOrDefault(Relations), cancel);
        var sheets = new List<(string, ZipArchiveEntry)>();
        foreach (var (name, id) in ReadSheets(parts[Workbook], cancel))
        {
            // A sheet of a chart, or one that has no part, has no cells.
            if (!targets.TryGetValue(id, out var target) || target.Type.EndsWith("chartsheet", StringComparison.OrdinalIgnoreCase))
                continue;
            var part = PartOf(parts, target.Address) ?? throw new InvalidDataException($"The part of the sheet {name} is missing.");
            if (sheets.Exists(other => other.Item2 == part))
                throw new InvalidDataException("Two sheets are one part.");
            sheets.Add((name, part));
            if (sheets.Count > SheetLimit)
                throw new InvalidDataException("The workbook has too many sheets.");
        }
        return new(sheets, Single(parts, targets.Values, "sharedStrings"), Single(parts, targets.Values, "styles"));
    }

    private static ZipArchiveEntry? Single(Dictionary<string, ZipArchiveEntry> parts, IEnumerable<(string Type, string Address)> targets, string kind)
    {
        var usual = parts.GetValueOrDefault($"xl/{kind}.xml");
        var said = targets.Where(target => target.Type.EndsWith("/" + kind, StringComparison.OrdinalIgnoreCase)).Select(target => PartOf(parts, target.Address)).OfType<ZipArchiveEntry>().Distinct().ToList();
        return said.Count switch
        {
            0 => usual,
            1 when usual is null || usual == said[0] => said[0],
            _ => throw new InvalidDataException($"The workbook has two parts of {kind}."),
        };
    }

    private static ZipArchiveEntry? PartOf(Dictionary<string, ZipArchiveEntry> parts, string address)
    {
        var name = address.Replace('\\', '/');
        if (!name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.Contains("./", StringComparison.Ordinal))
            throw new InvalidDataException("A part of the workbook has an address of another kind.");
        return parts.GetValueOrDefault(name.StartsWith('/') ? name[1..] : "xl/" + name);
    }

    private static Dictionary<string, (string Type, string Address)> ReadTargets(ZipArchiveEntry? relations, CancellationToken cancel)
    {
        var targets = new Dictionary<string, (string, string)>();
        if (relations is null)
            return targets;
        using var steps = new BoundedXml(relations, cancel);
        for (var xml = steps.Xml; steps.Next();)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("TargetMode") != "External")
                targets[xml.GetAttribute("Id") ?? ""] = (xml.GetAttribute("Type") ?? "", xml.GetAttribute("Target") ?? "");
        }
        return targets;
    }

    private static List<(string Name, string Id)> ReadSheets(ZipArchiveEntry part, CancellationToken cancel)
    {
        var sheets = new List<(string, string)>();
        using var steps = new BoundedXml(part, cancel);
        for (var xml = steps.Xml; steps.Next();)
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "sheet" })
                continue;
            var name = xml.GetAttribute("name") ?? "";
            while (xml.MoveToNextAttribute())
            {
                if (xml is { LocalName: "id", Prefix.Length: > 0 })
                    sheets.Add((name, xml.Value));
            }
        }
        return sheets;
    }
}
