using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>Limits, ranges and days as the reader's language writes them.</summary>
internal static class StandardWords
{
    private static bool Vietnamese => Language.Current == "vi";

    /// <summary>The language of notes, clauses and sources, which are kept in Vietnamese only; null where the page is.</summary>
    public static string? NoteLanguage => Vietnamese ? null : "vi";

    public static string Title(StandardPapers papers) => Vietnamese ? papers.TitleVi : papers.TitleEn;

    public static string Of(Wording wording) => Vietnamese ? wording.Vi : wording.En;

    public static string Name(Domain.Measuring.Parameter parameter) => Vietnamese ? parameter.NameVi : parameter.NameEn;

    public static string Name(StandardColumn column) => Vietnamese ? column.NameVi : column.NameEn;

    /// <summary>The name of a column up to its explanation: "Cột A1: cấp nước …" is "Cột A1".</summary>
    public static string ShortName(string column) => column.Split(": ")[0];

    /// <summary>What <see cref="ShortName"/> leaves out; may be empty.</summary>
    public static string Explanation(string column) => column.Split(": ", 2) is [_, var rest] ? rest : "";

    /// <summary>The code of a parameter with its fraction; empty where the name says the code.</summary>
    public static string Code(Domain.Measuring.Parameter parameter, string fraction) => string.Join(", ", new[]
    {
        Name(parameter) == parameter.Code || Name(parameter).EndsWith($"({parameter.Code})", StringComparison.Ordinal) ? "" : parameter.Code, fraction,
    }.Where(part => part.Length > 0));

    /// <summary>As printed: "0,1", "≥ 5", "6,5 – 8,5", or the words of a class.</summary>
    public static string Of(LimitValue value, string words) => (value.Kind, value.Lower, value.Upper) switch
    {
        (LimitKind.Max, _, { } upper) => Figures.Number(upper),
        (LimitKind.Min, { } lower, _) => "≥ " + Figures.Number(lower),
        (LimitKind.Range, { } lower, { } upper) => $"{Figures.Number(lower)} – {Figures.Number(upper)}",
        _ => words,
    };

    /// <summary>By itself, in a sentence: "≤ 0,1 mg/L".</summary>
    public static string WithUnit(LimitValue value, string words) =>
        (value.Kind == LimitKind.Max ? "≤ " : "") + Of(value, words) + (value.Kind == LimitKind.ClassText ? "" : Unit(value.Unit.Code, " "));

    /// <summary>The unit with what stands before it; empty where the number has none.</summary>
    public static string Unit(string code, string before = "") => code == "-" ? "" : before + code;

    /// <summary>"50 &lt; Q ≤ 200", "Q ≥ 500"; empty where both ends are open.</summary>
    public static string Range(string name, decimal? lower, bool lowerBelongs, decimal? upper, bool upperBelongs) => (lower, upper) switch
    {
        ({ } from, { } to) => $"{Figures.Number(from)} {(lowerBelongs ? "≤" : "<")} {name} {(upperBelongs ? "≤" : "<")} {Figures.Number(to)}",
        ({ } from, null) => $"{name} {(lowerBelongs ? "≥" : ">")} {Figures.Number(from)}",
        (null, { } to) => $"{name} {(upperBelongs ? "≤" : "<")} {Figures.Number(to)}",
        _ => "",
    };

    /// <summary>"từ 12/09/2023", "01/03/2016 – 11/09/2023".</summary>
    public static string Days(DateInterval valid, IStringLocalizer<StandardsTexts> texts) => (valid.From, valid.To) switch
    {
        ({ } from, { } to) => $"{Figures.Day(from)} – {Figures.Day(to)}",
        ({ } from, null) => texts["Since", Figures.Day(from)],
        (null, { } to) => texts["Until", Figures.Day(to)],
        _ => texts["Always"],
    };

    /// <summary>"trung bình 24 giờ", "từ 21 giờ đến 6 giờ"; "từng giá trị" where each value is judged.</summary>
    public static string Of(Averaging averaging, IStringLocalizer<StandardsTexts> texts) =>
        averaging.Hours is var (from, to) ? texts["Averaging.Hours", from, to] : texts[$"Averaging.{(averaging == Averaging.Single ? "single" : averaging.Code)}"];
}
