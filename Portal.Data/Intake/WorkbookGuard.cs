using System.Globalization;
using System.IO.Compression;
using System.Xml;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Looks into a workbook's package before anything of it is expanded.</summary>
internal static class WorkbookGuard
{
    private const long ExpandedLimit = 400L * 1024 * 1024;
    private const long SmallPartLimit = 8L * 1024 * 1024;
    private const long HarmlessSize = 20L * 1024 * 1024;
    private const int RatioLimit = 100;
    private const int PartLimit = 2_000;
    private const int FormulaLimit = 100_000;
    private const string MainType = "sheet.main+xml";

    /// <summary>The contents of its sheets by name, or null where the workbook is refused; then a blocker has been added.</summary>
    public static IReadOnlyDictionary<string, SheetContents>? Inspect(string path, ProblemList problems, CancellationToken cancel)
    {
        try
        {
            using var package = ZipFile.OpenRead(path);
            var types = new List<string>();
            if ((FindBomb(package, new FileInfo(path).Length) ?? FindWrongKind(package, types, cancel)) is { } fault)
            {
                problems.Add(fault);
                return null;
            }
            var links = types.Count(type => type.EndsWith("externalLink+xml", StringComparison.Ordinal));
            if (links > 0)
                problems.Add(Fault(ProblemCode.ExternalLinks, ("count", links.ToString(CultureInfo.InvariantCulture))));
            return ReadSheets(WorkbookParts.Of(package, cancel), problems, cancel);
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
        string[] small = [WorkbookParts.Types, WorkbookParts.Workbook, WorkbookParts.Relations];
        return package.Entries.FirstOrDefault(entry => entry.Length > SmallPartLimit && small.Contains(entry.FullName, StringComparer.OrdinalIgnoreCase)) is { } part
            ? Bomb("total", SmallPartLimit, part.Length) : null;
    }

    private static Problem? FindWrongKind(ZipArchive package, List<string> types, CancellationToken cancel)
    {
        if (package.GetEntry(WorkbookParts.Types) is { } entry)
            types.AddRange(ReadTypes(entry, cancel));
        if (types.Exists(type => type.Contains("macroEnabled", StringComparison.OrdinalIgnoreCase) || type.Contains("vbaProject", StringComparison.OrdinalIgnoreCase))
            || package.Entries.Any(part => part.Name.Equals("vbaProject.bin", StringComparison.OrdinalIgnoreCase)))
            return Fault(ProblemCode.MacroWorkbook);
        if (types.Exists(type => type.Contains("sheet.binary", StringComparison.OrdinalIgnoreCase)))
            return Fault(ProblemCode.OldWorkbook);
        return types.Exists(type => type.EndsWith(MainType, StringComparison.Ordinal)) && package.GetEntry(WorkbookParts.Workbook) is { } workbook
            ? IsStrict(workbook, cancel) ? Fault(ProblemCode.NotAWorkbook, ("found", "Strict Open XML")) : null
            : Fault(ProblemCode.NotAWorkbook, ("found", types.Count > 0 ? "OOXML" : "ZIP"));
    }

    // The other writing of the same standard (ISO/IEC 29500 Strict), which the library of cells does not read.
    private static bool IsStrict(ZipArchiveEntry workbook, CancellationToken cancel)
    {
        using var steps = new BoundedXml(workbook, cancel);
        while (steps.Next())
        {
            if (steps.Xml.NodeType == XmlNodeType.Element)
                return steps.Xml.NamespaceURI.StartsWith("http://purl.oclc.org/ooxml/", StringComparison.Ordinal);
        }
        return false;
    }

    private static List<string> ReadTypes(ZipArchiveEntry entry, CancellationToken cancel)
    {
        var types = new List<string>();
        using var steps = new BoundedXml(entry, cancel);
        for (var xml = steps.Xml; steps.Next();)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.GetAttribute("ContentType") is { } type)
                types.Add(type);
        }
        return types;
    }

    private static Dictionary<string, SheetContents>? ReadSheets(WorkbookParts parts, ProblemList problems, CancellationToken cancel)
    {
        var (texts, looks) = (new SharedTexts(), new CellLooks());
        if ((FindHeavyPart(parts)
            ?? (parts.Texts is null ? null : PartScan.OfTexts(parts.Texts, out texts, cancel))
            ?? (parts.Styles is null ? null : PartScan.OfStyles(parts.Styles, out looks, cancel))) is { } heavy)
        {
            problems.Add(heavy);
            return null;
        }
        var contents = new Dictionary<string, SheetContents>();
        foreach (var (sheet, part) in parts.Sheets)
        {
            var scan = new SheetScan(sheet, FormulaLimit, texts, looks);
            if (scan.Read(part, cancel) is { } fault)
            {
                problems.Add(fault);
                return null;
            }
            if (!contents.TryAdd(sheet, scan.Contents))
                throw new InvalidDataException("Two sheets bear the same name.");
        }
        return contents;
    }

    private static Problem? FindHeavyPart(WorkbookParts parts) =>
        parts.Texts is { Length: > PartScan.TextsLimit } texts ? Bomb("text", PartScan.TextsLimit, texts.Length)
        : parts.Styles is { Length: > PartScan.StylesLimit } styles ? Bomb("total", PartScan.StylesLimit, styles.Length)
        : null;

    private static Problem Bomb(string rule, long limit, long found) => Fault(ProblemCode.ZipBomb,
        ("rule", rule), ("limit", limit.ToString(CultureInfo.InvariantCulture)), ("found", found.ToString(CultureInfo.InvariantCulture)));

    private static Problem Fault(ProblemCode code, params (string Name, string Value)[] facts) =>
        new(code, Facts: facts.ToDictionary(fact => fact.Name, fact => fact.Value));
}
