namespace QuanTrac.Portal.Features.Operations;

/// <summary>Registers what keeps the data from being lost or altered: the seal of the audit, backups, restore.</summary>
public static class BackupsSetup
{
    public static void AddBackups(this IServiceCollection services) => services.AddScoped<SealAudit>().AddScoped<VerifyAudit>();
}
