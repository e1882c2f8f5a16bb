namespace QuanTrac.Portal.Features.Operations;

/// <summary>Names the texts of restores for <c>IStringLocalizer</c>: who is working, what was written, what is taken over.</summary>
public sealed class RestoreTexts;
