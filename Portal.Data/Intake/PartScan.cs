using System.Globalization;
using System.IO.Compression;
using System.Xml;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Goes once through the shared texts or the formats of a workbook, which its readers keep in memory as a whole.</summary>
internal static class PartScan
{
    public const long TextsLimit = 64L * 1024 * 1024;
    public const long StylesLimit = 16L * 1024 * 1024;

    // Each becomes an object of the reader's.
    private const int ElementLimit = 6_000_000;
    private const int StyleLimit = 500_000;

    /// <summary>What is wrong, or null; and what the texts are, by their index.</summary>
    public static Problem? OfTexts(ZipArchiveEntry part, out SharedTexts texts, CancellationToken cancel)
    {
        texts = new SharedTexts();
        using var steps = new BoundedXml(part, cancel);
        var xml = steps.Xml;
        var piece = new char[4096];
        var (elements, text) = (0, 0);
        while (steps.Next())
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                if (++elements > ElementLimit)
                    return Bomb(ElementLimit, elements);
                if (xml.LocalName == "si")
                {
                    text = 0;
                    texts.Begin();
                }
                texts.Mark(CellLooks.OfElement(xml));
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                int read;
                while ((read = steps.ReadText(piece)) > 0)
                {
                    text += read;
                    if (!piece.AsSpan(0, read).IsWhiteSpace())
                        texts.Fill();
                    if (text > SheetScan.TextLimit)
                        return Fault(ProblemCode.CellTooLong, ("limit", Number(SheetScan.TextLimit)));
                }
            }
        }
        return null;
    }

    /// <summary>The same of the formats.</summary>
    public static Problem? OfStyles(ZipArchiveEntry part, out CellLooks looks, CancellationToken cancel)
    {
        looks = new CellLooks();
        using var steps = new BoundedXml(part, cancel);
        for (var elements = 0; steps.Next();)
        {
            if (steps.Xml.NodeType == XmlNodeType.Element && ++elements > StyleLimit)
                return Bomb(StyleLimit, elements);
            looks.Read(steps.Xml);
        }
        return null;
    }

    private static Problem Bomb(int limit, int found) => Fault(ProblemCode.ZipBomb, ("rule", "parts"), ("limit", Number(limit)), ("found", Number(found)));

    private static Problem Fault(ProblemCode code, params (string Name, string Value)[] facts) => new(code, Facts: facts.ToDictionary(fact => fact.Name, fact => fact.Value));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
