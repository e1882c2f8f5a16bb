namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>What a form of a request did.</summary>
/// <param name="Problem">Null where it is done.</param>
/// <param name="Person">Whom the problem concerns.</param>
public sealed record RequestDone(AccountProblem? Problem, string Words = "", string Person = "")
{
    public IReadOnlyList<Handed> Slips { get; init; } = [];
}
