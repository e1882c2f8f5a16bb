namespace QuanTrac.Portal.Features.Desk;

/// <summary>Registers the use-cases of the desk.</summary>
public static class DeskSetup
{
    public static void AddDesk(this IServiceCollection services) => services
        .AddScoped<DeskData>().AddScoped<DeskNotices>().AddScoped<AskDesk>().AddScoped<AnswerDesk>().AddScoped<ReplyDesk>().AddScoped<AttachDeskFile>()
        .AddScoped<CloseDesk>().AddScoped<ReopenDesk>().AddScoped<ReportDesk>().AddScoped<RemindDesk>();
}
