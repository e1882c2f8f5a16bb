namespace QuanTrac.Portal.Features.Audit;

/// <summary>Names the texts of the audit for <c>IStringLocalizer</c>.</summary>
public sealed class AuditTexts;
