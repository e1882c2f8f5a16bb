using QuanTrac.Portal.Features.SecondWord;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>Registers what keeps the data from being lost or altered: the seal of the audit, backups, restore. They want a BackupSettings.</summary>
public static class BackupsSetup
{
    public static void AddBackups(this IServiceCollection services) => services
        .AddScoped<SealAudit>().AddScoped<VerifyAudit>().AddScoped<ExpireAudit>().AddConfirmed<AgreeAuditMonths>().AddScoped<BackupRuns>().AddScoped<TakeBackup>().AddScoped<ProveBackup>()
        .AddScoped<RestoreBackup>().AddScoped<BackupLosses>().AddScoped<BackupsData>()
        .AddScoped<RestoreRequests>().AddScoped<ConfirmRestore>().AddScoped<WriteArchive>()
        .AddScoped<PeopleAtWork>().AddScoped<Leftovers>().AddScoped<TakeOver>().AddScoped<TakeOverSubmission>().AddScoped<TakeOverPaper>().AddScoped<TakeOverAccount>().AddSingleton<BackupAtWork>().AddSingleton<Maintenance>();
}
