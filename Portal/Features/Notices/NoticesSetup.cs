namespace QuanTrac.Portal.Features.Notices;

/// <summary>Registers what tells people of things.</summary>
public static class NoticesSetup
{
    public static void AddNotices(this IServiceCollection services) => services.AddScoped<RaiseNotice>();
}
