using System.Globalization;
using System.Xml;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Copies the XML of a sheet, node by node, and changes nothing but the format of some cells.</summary>
internal sealed class PaintedSheet(CellPaint paint, IReadOnlyDictionary<(int Row, int Column), string> cells)
{
    private int row;
    private int column;

    public void Copy(BoundedXml steps, XmlWriter to)
    {
        for (var from = steps.Xml; steps.Next();)
        {
            switch (from.NodeType)
            {
                case XmlNodeType.Element:
                    CopyElement(from, to);
                    break;
                case XmlNodeType.EndElement:
                    to.WriteFullEndElement();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    to.WriteString(from.Value);
                    break;
                case XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    to.WriteWhitespace(from.Value);
                    break;
                default:
                    break;
            }
        }
    }

    private void CopyElement(XmlReader from, XmlWriter to)
    {
        var (isRow, isCell, isEmpty) = (from is { Depth: 2, LocalName: "row" }, from is { Depth: 3, LocalName: "c" }, from.IsEmptyElement);
        // Both references may be left out: then a row or cell follows the one before it.
        if (isRow)
            (row, column) = (int.TryParse(from.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) ? said : row + 1, -1);
        if (isCell)
            column = from.GetAttribute("r") is { } reference ? ColumnOf(reference) : column + 1;
        var severity = isCell ? cells.GetValueOrDefault((row, column)) : null;
        to.WriteStartElement(from.Prefix, from.LocalName, from.NamespaceURI);
        if (severity is null)
            to.WriteAttributes(from, false);
        else
            CopyPainted(from, to, severity);
        if (isEmpty)
            to.WriteEndElement();
    }

    private void CopyPainted(XmlReader from, XmlWriter to, string severity)
    {
        var style = int.TryParse(from.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        while (from.MoveToNextAttribute())
        {
            if (from is not { LocalName: "s", Prefix.Length: 0 })
                to.WriteAttributeString(from.Prefix, from.LocalName, from.NamespaceURI, from.Value);
        }
        from.MoveToElement();
        to.WriteAttributeString("s", paint.Of(style, severity).ToString(CultureInfo.InvariantCulture));
    }

    private static int ColumnOf(string reference)
    {
        var column = -1;
        foreach (var letter in reference.AsSpan())
        {
            if (!char.IsAsciiLetterUpper(letter))
                break;
            column = (column + 1) * 26 + letter - 'A';
        }
        return column;
    }
}
