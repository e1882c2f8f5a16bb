namespace QuanTrac.Portal.Features.Standards;

/// <summary>Names the texts of the pages of standards for <c>IStringLocalizer</c>.</summary>
public sealed class StandardsTexts;
