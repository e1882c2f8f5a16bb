using System.Globalization;
using System.Xml.Linq;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Formats that are those of a workbook with another fill, added to its part of formats as they are asked for.</summary>
internal sealed class CellPaint
{
    private static readonly Dictionary<string, string> Colours = new() { ["error"] = "FFF4B8A0", ["warning"] = "FFF6DFA0" };

    private readonly XElement root;
    private readonly XNamespace ns;
    private readonly XElement fills;
    private readonly XElement formats;
    private readonly List<XElement> known;
    private readonly int usual;
    private readonly Dictionary<string, int> fillOf = [];
    private readonly Dictionary<(int Style, string Severity), int> formatOf = [];

    /// <param name="styles">The part of formats, changed in place.</param>
    public CellPaint(XElement styles)
    {
        (root, ns) = (styles, styles.Name.Namespace);
        // The first two fills of a workbook are fixed by the format: none and grey.
        fills = Part("fills", "fonts", new XElement(ns + "fill", new XElement(ns + "patternFill", new XAttribute("patternType", "none"))),
            new XElement(ns + "fill", new XElement(ns + "patternFill", new XAttribute("patternType", "gray125"))));
        formats = Part("cellXfs", "cellStyleXfs", new XElement(ns + "xf"));
        known = [.. formats.Elements(ns + "xf")];
        usual = known.Count;
    }

    public static bool Has(string severity) => Colours.ContainsKey(severity);

    /// <summary>A part of formats with nothing in it but what every workbook has.</summary>
    public static XElement Empty(XNamespace ns) => new(ns + "styleSheet",
        new XElement(ns + "fonts", new XElement(ns + "font")),
        new XElement(ns + "borders", new XElement(ns + "border")),
        new XElement(ns + "cellStyleXfs", new XElement(ns + "xf")));

    /// <summary>The number of the format that is another one, filled by severity.</summary>
    public int Of(int style, string severity)
    {
        if (formatOf.TryGetValue((style, severity), out var found))
            return found;
        var format = style >= 0 && style < usual ? new XElement(known[style]) : new XElement(ns + "xf");
        format.SetAttributeValue("fillId", Fill(severity));
        format.SetAttributeValue("applyFill", 1);
        formats.Add(format);
        var number = usual + formatOf.Count;
        formats.SetAttributeValue("count", number + 1);
        return formatOf[(style, severity)] = number;
    }

    private int Fill(string severity)
    {
        if (fillOf.TryGetValue(severity, out var found))
            return found;
        var number = fills.Elements(ns + "fill").Count();
        fills.Add(new XElement(ns + "fill", new XElement(ns + "patternFill", new XAttribute("patternType", "solid"), new XElement(ns + "fgColor", new XAttribute("rgb", Colours[severity])))));
        fills.SetAttributeValue("count", (number + 1).ToString(CultureInfo.InvariantCulture));
        return fillOf[severity] = number;
    }

    // The parts of formats have an order: behind the one before it, or in front.
    private XElement Part(string name, string before, params XElement[] usualItems)
    {
        if (root.Element(ns + name) is { } there)
            return there;
        var made = new XElement(ns + name, usualItems);
        if (root.Element(ns + before) is { } previous)
            previous.AddAfterSelf(made);
        else
            root.AddFirst(made);
        return made;
    }
}
