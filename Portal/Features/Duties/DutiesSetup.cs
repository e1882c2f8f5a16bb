namespace QuanTrac.Portal.Features.Duties;

/// <summary>Registers the use-cases of duties.</summary>
public static class DutiesSetup
{
    public static void AddDuties(this IServiceCollection services) => services
        .AddScoped<DutiesData>().AddScoped<PlanDuties>().AddScoped<RemindDuties>().AddScoped<FulfilDuty>().AddScoped<UndoFulfilment>()
        .AddScoped<AddDuty>().AddScoped<EndDuty>().AddScoped<AgreeFrequency>().AddScoped<CalendarAddress>();
}
