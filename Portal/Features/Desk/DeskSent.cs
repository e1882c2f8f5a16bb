namespace QuanTrac.Portal.Features.Desk;

/// <summary>What a form of an item did.</summary>
/// <param name="Problem">Null where it is done.</param>
/// <param name="Words">What was typed.</param>
public sealed record DeskSent(DeskProblem? Problem, string Words = "");
