using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Desk;

/// <summary>Names the texts of the desk for <c>IStringLocalizer</c>.</summary>
public sealed class DeskTexts;

/// <summary>Sentences of the desk.</summary>
public static class DeskWords
{
    /// <summary>"còn 3 giờ", "quá hạn 2 ngày": in days from two days on, then in hours, at last in minutes; what has begun is not counted.</summary>
    public static string Left(IStringLocalizer texts, DateTimeOffset due, DateTimeOffset now)
    {
        var (late, span) = (due < now, (due - now).Duration());
        var (unit, count) = span.TotalDays >= 2 ? ("Days", (int)span.TotalDays) : span.TotalHours >= 1 ? ("Hours", (int)span.TotalHours) : ("Minutes", (int)span.TotalMinutes);
        return texts[$"{(late ? "Late" : "Left")}.{unit}{(count == 1 ? ".One" : "")}", count];
    }

    /// <summary>"Sự cố nghiêm trọng" where it is one, else the kind.</summary>
    public static string Kind(IStringLocalizer texts, DeskKind kind, string severity) => texts[severity == "serious" ? "Kind.Serious" : $"Kind.{kind}"];

    /// <summary>Why something was not done.</summary>
    public static string Problem(IStringLocalizer texts, DeskProblem problem) => texts[$"Problem.{problem}", problem switch
    {
        DeskProblem.TooLong => AskDesk.WordsCap,
        DeskProblem.TooMany => AskDesk.MostInADay,
        DeskProblem.TooLate => ReopenDesk.Days,
        _ => "",
    }];

    /// <summary>What was wrong, said at the field of that name; null where nothing was.</summary>
    public static FormFault? Fault(IStringLocalizer texts, DeskProblem? problem) => problem is not { } code ? null : new(Problem(texts, code), code switch
    {
        DeskProblem.TitleMissing => "title",
        DeskProblem.WordsMissing or DeskProblem.NothingSaid => "words",
        DeskProblem.DocumentMissing => "document",
        DeskProblem.OwnerUnknown => "owner",
        _ => null,
    });

    /// <summary>What somebody did by a note.</summary>
    public static string Deed(IStringLocalizer texts, DeskNote note) =>
        note.Step.Length > 0 ? texts["Deed.Reported", note.Step]
        : note.State is { } state ? note.Owner.Length > 0 ? texts["Deed.StateAndOwner", texts[$"State.{state}"], note.Owner] : texts["Deed.State", texts[$"State.{state}"]]
        : note.Owner.Length > 0 ? texts["Deed.Owner", note.Owner]
        : note.FileName.Length > 0 ? texts["Deed.File"]
        : texts["Deed.Said"];
}
