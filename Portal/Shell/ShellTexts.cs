namespace QuanTrac.Portal.Shell;

/// <summary>Names the texts of the frame for <c>IStringLocalizer</c>.</summary>
public sealed class ShellTexts;
