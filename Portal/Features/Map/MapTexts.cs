namespace QuanTrac.Portal.Features.Map;

/// <summary>Names the texts of the map page for <c>IStringLocalizer</c>.</summary>
public sealed class MapTexts;
