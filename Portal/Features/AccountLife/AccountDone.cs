namespace QuanTrac.Portal.Features.AccountLife;

/// <summary>What was done with an account.</summary>
/// <param name="Words">What is said of it.</param>
/// <param name="Name">What the account is called from now on; null where that stayed.</param>
public sealed record AccountDone(string Words, Handed? Handed = null, string? Name = null);
