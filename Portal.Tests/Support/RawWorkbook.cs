using System.IO.Compression;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>A workbook of XML that a test writes itself, as no spreadsheet would.</summary>
internal static class RawWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Content = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <param name="rows">What stands inside sheetData.</param>
    /// <param name="texts">What stands inside sst; null: no shared texts.</param>
    /// <param name="behind">What follows sheetData.</param>
    /// <param name="others">Further parts by name, or other contents of the usual ones.</param>
    public static string Write(string path, string rows, string? texts = null, string behind = "", params (string Name, string Content)[] others)
    {
        var kinds = new List<string>();
        if (texts is not null)
            kinds.Add("sharedStrings");
        if (others.Any(other => other.Name == "xl/styles.xml"))
            kinds.Add("styles");
        var parts = new Dictionary<string, string>
        {
            ["[Content_Types].xml"] = $"""
                <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>
                <Override PartName="/xl/workbook.xml" ContentType="{Content}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Content}.worksheet+xml"/>
                {string.Concat(kinds.Select(kind => $"<Override PartName=\"/xl/{kind}.xml\" ContentType=\"{Content}.{kind}+xml\"/>"))}</Types>
                """,
            ["_rels/.rels"] = $"""
                <Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Related}/officeDocument" Target="xl/workbook.xml"/></Relationships>
                """,
            ["xl/workbook.xml"] = Workbook("""<sheet name="Năm 2022" sheetId="1" r:id="rId1"/>"""),
            ["xl/_rels/workbook.xml.rels"] = $"""
                <Relationships xmlns="{Relations}"><Relationship Id="rId1" Type="{Related}/worksheet" Target="worksheets/sheet1.xml"/>
                {string.Concat(kinds.Select(kind => $"<Relationship Id=\"{kind}\" Type=\"{Related}/{kind}\" Target=\"{kind}.xml\"/>"))}</Relationships>
                """,
            ["xl/worksheets/sheet1.xml"] = $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData>{behind}</worksheet>""",
        };
        if (texts is not null)
            parts["xl/sharedStrings.xml"] = $"""<sst xmlns="{Main}">{texts}</sst>""";
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in parts.Where(part => others.All(other => other.Name != part.Key)).Select(part => (part.Key, part.Value)).Concat(others))
        {
            using var part = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open());
            part.Write(content);
        }
        return path;
    }

    public static string Workbook(string sheets) => $"""<workbook xmlns="{Main}" xmlns:r="{Related}"><sheets>{sheets}</sheets></workbook>""";
}
