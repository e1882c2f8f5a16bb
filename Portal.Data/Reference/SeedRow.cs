using System.Globalization;
using CsvHelper;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>One row of a CSV file. A value that cannot be read is reported and answered with a stand-in; the row is then not good.</summary>
internal sealed class SeedRow
{
    private readonly CsvReader csv;
    private readonly string file;
    private readonly FaultList faults;

    public SeedRow(CsvReader csv, string file, int columns, FaultList faults)
    {
        (this.csv, this.file, this.faults) = (csv, file, faults);
        Number = (int)csv.LineNumber;
        if (csv.FieldCount != columns)
            Fault(ReferenceRule.WrongHeader, $"The row has {csv.FieldCount} fields, the header {columns}.");
    }

    /// <summary>Line of the file.</summary>
    public int Number { get; }

    public bool IsGood { get; private set; } = true;

    public void Fault(ReferenceRule rule, string message)
    {
        IsGood = false;
        faults.Add(file, Number, rule, message);
    }

    public string Optional(string column) => csv.GetString(column).Trim();

    public string Text(string column)
    {
        var text = Optional(column);
        if (text.Length == 0)
            Fault(ReferenceRule.ValueMissing, $"{column} is empty.");
        return text;
    }

    /// <summary>One of the words given.</summary>
    public string OneOf(string column, params ReadOnlySpan<string> words)
    {
        var text = Optional(column);
        if (!words.Contains(text))
            Fault(ReferenceRule.ValueUnreadable, $"{column} \"{text}\" is none of: {string.Join(", ", words!)}.");
        return text;
    }

    public decimal? Decimal(string column)
    {
        var text = Optional(column);
        if (text.Length == 0)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        Fault(ReferenceRule.ValueUnreadable, $"{column} \"{text}\" is no number with a decimal point.");
        return null;
    }

    public decimal RequiredDecimal(string column) => Text(column).Length == 0 ? 0 : Decimal(column) ?? 0;

    public int Whole(string column)
    {
        var number = RequiredDecimal(column);
        if (number != decimal.Truncate(number) || Math.Abs(number) > int.MaxValue)
            Fault(ReferenceRule.ValueUnreadable, $"{column} {number} is no whole number.");
        return IsGood ? (int)number : 0;
    }

    public Confidence Confidence(string column = "confidence") => Word(column, StandardCodes.FindConfidence);

    public T Word<T>(string column, Func<string, T?> find) where T : struct
    {
        var text = Optional(column);
        if (find(text) is { } found)
            return found;
        Fault(ReferenceRule.ValueUnreadable, $"{column} \"{text}\" is no word of the vocabulary.");
        return default;
    }

    public DateOnly? Date(string column)
    {
        var text = Optional(column);
        if (text.Length == 0)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        Fault(ReferenceRule.ValueUnreadable, $"{column} \"{text}\" is no date yyyy-MM-dd.");
        return null;
    }

    /// <summary>valid_from and valid_to, the last day inclusive; a file without valid_to holds until further notice.</summary>
    public DateInterval Valid(bool hasEnd = true)
    {
        var from = Date("valid_from");
        var to = hasEnd ? Date("valid_to") : null;
        if (!(from > to))
            return new(from, to);
        Fault(ReferenceRule.WrongDates, $"valid_to {to:yyyy-MM-dd} lies before valid_from {from:yyyy-MM-dd}.");
        return DateInterval.Always;
    }

    /// <summary>lon and lat inside the map's box of the province.</summary>
    public (decimal Longitude, decimal Latitude) Position()
    {
        var (longitude, latitude) = (RequiredDecimal("lon"), RequiredDecimal("lat"));
        if (IsGood && (longitude is < 106.0m or > 108.6m || latitude is < 20.3m or > 22.0m))
            Fault(ReferenceRule.ValueUnreadable, $"lon {longitude}, lat {latitude} lie outside the map (106.0-108.6, 20.3-22.0).");
        return (longitude, latitude);
    }
}
