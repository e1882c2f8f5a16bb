namespace QuanTrac.Portal.Features.Operations;

/// <summary>Names the texts of jobs and of the check of the data for <c>IStringLocalizer</c>.</summary>
public sealed class JobTexts;
