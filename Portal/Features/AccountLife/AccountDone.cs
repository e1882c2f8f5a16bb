namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>What a form of an account did.</summary>
/// <param name="Problem">Null where it is done.</param>
/// <param name="Name">What the account is called from now on; null where that stayed.</param>
public sealed record AccountDone(AccountProblem? Problem, string Words, Handed? Handed = null, string? Name = null);
