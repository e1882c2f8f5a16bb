using System.Globalization;
using System.IO.Compression;
using System.Xml;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>What a sheet holds, found before a library expands its gaps.</summary>
/// <param name="Formulas">Rows from 1, columns from 0. The library that reads cells does not show formulas.</param>
/// <param name="LastRow">The last row with anything in it; 0 where the sheet is empty.</param>
internal sealed record SheetContents(HashSet<(int Row, int Column)> Formulas, int LastRow);

/// <summary>Goes once through the XML of a sheet, streaming: the cells stand in their order inside the grid of a spreadsheet, no text is longer than a cell can be, and what a reader
/// makes of the gaps stays small.</summary>
internal sealed class SheetScan(string sheet, int formulaLimit)
{
    /// <summary>The grid of every spreadsheet: rows, and columns up to XFD.</summary>
    public const int RowLimit = 1_048_576;
    public const int ColumnLimit = 16_384;

    /// <summary>Characters of one cell.</summary>
    public const int TextLimit = 32_767;

    // A reader of cells makes each row as wide as the widest: so many places at most, whether anything stands in them or not.
    private const long PlaceLimit = 200_000_000;

    // Merged cells, links, rules of format: everything around the cells.
    private const int AsideLimit = 1_000_000;

    // worksheet / sheetData / row / c
    private const int RowDepth = 2;
    private const int CellDepth = 3;

    private readonly HashSet<(int Row, int Column)> formulas = [];
    private readonly char[] piece = new char[4096];
    private int row;
    private int column;
    private int lastRow;
    private int widest;
    private int text;
    private int aside;
    private bool inCell;

    public SheetContents Contents => new(formulas, lastRow);

    /// <summary>What is wrong with the sheet, or null.</summary>
    public Problem? Read(ZipArchiveEntry part, CancellationToken cancel)
    {
        using var steps = new BoundedXml(part, cancel);
        for (var xml = steps.Xml; steps.Next();)
        {
            var fault = xml.NodeType switch
            {
                XmlNodeType.Element => ReadElement(xml),
                XmlNodeType.Text or XmlNodeType.CDATA => ReadText(steps),
                _ => null,
            };
            if (fault is not null)
                return fault;
        }
        return lastRow * (widest + 1L) <= PlaceLimit ? null
            : Fault(ProblemCode.SheetTooWide, lastRow, ("rows", Number(lastRow)), ("columns", ColumnName.Of(widest)), ("limit", Number(PlaceLimit)));
    }

    private Problem? ReadElement(XmlReader xml) => (xml.Depth, xml.LocalName) switch
    {
        (RowDepth, "row") => ReadRow(xml.GetAttribute("r")),
        (CellDepth, "c") => ReadCell(xml.GetAttribute("r")),
        (> CellDepth, "f") when inCell => AddFormula(),
        (> CellDepth, _) when inCell => null,
        _ => Pass(),
    };

    private Problem? Pass()
    {
        (inCell, text) = (false, 0);
        return ++aside <= AsideLimit ? null : Fault(ProblemCode.FileBroken, null, ("detail", "Too many elements around the cells."));
    }

    private Problem? ReadRow(string? reference)
    {
        var previous = row;
        if (reference is null)
            row++;
        else if (!int.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out row))
            // Longer than a number of 32 bits: beyond any sheet, unless it is no number at all.
            return reference.All(char.IsAsciiDigit) ? Beyond(null, reference) : OutOfOrder(previous, reference);
        (column, text, inCell) = (-1, 0, false);
        return row > RowLimit ? Beyond(row, Number(row)) : row <= previous ? OutOfOrder(row, Number(row)) : null;
    }

    private Problem? ReadCell(string? reference)
    {
        var previous = column;
        (text, inCell) = (0, true);
        if (reference is null)
            column++;
        else
        {
            var letters = reference.AsSpan().IndexOfAnyExceptInRange('A', 'Z');
            if (letters <= 0 || !int.TryParse(reference.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at != row)
                return OutOfOrder(row, reference);
            if (letters > 3)
                return TooFar(reference[..letters]);
            column = -1;
            foreach (var letter in reference.AsSpan(0, letters))
                column = (column + 1) * 26 + letter - 'A';
        }
        widest = Math.Max(widest, column);
        return column >= ColumnLimit ? TooFar(ColumnName.Of(column)) : column <= previous ? OutOfOrder(row, reference ?? "") : null;
    }

    private Problem? AddFormula()
    {
        lastRow = row;
        formulas.Add((row, column));
        return formulas.Count <= formulaLimit ? null : new(ProblemCode.TooManyFormulas, Facts: new Dictionary<string, string> { ["limit"] = Number(formulaLimit) });
    }

    private Problem? ReadText(BoundedXml steps)
    {
        if (inCell)
            lastRow = row;
        int read;
        while ((read = steps.ReadText(piece)) > 0)
        {
            text += read;
            if (text > TextLimit)
                return Fault(ProblemCode.CellTooLong, row > 0 ? row : null, ("limit", Number(TextLimit)));
        }
        return null;
    }

    private Problem Beyond(int? number, string found) => Fault(ProblemCode.RowBeyondSheet, number, ("limit", Number(RowLimit)), ("found", Short(found)));

    private Problem TooFar(string found) => Fault(ProblemCode.ColumnBeyondSheet, row, ("limit", ColumnName.Of(ColumnLimit - 1)), ("found", Short(found)));

    private Problem OutOfOrder(int number, string found) => Fault(ProblemCode.CellsOutOfOrder, number > 0 ? number : null, ("found", Short(found)));

    private Problem Fault(ProblemCode code, int? at, params (string Name, string Value)[] facts) =>
        new(code, sheet, at, Facts: facts.ToDictionary(fact => fact.Name, fact => fact.Value));

    private static string Short(string text) => text.Length > 20 ? text[..20] + "…" : text;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
