using System.Text.RegularExpressions;
using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Features.Territories;

/// <summary>Which unit of the register each feature of a file is: by code, else by name within its kind.</summary>
public static partial class UnitMatch
{
    private static readonly string[] CodeKeys = ["code", "ma", "maxa", "ma_xa", "madvhc", "ma_dvhc", "mahuyen", "ma_huyen"];
    private static readonly string[] NameKeys = ["name", "ten", "tenxa", "ten_xa", "tendvhc", "ten_dvhc", "full", "name_vi"];
    private static readonly string[] DistrictKeys = ["huyen", "tenhuyen", "ten_huyen", "quan_huyen"];

    public static IReadOnlyList<MatchedArea> Of(IReadOnlyList<AreaFeature> features, IReadOnlyList<UnitOfRegister> units)
    {
        var byCode = units.ToDictionary(unit => unit.Code, StringComparer.Ordinal);
        var byName = units.SelectMany(unit => unit.Names.Append(unit.Name).Select(name => (unit.Kind, Name: Plain(name), unit.Code)).Distinct())
            .ToLookup(named => (named.Kind, named.Name), named => named.Code);
        var found = features.Select(feature => Find(feature, byCode, byName)).ToList();
        var several = found.Where(match => match.Unit is not null).GroupBy(match => match.Unit).Where(same => same.Skip(1).Any()).Select(same => same.Key).ToHashSet();
        return found.ConvertAll(match => several.Contains(match.Unit) ? match with { Reason = MatchReason.Several, Unit = null } : match);
    }

    /// <summary>What the file calls a feature: name, else district, code or number.</summary>
    public static string Label(AreaFeature feature) => First(feature, NameKeys) ?? First(feature, DistrictKeys) ?? First(feature, CodeKeys) ?? $"#{feature.Number}";

    private static MatchedArea Find(AreaFeature feature, Dictionary<string, UnitOfRegister> byCode, ILookup<(string, string), string> byName)
    {
        var (name, district) = (First(feature, NameKeys), First(feature, DistrictKeys));
        var label = Label(feature);
        // Spreadsheets eat the noughts before a code.
        if (First(feature, CodeKeys) is { } code && (byCode.GetValueOrDefault(code) ?? byCode.GetValueOrDefault(code.PadLeft(5, '0'))) is { } unit)
            return new(feature, label, MatchReason.Code, unit.Code);
        var kind = name is null || DistrictPrefix().IsMatch(name) ? "district" : "commune";
        var same = name is null && district is null ? [] : byName[(kind, Plain(name ?? district!))].Distinct().ToList();
        return same is [var only] ? new(feature, label, MatchReason.Name, only) : new(feature, label, MatchReason.None, null);
    }

    private static string? First(AreaFeature feature, string[] keys) =>
        keys.Select(key => feature.Properties.GetValueOrDefault(key)?.Trim()).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private static string Plain(string name) => Words.WithoutDiacritics(Prefix().Replace(name.Trim().Normalize(), ""));

    [GeneratedRegex(@"^(phường|xã|đặc khu|thị trấn|thành phố|thị xã|huyện|quận|tp\.?|tx\.?)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^(thành phố|thị xã|huyện|quận|tp\.?|tx\.?)\s+", RegexOptions.IgnoreCase)]
    private static partial Regex DistrictPrefix();
}
