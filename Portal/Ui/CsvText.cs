using System.Globalization;
using System.Text;

namespace QuanTrac.Portal.Ui;

/// <summary>A table as a CSV that programs and spreadsheets read alike: UTF-8 with its mark in front, decimal points, days as yyyy-MM-dd.</summary>
public sealed class CsvText
{
    // Spreadsheets take the letters for another encoding without the mark.
    private readonly StringBuilder text = new("\uFEFF");

    /// <summary>A line before the table that begins with "#": whose data these are, and what of them.</summary>
    public CsvText Remark(string words)
    {
        // No comma and no quote: the line stays one cell.
        text.Append("# ").Append(words.Replace(',', ';').Replace('"', '\'').ReplaceLineEndings(" ")).Append("\r\n");
        return this;
    }

    /// <summary>Texts, numbers, days; null is an empty cell.</summary>
    public CsvText Row(params IEnumerable<object?> cells)
    {
        text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        return this;
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(text.ToString());

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString()!),
    };

    // What a spreadsheet would run as a formula is shown as text.
    private static string Quoted(string words)
    {
        var safe = words is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + words : words;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
