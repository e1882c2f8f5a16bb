namespace QuanTrac.Portal.Shell;

/// <summary>The web host.</summary>
public static class WebPortal
{
    /// <summary>Builds the host; it listens once started.</summary>
    public static WebApplication Build(PortalSettings settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls(settings.Address);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(TimeProvider.System);
        var app = builder.Build();
        Health.Map(app);
        return app;
    }
}
