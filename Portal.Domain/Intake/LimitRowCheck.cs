using System.Globalization;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Domain.Assessment;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>A loaded limit of the column of the standard that the sheet repeats.</summary>
/// <param name="Parameter">The code of the parameter.</param>
/// <param name="Bounds">In the canonical unit of the parameter.</param>
public sealed record LoadedLimit(string Parameter, Bounds Bounds);

/// <summary>What the comparison found. <paramref name="Compared"/>: parameters with a limit on the sheet, loaded or both.</summary>
public sealed record LimitComparison(int Compared, int Different, IReadOnlyList<Problem> Problems);

/// <summary>Compares a sheet's row of limits with the loaded ones: a difference is a slip in one of them.</summary>
public static partial class LimitRowCheck
{
    public static LimitComparison Compare(SheetLimits sheet, IEnumerable<LoadedLimit> loaded)
    {
        var byParameter = loaded.ToLookup(limit => limit.Parameter, limit => limit.Bounds);
        var problems = new List<Problem>();
        var compared = 0;
        foreach (var cell in sheet.Cells)
        {
            var limits = byParameter[cell.Measure.Parameter.Code].ToList();
            if (limits.Count == 0 && IsNone(cell.Text))
                continue;
            compared++;
            if (Read(cell.Text, sheet.DecimalMark) is not { } stated || !limits.Contains(InUnit(stated, cell.Measure.Factor)))
                problems.Add(Difference(sheet, cell, limits));
        }
        var different = problems.Count;
        problems.Add(new(ProblemCode.LimitsCompared, sheet.Sheet, sheet.Row, Value: sheet.Standard, Facts: new Dictionary<string, string>
        {
            ["standard"] = sheet.Standard,
            ["compared"] = compared.ToString(CultureInfo.InvariantCulture),
            ["different"] = different.ToString(CultureInfo.InvariantCulture),
        }));
        return new(compared, different, problems);
    }

    /// <summary>"6,5 - 8,5", "≥5", "≤50", "50" (a maximum); null for "-" and for what is no limit.</summary>
    public static Bounds? Read(string text, char decimalMark)
    {
        var match = Pattern().Match(text.Trim());
        if (!match.Success || Number(match.Groups["first"], decimalMark) is not { } first)
            return null;
        var sign = match.Groups["sign"].Value;
        if (!match.Groups["second"].Success)
            return sign is "≥" or ">=" ? new Bounds(first, null) : new Bounds(null, first);
        return sign.Length == 0 && Number(match.Groups["second"], decimalMark) is { } second && first <= second ? new Bounds(first, second) : null;
    }

    private static decimal? Number(Group group, char decimalMark) => NumberReader.ReadText(group.Value, decimalMark).Value?.Number;

    private static bool IsNone(string text) => text.Trim() is "" or "-" or "–" or "—";

    private static Bounds InUnit(Bounds bounds, decimal factor) => new(bounds.Lower * factor, bounds.Upper * factor);

    private static Problem Difference(SheetLimits sheet, LimitCell cell, List<Bounds> loaded) => new(
        loaded.Count == 0 || IsNone(cell.Text) ? ProblemCode.LimitOnOneSideOnly : ProblemCode.LimitDiffers,
        sheet.Sheet, sheet.Row, cell.Column, cell.Header, cell.Text, new Dictionary<string, string>
        {
            ["parameter"] = cell.Measure.Parameter.Code,
            ["unit"] = cell.Measure.Unit.Code,
            ["sheet"] = cell.Text.Trim(),
            ["loaded"] = string.Join("; ", loaded.Select(bounds => Shown(InUnit(bounds, 1 / cell.Measure.Factor), sheet.DecimalMark))),
        });

    private static string Shown(Bounds bounds, char decimalMark)
    {
        string Number(decimal? number) => number!.Value.ToString("0.##########", CultureInfo.InvariantCulture).Replace('.', decimalMark);
        return (bounds.Lower, bounds.Upper) switch
        {
            (null, _) => "≤" + Number(bounds.Upper),
            (_, null) => "≥" + Number(bounds.Lower),
            _ => $"{Number(bounds.Lower)} - {Number(bounds.Upper)}",
        };
    }

    [GeneratedRegex(@"^(?<sign>≥|>=|≤|<=)?\s*(?<first>[0-9]+(?:[.,][0-9]+)?)(?:\s*[-–—]\s*(?<second>[0-9]+(?:[.,][0-9]+)?))?$")]
    private static partial Regex Pattern();
}
