using System.Globalization;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Commands;

/// <summary>The lines of <c>assess compliance</c>: id, parameter, limit, unit, verdict, ratio, clause.</summary>
internal static class ComplianceLine
{
    private const int RatioDecimals = 4;

    /// <summary>One for each limit, or one that says that there is none.</summary>
    public static IEnumerable<string> Of(AssessRow row, ValueToJudge value, IReadOnlyList<EffectiveLimit> limits, CoefficientsGiven coefficients) =>
        limits.Count == 0
            ? [AssessReport.Line(row["id"], row["parameter"], "", value.Unit.Code, Verdict.NoLimit.Text(), "", "")]
            : limits.Select(limit => Of(row, value, limit, coefficients));

    private static string Of(AssessRow row, ValueToJudge value, EffectiveLimit limit, CoefficientsGiven coefficients)
    {
        var toCanonical = value.Unit.FactorTo(value.Parameter.Unit)!.Value;
        var judgement = limit.Bounds is { } bounds
            ? Compliance.Judge(value.Value.Times(toCanonical), bounds)
            : new Judgement(Verdict.CannotJudge);
        return AssessReport.Line(
            row["id"], row["parameter"], Text(limit.Bounds, value.Parameter.Unit.FactorTo(value.Unit)!.Value), value.Unit.Code, judgement.Verdict.Text(),
            judgement.Ratio is { } ratio ? Number(decimal.Round(ratio, RatioDecimals, MidpointRounding.AwayFromZero)) : "", Clause(limit, coefficients));
    }

    private static string Text(Bounds? bounds, decimal factor) => bounds switch
    {
        { Lower: { } lower, Upper: { } upper } => $"{Number(lower * factor)}-{Number(upper * factor)}",
        { Lower: { } lower } => $">={Number(lower * factor)}",
        { Upper: { } upper } => Number(upper * factor),
        _ => "",
    };

    // "Bảng 1; C × Kq 0.9 × Kf 1.1; 24h"; of a limit in words its words.
    private static string Clause(EffectiveLimit effective, CoefficientsGiven coefficients)
    {
        var limit = effective.Limit;
        var given = limit.Coefficients.Where(coefficients.Values.ContainsKey).Select(name => $"{name} {Number(coefficients.Values[name])}").ToList();
        string[] parts =
        [
            limit.Place.Table, limit.Origin.Clause, given.Count == 0 ? "" : $"C × {string.Join(" × ", given)}",
            limit.Averaging.Code, limit.Value.Kind == LimitKind.ClassText ? limit.Origin.Note : "",
        ];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    private static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
