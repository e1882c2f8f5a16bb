namespace QuanTrac.Portal.Features.Organisations;

/// <summary>The texts of organisations, their changes and who sees what.</summary>
public sealed class OrganisationsTexts;
