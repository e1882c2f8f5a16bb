using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Extensions;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>Addresses of standards, stable and safe to share: codes hold ":" and "/", addresses do not.</summary>
public static partial class StandardAddress
{
    /// <summary>The list of all standards.</summary>
    public const string List = "/standards";

    /// <summary>"QCVN 10:2023/BTNMT" becomes "qcvn-10-2023-btnmt", "QĐ 1460/QĐ-TCMT" becomes "qd-1460-qd-tcmt".</summary>
    public static string Slug(string code) => Separators().Replace(Words.WithoutDiacritics(code), "-").Trim('-');

    /// <summary>The page of a standard, narrowed to a column and a parameter (their codes) and to the rows of a day; null narrows nothing.</summary>
    public static string Of(string code, string? column = null, string? parameter = null, DateOnly? day = null) =>
        $"{List}/{Slug(code)}{new LimitFilter(day, column, parameter).ToQuery()}";

    /// <summary>A day of an address, yyyy-MM-dd; null where it is none.</summary>
    internal static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    internal static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What was typed, without white space around it; null where nothing is left.</summary>
    internal static string? Typed(string? text) => text?.Trim() is { Length: > 0 and <= 100 } words ? words : null;

    internal static string Query(params ReadOnlySpan<(string Key, string? Value)> parts)
    {
        var query = new QueryBuilder();
        foreach (var (key, value) in parts)
        {
            if (value is not null)
                query.Add(key, value);
        }
        return query.ToString();
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Separators();
}

/// <summary>What the list of standards shows. It lives in the address; null restricts nothing.</summary>
/// <param name="Day">The day of the states; null is today.</param>
/// <param name="Medium">A medium code such as sea_water.</param>
/// <param name="Words">Searched for in code, title and parameters, without diacritics.</param>
public sealed record StandardFilter(DateOnly? Day, string? Medium, string? Words)
{
    public static StandardFilter Of(string? day, string? medium, string? text) =>
        new(StandardAddress.Day(day), StandardAddress.Typed(medium), StandardAddress.Typed(text));

    public bool IsNarrowed => (Medium ?? Words) is not null;

    public string ToAddress() => StandardAddress.List + ToQuery();

    public string ToDownload() => $"{StandardAddress.List}/download{ToQuery()}";

    private string ToQuery() => StandardAddress.Query(("day", StandardAddress.Text(Day)), ("medium", Medium), ("text", Words));
}

/// <summary>Which limits of a standard are shown. It lives in the address; null restricts nothing.</summary>
/// <param name="Day">Of the rows; null is today.</param>
/// <param name="Column">Code of a column.</param>
/// <param name="Parameter">Code of a parameter, or words of its name.</param>
public sealed record LimitFilter(DateOnly? Day, string? Column, string? Parameter)
{
    public static LimitFilter Of(string? day, string? column, string? parameter) =>
        new(StandardAddress.Day(day), StandardAddress.Typed(column), StandardAddress.Typed(parameter));

    public bool IsNarrowed => (Column ?? Parameter) is not null;

    public string ToQuery() => StandardAddress.Query(("day", StandardAddress.Text(Day)), ("column", Column), ("parameter", Parameter));
}

/// <summary>Which two versions stand side by side. It lives in the address; what is null is chosen for the reader.</summary>
/// <param name="Day">Of the rows; null is today.</param>
/// <param name="Old">Slug of the older standard.</param>
/// <param name="OldColumn">Code of its column.</param>
public sealed record ComparisonChoice(DateOnly? Day, string? Old, string? OldColumn, string? New, string? NewColumn)
{
    public static ComparisonChoice Of(string? day, string? old, string? oldColumn, string? @new, string? newColumn) => new(
        StandardAddress.Day(day), StandardAddress.Typed(old), StandardAddress.Typed(oldColumn), StandardAddress.Typed(@new), StandardAddress.Typed(newColumn));

    public string ToAddress() => $"{StandardAddress.List}/compare{ToQuery()}";

    public string ToDownload() => $"{StandardAddress.List}/compare/download{ToQuery()}";

    private string ToQuery() => StandardAddress.Query(
        ("old", Old), ("oldColumn", OldColumn), ("new", New), ("newColumn", NewColumn), ("day", StandardAddress.Text(Day)));
}
