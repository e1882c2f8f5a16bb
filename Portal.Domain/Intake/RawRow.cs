using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using QuanTrac.Portal.Domain.Monitoring;

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

    /// <summary>"#N/A", "#DIV/0!": a calculation that failed, or what was pasted of it.</summary>
    Error,

    /// <summary>A number whose format shows something else: "&lt;0.03", 21 %, nothing at all.</summary>
    ShowsOther,

    /// <summary>Content that nobody sees, under a merged cell that begins in another column.</summary>
    Covered,
}

/// <summary>What a sheet shows of a cell besides its content.</summary>
[Flags]
public enum CellMarks : byte
{
    None = 0,

    /// <summary>Crossed out, all of it or a part.</summary>
    Struck = 1,

    /// <summary>A part stands higher or lower than the rest: the mark of a note, or a power.</summary>
    Raised = 2,

    /// <summary>It shows the content of a merged cell that begins further up.</summary>
    Merged = 4,
}

/// <summary>A cell as the file has it, before anything is read into it.</summary>
public readonly record struct RawCell
{
    private static readonly HashSet<string> Errors = ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!"];

    private readonly string? text;

    private RawCell(CellKind kind, string? text, double number, CellMarks marks = CellMarks.None) =>
        (Kind, this.text, Number, Marks) = (kind, text, number, marks);

    public CellKind Kind { get; }

    public CellMarks Marks { get; }

    /// <summary>The number of a numeric cell.</summary>
    public double Number { get; }

    public bool IsEmpty => Kind == CellKind.Empty;

    /// <summary>A text cell; of white space only, it is empty; beginning with "=", it is a formula.</summary>
    public static RawCell OfText(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return default;
        var kind = trimmed[0] switch { '=' => CellKind.Formula, '#' when Errors.Contains(trimmed.ToString().ToUpperInvariant()) => CellKind.Error, _ => CellKind.Text };
        return new(kind, text, 0, HasRaised(trimmed) ? CellMarks.Raised : CellMarks.None);
    }

    // "¹", "₂", "①", "ᵃ": folded for comparison they would become plain digits and letters of the word before them.
    private static bool HasRaised(ReadOnlySpan<char> text)
    {
        if (Ascii.IsValid(text))
            return false;
        foreach (var letter in text)
        {
            if (char.GetUnicodeCategory(letter) is UnicodeCategory.OtherNumber or UnicodeCategory.ModifierLetter)
                return true;
        }
        return false;
    }

    public static RawCell OfNumber(double number) => new(CellKind.Number, null, number);

    /// <summary>A cell that shows something else than it holds.</summary>
    /// <param name="shown">With a decimal point.</param>
    public static RawCell Showing(string shown, double number) => new(CellKind.ShowsOther, shown, number);

    /// <param name="text">"#N/A".</param>
    public static RawCell OfError(string text) => new(CellKind.Error, text, 0);

    /// <param name="date">A cell that holds a day has a time of the day only where it shows one.</param>
    /// <param name="precision">How closely the cell shows it: one that shows "07/2025" is a month, whatever day it holds.</param>
    public static RawCell OfDate(DateTime date, PeriodPrecision precision = PeriodPrecision.Instant) => new(CellKind.Date, date.ToString(precision switch
    {
        PeriodPrecision.Year => "yyyy",
        PeriodPrecision.Month => "yyyy-MM",
        PeriodPrecision.Instant when date.TimeOfDay != TimeSpan.Zero => "yyyy-MM-dd HH:mm",
        _ => "yyyy-MM-dd",
    }, CultureInfo.InvariantCulture), 0);

    /// <summary>The same cell where a formula stands behind what it shows.</summary>
    public RawCell AsFormula() => new(CellKind.Formula, Kind == CellKind.Empty ? "" : text, Number, Marks);

    /// <summary>The same cell where a merged cell hides it.</summary>
    public RawCell AsCovered() => IsEmpty ? this : new(CellKind.Covered, "", 0);

    /// <summary>The same cell, marked.</summary>
    public RawCell With(CellMarks marks) => IsEmpty ? this : new(Kind, text, Number, Marks | marks);

    public bool Is(CellMarks mark) => (Marks & mark) != 0;

    /// <summary>The cell as the sheet shows it: text unchanged, numbers with 15 significant digits and the decimal mark of the file.</summary>
    public string Shown(char decimalMark) => Kind switch
    {
        CellKind.ShowsOther => text!.Replace('.', decimalMark),
        CellKind.Empty => "",
        _ => text ?? Held(decimalMark),
    };

    /// <summary>The number that the cell holds, whatever it shows.</summary>
    public string Held(char decimalMark) =>
        NumberReader.Exact(Number)?.ToString(CultureInfo.InvariantCulture).Replace('.', decimalMark) ?? Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Shown, without white space around it (no-break spaces too).</summary>
    public string Trimmed => Shown('.').Trim();
}

/// <summary>A row of a sheet.</summary>
/// <param name="Sheet">Empty in a file without sheets.</param>
/// <param name="Number">As the spreadsheet counts them, from 1.</param>
public sealed record RawRow(string Sheet, int Number, IReadOnlyList<RawCell> Cells)
{
    /// <summary>Hidden or filtered away: nobody who looks at the sheet sees it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>The hidden columns of its sheet, from 0.</summary>
    public IReadOnlySet<int> HiddenColumns { get; init; } = FrozenSet<int>.Empty;

    /// <summary>What separates the fields of a text file; NUL in a workbook.</summary>
    public char Separator { get; init; }

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
