using System.Buffers;
using System.Globalization;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>What was read in a cell: a value, or the reason why it is refused.</summary>
/// <param name="OtherMark">The other decimal mark was taken.</param>
/// <param name="Rounded">Digits beyond the fifteenth were dropped.</param>
/// <param name="Decimals">Digits behind the mark of a text; -1 where it has none, or is a numeric cell.</param>
public readonly record struct NumberReading(ReportedValue? Value, ProblemCode? Refused = null, bool OtherMark = false, bool Rounded = false, int Decimals = -1)
{
    /// <summary>"2,400": three digits behind the file's own mark may also be thousands, unless nothing but a zero stands before it.</summary>
    public bool MayBeThousands => Decimals == 3 && !OtherMark && Value is { Number: var number } && Math.Abs(number) is >= 1 and < 1000;
}

/// <summary>Reads what a laboratory reported. The decimal mark belongs to the file; no culture of the machine or of the reader has a say.</summary>
public static class NumberReader
{
    private const int DecimalDigits = 28;

    // What a spreadsheet shows of a number; what its export to text writes beyond them is the dust of binary fractions.
    private const int ShownDigits = 15;

    private static readonly SearchValues<char> DigitsAndMarks = SearchValues.Create("0123456789.,");

    /// <param name="decimalMark">',' or '.', from the layout.</param>
    public static NumberReading Read(RawCell cell, char decimalMark) => cell.Kind switch
    {
        CellKind.Text => ReadText(cell.Shown(decimalMark), decimalMark),
        CellKind.Number => Exact(cell.Number) is { } number ? new(new ReportedValue(number)) : new(null, ProblemCode.NotANumber),
        CellKind.Formula => new(null, ProblemCode.FormulaCell),
        CellKind.Empty => new(null, ProblemCode.ValueMissing),
        CellKind.Error => new(null, ProblemCode.ErrorCell),
        CellKind.ShowsOther => new(null, ProblemCode.ShowsOther),
        CellKind.Covered => new(null, ProblemCode.MergedValue),
        _ => new(null, ProblemCode.NotANumber),
    };

    /// <summary>The number that a spreadsheet shows: 15 significant digits, so that 0.1 + 0.2 is 0.3. Null where decimal cannot hold it.</summary>
    public static decimal? Exact(double number)
    {
        var read = decimal.TryParse(number.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact);
        return read && (exact != 0 || number == 0) ? exact : null;
    }

    /// <summary>-999, -9999, -999.9, 9999: what loggers write where they have no value.</summary>
    public static bool IsSentinel(ReportedValue value)
    {
        if (value.IsCensored || value.Number is > -99.9m and < 9999)
            return false;
        var digits = Math.Abs(value.Number).ToString("0.##", CultureInfo.InvariantCulture).Replace(".", "", StringComparison.Ordinal);
        return digits.AsSpan().IndexOfAnyExcept('9') < 0;
    }

    /// <summary>Reads a text cell: "7,5", "&lt;0,02", "&lt; 0,0005", " &lt;0,01", "&gt;0,02".</summary>
    public static NumberReading ReadText(string text, char decimalMark)
    {
        var rest = text.AsSpan().Trim();
        var censoring = rest.IsEmpty ? Censoring.None : rest[0] switch { '<' => Censoring.Below, '>' => Censoring.Above, _ => Censoring.None };
        if (censoring != Censoring.None)
            rest = rest[1..].TrimStart();
        var negative = rest.StartsWith("-");
        if (negative)
            rest = rest[1..];
        if (rest.IndexOfAnyExcept(DigitsAndMarks) >= 0)
            return new(null, ProblemCode.NotANumber);
        var reading = ReadDigits(rest, decimalMark);
        if (reading.Value is not { } value)
            return reading;
        if (censoring != Censoring.None && (negative || value.Number == 0))
            return new(null, ProblemCode.NegativeBound);
        return reading with { Value = new ReportedValue(negative ? -value.Number : value.Number, censoring) };
    }

    private static NumberReading ReadDigits(ReadOnlySpan<char> digits, char decimalMark)
    {
        var at = digits.IndexOfAny('.', ',');
        if (at < 0)
            return digits.IsEmpty ? new(null, ProblemCode.NotANumber) : Parse(digits, "", otherMark: false);
        var whole = digits[..at];
        var fraction = digits[(at + 1)..];
        if (fraction.IndexOfAny('.', ',') >= 0)
            return new(null, ProblemCode.AmbiguousSeparator);
        if (whole.IsEmpty || fraction.IsEmpty)
            return new(null, ProblemCode.NotANumber);
        // Three digits after the other mark may be thousands, unless nothing but a zero stands before it.
        var otherMark = digits[at] != decimalMark;
        return otherMark && fraction.Length == 3 && !whole.SequenceEqual("0")
            ? new(null, ProblemCode.AmbiguousSeparator)
            : Parse(whole, fraction, otherMark) with { Decimals = fraction.Length };
    }

    private static NumberReading Parse(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, bool otherMark)
    {
        whole = whole.TrimStart('0');
        if (whole.Length > ShownDigits || whole.Length + fraction.Length > DecimalDigits)
            return new(null, ProblemCode.NotANumber);
        var number = decimal.Parse($"0{whole}.{fraction}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        var zeros = whole.IsEmpty ? Math.Max(0, fraction.IndexOfAnyExcept('0')) : 0;
        var decimals = ShownDigits - whole.Length + zeros;
        return fraction.Length <= decimals
            ? new(new ReportedValue(number), null, otherMark)
            : new(new ReportedValue(decimal.Round(number, decimals)), null, otherMark, Rounded: true);
    }
}
