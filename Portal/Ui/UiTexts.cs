namespace QuanTrac.Portal.Ui;

/// <summary>Names the texts shared by all pages (verdicts, media, periods) for <c>IStringLocalizer</c>.</summary>
public sealed class UiTexts;
