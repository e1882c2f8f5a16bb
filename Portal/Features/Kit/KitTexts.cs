namespace QuanTrac.Portal.Features.Kit;

/// <summary>Names the texts of the page for developers for <c>IStringLocalizer</c>.</summary>
public sealed class KitTexts;
