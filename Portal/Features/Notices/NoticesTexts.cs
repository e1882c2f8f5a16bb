namespace QuanTrac.Portal.Features.Notices;

/// <summary>Marks the texts of notices.</summary>
public sealed class NoticesTexts;
