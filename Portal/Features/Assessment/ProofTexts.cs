namespace QuanTrac.Portal.Features.Assessment;

/// <summary>Names the texts of the proof sheet for <c>IStringLocalizer</c>.</summary>
public sealed class ProofTexts;
