using System.Globalization;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>What a file holds in a cell.</summary>
public enum CellKind
{
    Empty,
    Text,
    Number,
    Date,

    /// <summary>A formula of a workbook, or text that a spreadsheet would run as one ("=cmd…"): never read as a value.</summary>
    Formula,
}

/// <summary>A cell as the file has it, before anything is read into it.</summary>
public readonly record struct RawCell
{
    private readonly string? text;

    private RawCell(CellKind kind, string? text, double number) => (Kind, this.text, Number) = (kind, text, number);

    public CellKind Kind { get; }

    /// <summary>The number of a numeric cell.</summary>
    public double Number { get; }

    public bool IsEmpty => Kind == CellKind.Empty;

    /// <summary>A text cell; of white space only, it is empty; beginning with "=", it is a formula.</summary>
    public static RawCell OfText(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.IsEmpty ? default : new(trimmed[0] == '=' ? CellKind.Formula : CellKind.Text, text, 0);
    }

    public static RawCell OfNumber(double number) => new(CellKind.Number, null, number);

    public static RawCell OfDate(DateTime date) => new(CellKind.Date,
        date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), 0);

    /// <summary>The same cell where a formula stands behind what it shows.</summary>
    public RawCell AsFormula() => new(CellKind.Formula, Kind == CellKind.Empty ? "" : text, Number);

    /// <summary>The cell as the sheet shows it: text unchanged, numbers with 15 significant digits and the decimal mark of the file.</summary>
    public string Shown(char decimalMark) => Kind != CellKind.Empty && text is null
        ? NumberReader.Exact(Number)?.ToString(CultureInfo.InvariantCulture).Replace('.', decimalMark) ?? Number.ToString(CultureInfo.InvariantCulture)
        : text ?? "";

    /// <summary>Shown, without white space around it (no-break spaces too).</summary>
    public string Trimmed => Shown('.').Trim();
}

/// <summary>A row of a sheet.</summary>
/// <param name="Sheet">Empty in a file without sheets.</param>
/// <param name="Number">As the spreadsheet counts them, from 1.</param>
public sealed record RawRow(string Sheet, int Number, IReadOnlyList<RawCell> Cells)
{
    /// <param name="column">From 0; a column beyond the end of the row is empty.</param>
    public RawCell this[int column] => column < Cells.Count ? Cells[column] : default;

    /// <summary>The sheet as problems name it: null in a file without sheets.</summary>
    public string? SheetOrNull => Sheet.Length == 0 ? null : Sheet;

    public bool IsEmpty
    {
        get
        {
            for (var column = 0; column < Cells.Count; column++)
            {
                if (!Cells[column].IsEmpty)
                    return false;
            }
            return true;
        }
    }
}
