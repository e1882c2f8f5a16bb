namespace QuanTrac.Portal.Features.Accounts;

/// <summary>Names the texts of one's own account and of tokens for <c>IStringLocalizer</c>.</summary>
public sealed class OwnAccountTexts;
