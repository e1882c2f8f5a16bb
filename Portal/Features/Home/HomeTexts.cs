namespace QuanTrac.Portal.Features.Home;

/// <summary>Names the texts of the first pages for <c>IStringLocalizer</c>.</summary>
public sealed class HomeTexts;
