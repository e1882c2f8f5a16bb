using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Home;

/// <summary>How a site, a quarter or a campaign stands, in the words of the map.</summary>
public sealed class StandingSentence(IStringLocalizer<MapTexts> map, IStringLocalizer<HomeTexts> texts, IStringLocalizer<UiTexts> ui)
{
    /// <summary>"Amoni gấp 1,4 lần giới hạn".</summary>
    public string Headline(UnitSite site) => (site.Verdict, site.Deciding) switch
    {
        ("exceeds", { Limit.Kind: "min" } result) => map["Say.Below", result.Parameter],
        ("exceeds", { Ratio: { } ratio } result) => map["Say.Times", result.Parameter, Figures.Ratio(ratio)],
        ("exceeds", { } result) => map["Say.Outside", result.Parameter],
        ("exceeds", null) => ui["Verdict.exceeds"],
        ("within", _) => map["Say.WithinNational"],
        ("cannot judge", { } result) => map["Say.CannotJudge", result.Parameter],
        ("cannot judge", null) => ui["Verdict.cannot judge"],
        _ => map[site.Verdict is null ? "Say.NoResults" : "Say.NoLimit"],
    };

    /// <summary>"0,14 mg/L so với 0,1 mg/L"; empty where nothing was compared.</summary>
    public string Facts(UnitSite site)
    {
        if (site.Deciding is not { Limit: { } limit } result)
            return "";
        var near = site.Verdict == "within" ? map["Say.Nearest", result.Parameter].Value + " " : "";
        var facts = near + texts["Compared", $"{Figures.Value(result.Value)} {result.Unit}".Trim(), $"{limit} {result.Unit}".Trim()].Value;
        return result.Reason.Length == 0 ? facts : $"{facts}. {map[$"Reason.{result.Reason}"]}";
    }

    /// <summary>"Quý 3/2026: vượt giới hạn ở 2 trong 9 điểm, tỷ số lớn nhất 1,89".</summary>
    public string Quarter(QuarterCell cell, DateOnly today)
    {
        var quarter = cell.Period.Long(ui);
        if (cell.Verdict is null)
            return texts[cell.Period.To >= today ? "Quarter.UnderWay" : "Quarter.Nothing", quarter];
        var what = cell.Verdict == "exceeds" ? texts["Quarter.Exceeds", quarter, cell.Exceeding, cell.Sites] : texts["Quarter.Other", quarter, ui[$"Verdict.{cell.Verdict}"].Value, cell.Sites];
        var ratio = cell.Ratio is { } number && cell.Verdict != "no limit" ? ", " + texts["Quarter.Ratio", Figures.Ratio(number)].Value : "";
        return what.Value + ratio + (cell.Reviewed ? "" : ", " + texts["Unreviewed"].Value);
    }

    /// <summary>"NB15, Quý 3/2023: vượt giới hạn, Amoni gấp 1,4 lần giới hạn".</summary>
    public string Cell(BoardSite site, BoardColumn column, BoardCell cell)
    {
        var why = cell switch
        {
            { Verdict: not "exceeds" } or { Parameter: null } => "",
            { Minimum: true } => ", " + map["Say.Below", cell.Parameter!].Value,
            { Ratio: { } ratio and > 1 } => ", " + map["Say.Times", cell.Parameter!, Figures.Ratio(ratio)].Value,
            _ => "",
        };
        return $"{site.Code}, {column.Period.Long(ui)}: {ui[$"Verdict.{cell.Verdict}"].Value}{why}{(cell.Reviewed ? "" : ", " + texts["Unreviewed"].Value)}";
    }
}
