using System.Text;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Standards;

/// <summary>A part of a standard as a person names it: "A", "Cột A", "0-6", "Bảng 2", "khu vực đặc biệt", "24 h", "Bảng 2, mức B".</summary>
public sealed class StandardPart
{
    private static readonly char[] Separators = [',', ';', ':', '/'];

    private StandardPart(IReadOnlyList<StandardColumn> columns, string? table, Averaging? averaging) =>
        (Columns, Table, Averaging) = (columns, table, averaging);

    /// <summary>What may be meant; more than one where the name fits several columns.</summary>
    public IReadOnlyList<StandardColumn> Columns { get; }

    /// <summary>As printed; null where the name says nothing of it.</summary>
    public string? Table { get; }

    public Averaging? Averaging { get; }

    /// <summary>The part with this name, without regard to case, diacritics and punctuation; null where nothing bears it.</summary>
    public static StandardPart? Find(Standard standard, string name)
    {
        if (Whole(standard, name) is { } whole)
            return whole;
        var pieces = name.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var parts = pieces.Select(piece => Whole(standard, piece)).ToList();
        if (parts.Count < 2 || parts.Contains(null))
            return null;
        var columns = parts.Select(part => part!.Columns).Aggregate((common, next) => common.Intersect(next).ToList());
        return columns.Count == 0 ? null : new(columns, parts.Select(part => part!.Table).FirstOrDefault(table => table is not null),
            parts.Select(part => part!.Averaging).FirstOrDefault(averaging => averaging is not null));
    }

    /// <summary>The averaging that a person wrote: "24 h", "24 giờ", "năm", "06:00-21:00"; null where it is none.</summary>
    public static Averaging? FindAveraging(string written)
    {
        var word = string.Concat(Words.WithoutDiacritics(written).Where(c => !char.IsWhiteSpace(c)))
            .Replace("trungbinh", "", StringComparison.Ordinal).Replace(":00", "", StringComparison.Ordinal)
            .Replace("gio", "h", StringComparison.Ordinal).Replace("phut", "min", StringComparison.Ordinal).Replace('–', '-');
        return word.Length == 0 ? null : Standards.Averaging.Find(word is "nam" or "year" or "1year" ? Standards.Averaging.Annual.Code : word);
    }

    // The first of these that anything fits: code, table, averaging, name, its part before the colon, words in it.
    private static StandardPart? Whole(Standard standard, string name)
    {
        if (Among(standard, column => string.Equals(column.Code, name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } byCode)
            return byCode;
        var key = Key(name);
        if (key.Length == 0)
            return null;
        var tables = standard.Limits.Select(limit => limit.Place).Where(place => Key(place.Table) == key).ToList();
        if (tables.Count > 0)
        {
            var codes = tables.Select(place => place.Column).ToHashSet();
            return new(standard.Columns.Where(column => codes.Contains(column.Code)).ToList(), tables[0].Table, null);
        }
        if (FindAveraging(name) is { } averaging && standard.Limits.Any(limit => limit.Averaging == averaging))
            return new([.. standard.Columns], null, averaging);
        return Among(standard, column => Names(column).Any(full => Key(full) == key))
            ?? Among(standard, column => Names(column).Any(full => Key(full.Split(':')[0]) == key))
            ?? Among(standard, column => Names(column).Any(full => $" {Key(full)} ".Contains($" {key} ", StringComparison.Ordinal)));
    }

    private static StandardPart? Among(Standard standard, Func<StandardColumn, bool> isMeant)
    {
        var columns = standard.Columns.Where(isMeant).ToList();
        return columns.Count == 0 ? null : new(columns, null, null);
    }

    private static string[] Names(StandardColumn column) => [column.NameVi, column.NameEn];

    private static string Key(string text)
    {
        var plain = new StringBuilder(Words.WithoutDiacritics(text));
        for (var place = 0; place < plain.Length; place++)
        {
            if (!char.IsLetterOrDigit(plain[place]))
                plain[place] = ' ';
        }
        // "Table 1" is "Bảng 1": tables are kept as printed.
        return Words.Fold(plain.ToString()).Replace("table ", "bang ", StringComparison.Ordinal);
    }
}
