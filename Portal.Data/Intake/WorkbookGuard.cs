using System.Globalization;
using System.IO.Compression;
using System.Xml;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>What the guard found in a workbook: the cells with formulas, by sheet. The library that reads cells does not show formulas.</summary>
internal sealed record WorkbookContents(IReadOnlyDictionary<string, HashSet<(int Row, int Column)>> Formulas);

/// <summary>Looks into a workbook's package before anything of it is expanded.</summary>
internal static class WorkbookGuard
{
    private const long ExpandedLimit = 400L * 1024 * 1024;
    private const long SharedTextLimit = 64L * 1024 * 1024;
    private const long HarmlessSize = 20L * 1024 * 1024;
    private const int RatioLimit = 100;
    private const int PartLimit = 2_000;
    private const int FormulaLimit = 100_000;
    private const string MainType = "sheet.main+xml";

    /// <summary>The contents, or null where the workbook is refused; then a blocker has been added.</summary>
    public static WorkbookContents? Inspect(string path, ProblemList problems)
    {
        try
        {
            using var package = ZipFile.OpenRead(path);
            var types = new List<string>();
            if ((FindBomb(package, new FileInfo(path).Length) ?? FindWrongKind(package, types)) is { } fault)
            {
                problems.Add(fault);
                return null;
            }
            var links = types.Count(type => type.EndsWith("externalLink+xml", StringComparison.Ordinal));
            if (links > 0)
                problems.Add(Fault(ProblemCode.ExternalLinks, ("count", links.ToString(CultureInfo.InvariantCulture))));
            return FindFormulas(package, problems);
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or IOException or NotSupportedException)
        {
            problems.Add(Fault(ProblemCode.FileBroken, ("detail", fault.Message)));
            return null;
        }
    }

    private static Problem? FindBomb(ZipArchive package, long fileLength)
    {
        if (package.Entries.Count > PartLimit)
            return Bomb("parts", PartLimit, package.Entries.Count);
        // Sizes as the directory declares them: the decompressor stops there, whatever the data say.
        var expanded = package.Entries.Sum(entry => entry.Length);
        if (expanded > ExpandedLimit)
            return Bomb("total", ExpandedLimit, expanded);
        if (expanded > HarmlessSize && expanded / fileLength > RatioLimit)
            return Bomb("ratio", RatioLimit, expanded / fileLength);
        if (package.GetEntry("xl/sharedStrings.xml") is { Length: > SharedTextLimit } texts)
            return Bomb("text", SharedTextLimit, texts.Length);
        return null;
    }

    private static Problem? FindWrongKind(ZipArchive package, List<string> types)
    {
        if (package.GetEntry("[Content_Types].xml") is { } entry)
            types.AddRange(ReadTypes(entry));
        if (types.Exists(type => type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase))
            || package.Entries.Any(part => part.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            return Fault(ProblemCode.MacroWorkbook);
        if (types.Exists(type => type.Contains("sheet.binary", StringComparison.OrdinalIgnoreCase)))
            return Fault(ProblemCode.OldWorkbook);
        return types.Exists(type => type.EndsWith(MainType, StringComparison.Ordinal)) && package.GetEntry("xl/workbook.xml") is not null
            ? null
            : Fault(ProblemCode.NotAWorkbook, ("found", types.Count > 0 ? "OOXML" : "ZIP"));
    }

    private static List<string> ReadTypes(ZipArchiveEntry entry)
    {
        var types = new List<string>();
        using var xml = XmlReader.Create(entry.Open());
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.GetAttribute("ContentType") is { } type)
                types.Add(type);
        }
        return types;
    }

    private static WorkbookContents? FindFormulas(ZipArchive package, ProblemList problems)
    {
        var formulas = new Dictionary<string, HashSet<(int, int)>>();
        foreach (var (sheet, part) in ReadSheets(package))
        {
            if (package.GetEntry(part) is not { } entry)
                continue;
            var found = new FormulaScan(FormulaLimit).Read(entry);
            if (found is null)
            {
                problems.Add(Fault(ProblemCode.TooManyFormulas, ("limit", FormulaLimit.ToString(CultureInfo.InvariantCulture))));
                return null;
            }
            formulas[sheet] = found;
        }
        return new WorkbookContents(formulas);
    }

    // Sheet name → part, through the relationships of the workbook.
    private static List<(string Sheet, string Part)> ReadSheets(ZipArchive package)
    {
        var targets = new Dictionary<string, string>();
        if (package.GetEntry("xl/_rels/workbook.xml.rels") is { } relations)
        {
            using var xml = XmlReader.Create(relations.Open());
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" })
                    targets[xml.GetAttribute("Id") ?? ""] = xml.GetAttribute("Target") ?? "";
            }
        }
        var sheets = new List<(string, string)>();
        using var workbook = XmlReader.Create(package.GetEntry("xl/workbook.xml")!.Open());
        while (workbook.Read())
        {
            if (workbook is not { NodeType: XmlNodeType.Element, LocalName: "sheet" })
                continue;
            var name = workbook.GetAttribute("name") ?? "";
            string? id = null;
            while (workbook.MoveToNextAttribute())
                id = workbook is { LocalName: "id", Prefix.Length: > 0 } ? workbook.Value : id;
            if (id is not null && targets.TryGetValue(id, out var target))
                sheets.Add((name, target.StartsWith('/') ? target[1..] : "xl/" + target));
        }
        return sheets;
    }

    private static Problem Bomb(string rule, long limit, long found) => Fault(ProblemCode.ZipBomb,
        ("rule", rule), ("limit", limit.ToString(CultureInfo.InvariantCulture)), ("found", found.ToString(CultureInfo.InvariantCulture)));

    private static Problem Fault(ProblemCode code, params (string Name, string Value)[] facts) =>
        new(code, Facts: facts.ToDictionary(fact => fact.Name, fact => fact.Value));
}
