namespace QuanTrac.Portal.Features.Territories;

/// <summary>Texts of territories.</summary>
public sealed class TerritoriesTexts;
