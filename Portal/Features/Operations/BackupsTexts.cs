namespace QuanTrac.Portal.Features.Operations;

/// <summary>Names the texts of backups for <c>IStringLocalizer</c>.</summary>
public sealed class BackupsTexts;
