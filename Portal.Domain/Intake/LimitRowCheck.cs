using System.Globalization;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>A limit in the unit of the layout's column.</summary>
/// <param name="Parameter">The code of the parameter.</param>
public sealed record StatedLimit(string Parameter, LimitKind Kind, decimal? Lower, decimal? Upper)
{
    public override string ToString() => Kind switch
    {
        LimitKind.Range => FormattableString.Invariant($"{Lower} - {Upper}"),
        LimitKind.Min => FormattableString.Invariant($"≥ {Lower}"),
        LimitKind.Max => FormattableString.Invariant($"≤ {Upper}"),
        _ => "",
    };

    /// <summary>The same limit: 50 and 50.0 are.</summary>
    public bool Agrees(StatedLimit other) => (Kind, Lower, Upper) == (other.Kind, other.Lower, other.Upper);
}

/// <summary>A sheet's own row of limits, as it stands.</summary>
public sealed class LimitRow
{
    internal LimitRow(Layout layout, Header header, RawRow row)
    {
        Sheet = row.Sheet;
        Number = row.Number;
        Columns = [.. header.Parameters.OrderBy(pair => pair.Key).Select(pair => new LimitCell(pair.Key, pair.Value, row[pair.Key].Shown(layout.DecimalMark)))];
        DecimalMark = layout.DecimalMark;
        Standard = row.Cells.Where((_, column) => ColumnName.Of(column) == layout.LimitStandardCell).FirstOrDefault().Trimmed;
    }

    public string Sheet { get; }

    public int Number { get; }

    /// <summary>The standard as the row names it: "QCVN 10:2023/BTNMT"; empty where it does not.</summary>
    public string Standard { get; }

    public IReadOnlyList<LimitCell> Columns { get; }

    internal char DecimalMark { get; }
}

/// <param name="Column">From 0.</param>
/// <param name="Text">As the sheet shows it.</param>
public sealed record LimitCell(int Column, ParameterHeader Header, string Text);

/// <summary>What the comparison found. <paramref name="Compared"/>: parameters with a limit on the sheet, loaded or both.</summary>
public sealed record LimitComparison(int Compared, int Different, IReadOnlyList<Problem> Problems);

/// <summary>Compares a sheet's row of limits with the loaded ones: a difference is a slip in one of them.</summary>
public static partial class LimitRowCheck
{
    /// <param name="loaded">Of the column of the standard, in the units of the layout.</param>
    public static LimitComparison Compare(LimitRow row, IReadOnlyCollection<StatedLimit> loaded)
    {
        var byParameter = loaded.Where(limit => limit.Kind != LimitKind.ClassText).ToLookup(limit => limit.Parameter);
        var problems = new List<Problem>();
        var compared = 0;
        foreach (var cell in row.Columns)
        {
            var stated = Read(cell.Text, cell.Header.Parameter, row.DecimalMark);
            var limits = byParameter[cell.Header.Parameter].ToList();
            if (stated is null && limits.Count == 0 && IsNone(cell.Text))
                continue;
            compared++;
            if (stated is null || !limits.Exists(stated.Agrees))
                problems.Add(Difference(row, cell, stated, limits));
        }
        var facts = new Dictionary<string, string>
        {
            ["standard"] = row.Standard,
            ["compared"] = compared.ToString(CultureInfo.InvariantCulture),
            ["different"] = problems.Count.ToString(CultureInfo.InvariantCulture),
        };
        var different = problems.Count;
        problems.Add(new(ProblemCode.LimitsCompared, SheetOrNull(row), row.Number, Value: row.Standard, Facts: facts));
        return new(compared, different, problems);
    }

    /// <summary>"6,5 - 8,5", "≥5", "≤50", "50" (a maximum); null for "-" and for what is no limit.</summary>
    public static StatedLimit? Read(string text, string parameter, char decimalMark)
    {
        var match = Bounds().Match(text.Trim());
        if (!match.Success || Number(match, "first", decimalMark) is not { } first)
            return null;
        if (match.Groups["second"].Success)
        {
            return Number(match, "second", decimalMark) is { } second && first <= second && match.Groups["sign"].Length == 0
                ? new(parameter, LimitKind.Range, first, second)
                : null;
        }
        return match.Groups["sign"].Value is "≥" or ">="
            ? new(parameter, LimitKind.Min, first, null)
            : new(parameter, LimitKind.Max, null, first);
    }

    private static decimal? Number(Match match, string group, char decimalMark) =>
        NumberReader.ReadText(match.Groups[group].Value, decimalMark).Value?.Number;

    private static bool IsNone(string text) => text.Trim() is "" or "-" or "–" or "—";

    private static Problem Difference(LimitRow row, LimitCell cell, StatedLimit? stated, List<StatedLimit> loaded)
    {
        var oneSideOnly = loaded.Count == 0 && stated is not null || IsNone(cell.Text);
        return new(oneSideOnly ? ProblemCode.LimitOnOneSideOnly : ProblemCode.LimitDiffers,
            SheetOrNull(row), row.Number, cell.Column, cell.Header.Header, cell.Text, new Dictionary<string, string>
            {
                ["parameter"] = cell.Header.Parameter,
                ["unit"] = cell.Header.Unit,
                ["sheet"] = stated?.ToString() ?? cell.Text.Trim(),
                ["loaded"] = string.Join("; ", loaded),
            });
    }

    private static string? SheetOrNull(LimitRow row) => row.Sheet.Length == 0 ? null : row.Sheet;

    [GeneratedRegex(@"^(?<sign>≥|>=|≤|<=)?\s*(?<first>[0-9]+(?:[.,][0-9]+)?)(?:\s*[-–—]\s*(?<second>[0-9]+(?:[.,][0-9]+)?))?$")]
    private static partial Regex Bounds();
}
