using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace QuanTrac.Portal.Ui;

/// <summary>A table as a CSV that programs and spreadsheets read alike: UTF-8 with its mark in front, decimal points, days as yyyy-MM-dd.</summary>
public sealed partial class CsvText
{
    // What a formula, or a cell that hides one, begins with.
    private static readonly SearchValues<char> Signs = SearchValues.Create("=+-@＝＋－＠﹦﹢﹣﹫\t\r\n");

    // Spreadsheets take the letters for another encoding without the mark.
    private readonly StringBuilder text = new("\uFEFF");

    /// <summary>A line before the table that begins with "#": whose data these are, and what of them.</summary>
    public CsvText Remark(string words)
    {
        // No comma and no quote: the line stays one cell.
        text.Append("# ").Append(Guarded(words.Replace(',', ';').Replace('"', '\'').ReplaceLineEndings(" "))).Append("\r\n");
        return this;
    }

    /// <summary>Texts, numbers, days; null is an empty cell.</summary>
    public CsvText Row(params IEnumerable<object?> cells)
    {
        text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        return this;
    }

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(text.ToString());

    /// <summary>A cell of a CSV that the database wrote: as it is, but where a spreadsheet would run it.</summary>
    /// <param name="cell">With its quotes.</param>
    public static string PlainCell(string cell)
    {
        if (!cell.AsSpan().ContainsAny(Signs))
            return cell;
        var words = cell.StartsWith('"') ? cell[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : cell;
        return Guarded(words) is var safe && safe == words ? cell : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString()!),
    };

    private static string Quoted(string words)
    {
        var safe = Guarded(words);
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    // What a spreadsheet would run as a formula is shown as text. Quotes do not help: whoever reads with another separator than the comma finds them in the middle of a cell,
    // and the cell ends at the next separator of theirs.
    private static string Guarded(string words)
    {
        var safe = Formula().Replace(words, part => Number().IsMatch(part.Groups["part"].Value) ? part.Value : $"{part.Groups["mark"].Value}'{part.Groups["part"].Value}");
        return safe is ['\t' or '\r' or '\n', ..] ? "'" + safe : safe;
    }

    // At the beginning or after what separates cells somewhere; blanks, unseen letters and quotes in front do not make it harmless, nor do the wide letters of East Asian keyboards.
    [GeneratedRegex("""(?<mark>^|[;|\t\r\n])(?<part>[\p{Z}\p{Cf}"'`]*[=+\-@＝＋－＠﹦﹢﹣﹫][^;|\t\r\n]*)""")]
    private static partial Regex Formula();

    // A sign alone is the unit of what has none.
    [GeneratedRegex("""^\s*([+\-]|[+\-]?[0-9]+([.,][0-9]+)*([eE][+\-]?[0-9]+)?\s*%?)\s*$""")]
    private static partial Regex Number();
}
