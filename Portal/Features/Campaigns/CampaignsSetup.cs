namespace QuanTrac.Portal.Features.Campaigns;

/// <summary>Registers the use-cases of campaigns.</summary>
public static class CampaignsSetup
{
    public static void AddCampaigns(this IServiceCollection services) => services.AddScoped<ReleaseCampaign>().AddScoped<CampaignStateQuery>();
}
