using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>A problem to be marked in a workbook.</summary>
/// <param name="Severity">blocker, error, warning or information.</param>
/// <param name="Row">From 1; 0 where it stands at no cell.</param>
/// <param name="Column">The letter; empty where it stands at no cell.</param>
/// <param name="Words">The cells of its row in the added sheet.</param>
public sealed record Mark(string Severity, string Sheet, int Row, string Column, IReadOnlyList<string> Words);

/// <summary>A copy of a workbook with its problems on a sheet of their own, and the cells of errors and warnings filled. Everything streams through: of the package only the list
/// of its parts and the formats are ever in memory.</summary>
public static class MarkedWorkbook
{
    private const int NameLength = 31;

    // Formats are kept in memory while cells are painted; a workbook with more of them is only listed.
    private const long StylesInMemory = 4L * 1024 * 1024;

    private const string Added = "xl/worksheets/quantrac-problems.xml";
    private const string AddedStyles = "xl/quantrac-styles.xml";
    private const string Package = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    private static readonly XNamespace TypesNs = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace RelationsNs = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <param name="source">The handed-in file, already found to be harmless.</param>
    /// <returns>The copy, gone from the disk once the stream is closed; null where the file is no workbook that can be written again.</returns>
    public static Stream? Write(string source, string sheetName, IReadOnlyList<string> headers, IReadOnlyList<Mark> marks)
    {
        var target = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.xlsx");
        return WriteTo(source, target, sheetName, headers, marks, default)
            ? new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous)
            : null;
    }

    /// <summary>The same to a file of its own.</summary>
    /// <returns>False where the file is no workbook that can be written again; then nothing is left behind.</returns>
    /// <exception cref="IOException">The disk is full; nothing is left behind.</exception>
    public static bool WriteTo(string source, string target, string sheetName, IReadOnlyList<string> headers, IReadOnlyList<Mark> marks, CancellationToken cancel)
    {
        try
        {
            using (var to = new FileStream(target, new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }))
            using (var package = ZipFile.OpenRead(source))
            using (var copy = new ZipArchive(to, ZipArchiveMode.Create))
                Copy(package, copy, sheetName, marks.Select(mark => mark.Words).Prepend(headers), marks, cancel);
            return true;
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or KeyNotFoundException)
        {
            File.Delete(target);
            return false;
        }
        catch
        {
            File.Delete(target);
            throw;
        }
    }

    private static void Copy(ZipArchive package, ZipArchive copy, string sheetName, IEnumerable<IReadOnlyList<string>> rows, IReadOnlyList<Mark> marks, CancellationToken cancel)
    {
        var parts = WorkbookParts.Of(package, cancel);
        var workbook = BoundedXml.Load(Entry(package, WorkbookParts.Workbook), cancel);
        var relations = BoundedXml.Load(Entry(package, WorkbookParts.Relations), cancel);
        var types = BoundedXml.Load(Entry(package, WorkbookParts.Types), cancel);
        var ns = workbook.Name.Namespace;
        var styles = parts.Styles is null ? CellPaint.Empty(ns) : parts.Styles.Length <= StylesInMemory ? BoundedXml.Load(parts.Styles, cancel) : null;
        var paint = styles is null ? null : new CellPaint(styles);
        var painted = new HashSet<ZipArchiveEntry>();
        foreach (var (name, part) in parts.Sheets)
        {
            var cells = marks.Where(mark => mark.Sheet == name && mark.Column.Length > 0 && CellPaint.Has(mark.Severity))
                .GroupBy(mark => (mark.Row, Column: ColumnName.Parse(mark.Column))).ToDictionary(group => group.Key, group => group.First().Severity);
            if (paint is null || cells.Count == 0 || !painted.Add(part))
                continue;
            using var from = new BoundedXml(part, cancel);
            WriteXml(copy, part.FullName, to => new PaintedSheet(paint, cells).Copy(from, to));
        }
        AddSheet(workbook, relations, types, sheetName);
        WriteXml(copy, Added, to => WriteSheet(to, ns.NamespaceName, rows));
        var changed = new Dictionary<string, XElement> { [WorkbookParts.Workbook] = workbook, [WorkbookParts.Relations] = relations, [WorkbookParts.Types] = types };
        if (painted.Count > 0)
        {
            if (parts.Styles is null)
                AddPart(relations, types, AddedStyles, "styles");
            changed[parts.Styles?.FullName ?? AddedStyles] = styles!;
        }
        foreach (var (name, xml) in changed)
            WriteXml(copy, name, xml.WriteTo);
        foreach (var entry in package.Entries.Where(entry => !painted.Contains(entry) && !changed.ContainsKey(entry.FullName)))
            CopyPart(entry, copy, cancel);
    }

    private static void CopyPart(ZipArchiveEntry entry, ZipArchive copy, CancellationToken cancel)
    {
        using var from = new CancellableStream(entry.Open(), cancel);
        using var to = copy.CreateEntry(entry.FullName, CompressionLevel.Fastest).Open();
        from.CopyTo(to);
    }

    private static void WriteXml(ZipArchive copy, string name, Action<XmlWriter> write)
    {
        using var stream = copy.CreateEntry(name, CompressionLevel.Fastest).Open();
        // A cell of the file may hold what XML cannot; it was in the file in some way, so it can stay.
        using var xml = XmlWriter.Create(stream, new() { Encoding = new UTF8Encoding(false), CheckCharacters = false, NewLineHandling = NewLineHandling.Entitize });
        write(xml);
    }

    private static ZipArchiveEntry Entry(ZipArchive package, string name) => package.GetEntry(name) ?? throw new InvalidDataException($"{name} is missing.");

    private static void AddSheet(XElement workbook, XElement relations, XElement types, string name)
    {
        var ns = workbook.Name.Namespace;
        var sheets = workbook.Element(ns + "sheets") ?? throw new InvalidDataException("No sheets.");
        var all = sheets.Elements(ns + "sheet").ToList();
        var id = all.SelectMany(sheet => sheet.Attributes()).FirstOrDefault(attribute => attribute.Name.LocalName == "id")?.Name ?? throw new InvalidDataException("No sheets.");
        var used = all.Select(sheet => sheet.Attribute("name")?.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var free = name;
        for (var number = 2; used.Contains(free); number++)
            free = FormattableString.Invariant($"{name[..Math.Min(name.Length, NameLength - 4)]} {number}");
        var highest = all.Select(sheet => uint.TryParse(sheet.Attribute("sheetId")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Max();
        sheets.Add(new XElement(ns + "sheet", new XAttribute("name", free), new XAttribute("sheetId", highest + 1), new XAttribute(id, AddPart(relations, types, Added, "worksheet"))));
    }

    // The address of a kind of relation is the same for transitional and strict packages but for its beginning: as the package's own relations begin.
    private static string AddPart(XElement relations, XElement types, string name, string kind)
    {
        var start = relations.Elements().Select(relation => relation.Attribute("Type")?.Value ?? "").FirstOrDefault(type => type.EndsWith("/worksheet", StringComparison.Ordinal))?[..^"worksheet".Length]
            ?? throw new InvalidDataException("No relation of a sheet.");
        var used = relations.Elements().Select(relation => relation.Attribute("Id")?.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var id = Enumerable.Range(1, int.MaxValue).Select(number => FormattableString.Invariant($"quantrac{number}")).First(free => !used.Contains(free));
        relations.Add(new XElement(RelationsNs + "Relationship", new XAttribute("Id", id), new XAttribute("Type", start + kind), new XAttribute("Target", "/" + name)));
        types.Add(new XElement(TypesNs + "Override", new XAttribute("PartName", "/" + name), new XAttribute("ContentType", $"{Package}{kind}+xml")));
        return id;
    }

    private static void WriteSheet(XmlWriter xml, string ns, IEnumerable<IReadOnlyList<string>> rows)
    {
        xml.WriteStartElement("worksheet", ns);
        xml.WriteStartElement("cols", ns);
        foreach (var (width, number) in new[] { 14, 18, 8, 8, 24, 80, 70 }.Select((width, index) => (width, index + 1)))
        {
            xml.WriteStartElement("col", ns);
            foreach (var (name, value) in new[] { ("min", number), ("max", number), ("width", width), ("customWidth", 1) })
                xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteStartElement("sheetData", ns);
        foreach (var row in rows)
        {
            xml.WriteStartElement("row", ns);
            foreach (var text in row)
                WriteCell(xml, ns, text);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteCell(XmlWriter xml, string ns, string text)
    {
        xml.WriteStartElement("c", ns);
        xml.WriteAttributeString("t", "inlineStr");
        xml.WriteStartElement("is", ns);
        xml.WriteStartElement("t", ns);
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(string.Concat(text.Where(XmlConvert.IsXmlChar)));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
