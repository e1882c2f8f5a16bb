namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Names the texts of sign-in and accounts for <c>IStringLocalizer</c>.</summary>
public sealed class AccountsTexts;
