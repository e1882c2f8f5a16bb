namespace QuanTrac.Portal.Features.Watch;

/// <summary>Registers the watch over accounts.</summary>
public static class WatchSetup
{
    public static void AddWatch(this IServiceCollection services) =>
        services.AddScoped<WatchAccounts>().AddScoped<WatchData>().AddScoped<CloseAlert>().AddScoped<EndSessions>().AddScoped<LockAndReport>();
}
