using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Finds the formula cells of one sheet, streaming.</summary>
internal sealed class FormulaScan(int limit)
{
    private readonly HashSet<(int Row, int Column)> found = [];
    private int row;
    private int column;

    /// <summary>Rows from 1, columns from 0; null where there are more than the limit.</summary>
    public HashSet<(int Row, int Column)>? Read(ZipArchiveEntry sheet)
    {
        using var xml = XmlReader.Create(sheet.Open());
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            switch (xml.LocalName)
            {
                case "row":
                    row = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : row + 1;
                    column = -1;
                    break;
                case "c":
                    column = xml.MoveToAttribute("r") ? ColumnOf(xml.Value) : column + 1;
                    break;
                case "f":
                    found.Add((row, column));
                    if (found.Count > limit)
                        return null;
                    break;
                default:
                    break;
            }
        }
        return found;
    }

    private static int ColumnOf(string reference)
    {
        var column = 0;
        foreach (var letter in reference)
        {
            if (!char.IsAsciiLetterUpper(letter))
                break;
            column = column * 26 + letter - 'A' + 1;
        }
        return column - 1;
    }
}
