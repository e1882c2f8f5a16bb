namespace QuanTrac.Portal.Features.Audit;

/// <summary>Registers what the page of the audit works with.</summary>
public static class AuditSetup
{
    public static void AddAudit(this IServiceCollection services) => services.AddScoped<AuditData>().AddScoped<CheckChain>().AddSingleton<ChainVerdict>();

    public static void MapAudit(this IEndpointRouteBuilder routes) => routes.MapGet("/operations/audit/download", AuditDownload.RunAsync);
}
