namespace QuanTrac.Portal.Features.Campaigns;

/// <summary>Names the texts of campaigns for <c>IStringLocalizer</c>.</summary>
public sealed class CampaignsTexts;
