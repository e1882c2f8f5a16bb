namespace QuanTrac.Portal.Features.Agency;

/// <summary>Names the texts of the agency's sign-in for <c>IStringLocalizer</c>.</summary>
public sealed class AgencyTexts;
