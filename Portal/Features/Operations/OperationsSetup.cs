namespace QuanTrac.Portal.Features.Operations;

/// <summary>Registers what the IT Centre works with.</summary>
public static class OperationsSetup
{
    public static void AddOperations(this IServiceCollection services) =>
        services.AddScoped<JobsData>().AddScoped<IntegrityData>().AddScoped<CheckIntegrity>()
            .AddScoped<WatchDisk>().AddScoped<TidyFiles>().AddScoped<DiskData>();
}
