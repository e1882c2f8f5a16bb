namespace QuanTrac.Portal.Features.Watch;

/// <summary>Names the texts of the watch for <c>IStringLocalizer</c>.</summary>
public sealed class WatchTexts;
