using System.Globalization;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Puts a problem into words. <c>text</c> finds a text of <see cref="ProblemTexts"/> by key (null, or the key itself, where there is none).
/// Placeholders are {sheet}, {row}, {column}, {header}, {value} of the problem and the facts of its code; a fact goes before a place of
/// the same name, and {own} is always the cell's own value.</summary>
public static partial class ProblemSentence
{
    private const int Longest = 300;

    private static readonly string[] Counted = ["limit", "count", "refused", "compared", "different", "position", "seen", "taken", "leftout", "cells"];

    /// <summary>What kind of problem, in two to six words.</summary>
    public static string Title(Func<string, string?> text, ProblemView problem) => Fill(text, "Title", problem);

    /// <summary>What is wrong here.</summary>
    public static string Sentence(Func<string, string?> text, ProblemView problem) => Fill(text, "Problem", problem);

    /// <summary>What would be right.</summary>
    public static string Remedy(Func<string, string?> text, ProblemView problem) => Fill(text, "Remedy", problem);

    /// <summary>"Năm 2022, dòng 331, cột L (Phosphat)".</summary>
    public static string Place(Func<string, string?> text, ProblemView problem)
    {
        var parts = new List<string>(3);
        if (problem.Sheet.Length > 0)
            parts.Add(problem.Sheet);
        if (problem.Row > 0)
            parts.Add(Filled(text("Place.Row"), name => name == "row" ? problem.Row.ToString(CultureInfo.InvariantCulture) : null));
        if (problem.Column.Length > 0)
            parts.Add(Filled(text(problem.Header.Length > 0 ? "Place.ColumnHeader" : "Place.Column"),
                name => name == "column" ? problem.Column : problem.Header));
        return parts.Count > 0 ? string.Join(", ", parts) : text("Place.File") ?? "";
    }

    /// <summary>The names of the placeholders of a text.</summary>
    public static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Groups[1].Value);

    private static string Fill(Func<string, string?> text, string part, ProblemView problem) =>
        Filled(text($"{part}.{problem.Code}") ?? problem.Code, name => Word(text, problem, name));

    private static string Filled(string? text, Func<string, string?> word) =>
        Placeholder().Replace(text ?? "", match => word(match.Groups[1].Value) ?? match.Value);

    private static string? Word(Func<string, string?> text, ProblemView problem, string name)
    {
        var value = problem.Facts.TryGetValue(name, out var fact) ? fact : name switch
        {
            "sheet" => problem.Sheet,
            "row" => problem.Row.ToString(CultureInfo.InvariantCulture),
            "column" => problem.Column,
            "header" => problem.Header,
            "value" or "own" => problem.Value,
            _ => null,
        };
        return value?.Trim() is { } known ? InWords(text, problem.Code, name, known) : null;
    }

    private static string InWords(Func<string, string?> text, string code, string name, string value)
    {
        var key = $"Fact.{name}.{value}";
        if (text(key) is { } word && word != key)
            return word;
        if (value.Length == 0)
            return text("Fact.empty") ?? value;
        if (name == "today" && DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Figures.Day(day);
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return value.Length > Longest ? value[..Longest] + "…" : value;
        // Of a file too large, limit and size are bytes.
        if (code == nameof(ProblemCode.FileTooLarge) && name is "limit" or "found")
            return $"{Figures.Count(number / (1024 * 1024))} MB";
        return Counted.Contains(name) ? Figures.Count(number) : value;
    }

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Placeholder();
}
