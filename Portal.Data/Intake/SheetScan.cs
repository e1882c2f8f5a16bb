using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Goes once through the XML of a sheet, streaming: the cells stand in their order inside the grid of a spreadsheet, no text is longer than a cell can be, and what a reader
/// makes of the gaps stays small.</summary>
/// <param name="texts">The shared texts that its cells name.</param>
/// <param name="looks">The formats that its cells have.</param>
internal sealed class SheetScan(string sheet, int formulaLimit, SharedTexts texts, CellLooks looks)
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

    // What is crossed out, noted or in error stays in memory.
    private const int MarkLimit = 1_000_000;

    // "#GETTING_DATA" is the longest; and no number of a text is longer.
    private const int ShortText = 16;

    // worksheet / sheetData / row / c
    private const int RowDepth = 2;
    private const int CellDepth = 3;

    private readonly Dictionary<(int Row, int Column), CellMark> marks = [];
    private readonly HashSet<int> hiddenRows = [];
    private readonly HashSet<int> hiddenColumns = [];
    private readonly List<Merge> merges = [];
    private readonly StringBuilder shortText = new();
    private readonly char[] piece = new char[4096];
    private int row;
    private int column;
    private int lastRow;
    private int widest;
    private int text;
    private int aside;
    private int formulas;
    private int cells;
    private int values;
    private bool inCell;
    private bool inValue;
    private bool isFilled;
    private bool hidesRows;
    private bool isHidden;
    private string? kind;
    private CellMark mark;

    public SheetContents Contents => new(marks, lastRow, cells, hiddenRows, hiddenColumns, merges);

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
                XmlNodeType.EndElement when xml is { Depth: CellDepth, LocalName: "c" } => CloseCell(),
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
        (RowDepth, "row") => ReadRow(xml),
        (CellDepth, "c") => ReadCell(xml),
        (> CellDepth, "f") when inCell => AddFormula(),
        (> CellDepth, _) when inCell => ReadInCell(xml),
        (RowDepth, "col") => Pass() ?? HideColumns(xml),
        (RowDepth, "mergeCell") => Pass() ?? AddMerge(xml.GetAttribute("ref") ?? ""),
        (1, "sheetFormatPr") => Pass() ?? ReadUsual(xml),
        _ => Pass(),
    };

    private Problem? Pass()
    {
        (inCell, text) = (false, 0);
        return ++aside <= AsideLimit ? null : Fault(ProblemCode.FileBroken, null, ("detail", "Too many elements around the cells."));
    }

    private Problem? ReadUsual(XmlReader xml)
    {
        hidesRows = IsTrue(xml.GetAttribute("zeroHeight"));
        // Columns have this width where nothing else is said of them, which comes later.
        if (IsNothing(xml.GetAttribute("defaultColWidth")))
            hiddenColumns.UnionWith(Enumerable.Range(0, ColumnLimit));
        return null;
    }

    // Hidden by name, folded away, or without a width.
    private Problem? HideColumns(XmlReader xml)
    {
        if (!int.TryParse(xml.GetAttribute("min"), NumberStyles.None, CultureInfo.InvariantCulture, out var min)
            || !int.TryParse(xml.GetAttribute("max"), NumberStyles.None, CultureInfo.InvariantCulture, out var max))
            return null;
        var isHidden = IsTrue(xml.GetAttribute("hidden")) || IsNothing(xml.GetAttribute("width"));
        for (var at = Math.Max(min, 1) - 1; at < Math.Min(max, ColumnLimit); at++)
        {
            if (isHidden)
                hiddenColumns.Add(at);
            else
                hiddenColumns.Remove(at);
        }
        return null;
    }

    private Problem? AddMerge(string reference)
    {
        var ends = reference.Split(':');
        if (ends.Length == 2 && Place(ends[0]) is { } first && Place(ends[1]) is { } last)
            merges.Add(new(first.Row, first.Column, last.Row, last.Column));
        return null;
    }

    private static (int Row, int Column)? Place(string reference)
    {
        var plain = reference.Replace("$", "", StringComparison.Ordinal);
        var letters = plain.AsSpan().IndexOfAnyExceptInRange('A', 'Z');
        return letters is > 0 and <= 3 && int.TryParse(plain.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? (at, ColumnName.Parse(plain[..letters])) : null;
    }

    private static bool IsTrue(string? text) => text is "1" or "true";

    private static bool IsNothing(string? size) => double.TryParse(size, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number < 0.5;

    private Problem? ReadRow(XmlReader xml)
    {
        var (reference, previous) = (xml.GetAttribute("r"), row);
        if (reference is null)
            row++;
        else if (!int.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out row))
            // Longer than a number of 32 bits: beyond any sheet, unless it is no number at all.
            return reference.All(char.IsAsciiDigit) ? Beyond(null, reference) : OutOfOrder(previous, reference);
        (column, text, inCell) = (-1, 0, false);
        var hidden = xml.GetAttribute("hidden");
        isHidden = IsTrue(hidden) || IsNothing(xml.GetAttribute("ht")) || hidesRows && hidden is null && xml.GetAttribute("ht") is null;
        return row > RowLimit ? Beyond(row, Number(row)) : row <= previous ? OutOfOrder(row, Number(row)) : null;
    }

    private Problem? ReadCell(XmlReader xml)
    {
        var (reference, previous) = (xml.GetAttribute("r"), column);
        (text, values, inCell, inValue, isFilled, kind) = (0, 0, true, false, false, xml.GetAttribute("t"));
        mark = looks.Any && int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var format) ? new(looks.Of(format), false, null) : default;
        shortText.Clear();
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
        (lastRow, inValue, mark) = (row, false, mark with { IsFormula = true });
        return ++formulas <= formulaLimit ? null : new(ProblemCode.TooManyFormulas, Facts: new Dictionary<string, string> { ["limit"] = Number(formulaLimit) });
    }

    // A cell has one value.
    private Problem? ReadInCell(XmlReader xml)
    {
        inValue = xml.LocalName is "v" or "t";
        mark = mark with { Marks = mark.Marks | CellLooks.OfElement(xml) };
        values += xml is { Depth: CellDepth + 1, LocalName: "v" or "is" } ? 1 : 0;
        return values < 2 ? null : Broken("<v> <v>");
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
            if (!inCell || !inValue)
                continue;
            isFilled |= !piece.AsSpan(0, read).IsWhiteSpace();
            // A number is written with a point, whatever the country: its reader would take a comma for thousands.
            if (kind is null or "n" && piece.AsSpan(0, read).Contains(','))
                return Broken(new(piece, 0, Math.Min(read, ShortText)));
            if (kind is "s" or "e" && shortText.Length < ShortText)
                shortText.Append(piece, 0, Math.Min(read, ShortText));
        }
        return null;
    }

    // Counts the cell where it holds something, and keeps what its reader will not see.
    private Problem? CloseCell()
    {
        if (kind == "s" && isFilled)
        {
            if (!int.TryParse(shortText.ToString(), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var index) || !texts.Has(index))
                return Broken(shortText.ToString());
            (isFilled, mark) = (texts.IsFilled(index), mark with { Marks = mark.Marks | texts.MarksOf(index) });
        }
        else if (kind == "e" && isFilled)
            mark = mark with { Error = shortText.ToString().Trim() };
        inCell = false;
        if (!isFilled && !mark.IsFormula)
            return null;
        cells++;
        if (isHidden)
            hiddenRows.Add(row);
        if (mark != default)
            marks.Add((row, column), mark);
        return marks.Count <= MarkLimit ? null : Fault(ProblemCode.TooManyMarkedCells, row, ("limit", Number(MarkLimit)));
    }

    private Problem Broken(string found) => Fault(ProblemCode.FileBroken, row, ("detail", $"{ColumnName.Of(column)}{Number(row)} → {found}"));

    private Problem Beyond(int? number, string found) => Fault(ProblemCode.RowBeyondSheet, number, ("limit", Number(RowLimit)), ("found", Short(found)));

    private Problem TooFar(string found) => Fault(ProblemCode.ColumnBeyondSheet, row, ("limit", ColumnName.Of(ColumnLimit - 1)), ("found", Short(found)));

    private Problem OutOfOrder(int number, string found) => Fault(ProblemCode.CellsOutOfOrder, number > 0 ? number : null, ("found", Short(found)));

    private Problem Fault(ProblemCode code, int? at, params (string Name, string Value)[] facts) =>
        new(code, sheet, at, Facts: facts.ToDictionary(fact => fact.Name, fact => fact.Value));

    private static string Short(string text) => text.Length > 20 ? text[..20] + "…" : text;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
