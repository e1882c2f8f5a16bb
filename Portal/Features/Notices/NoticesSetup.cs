namespace QuanTrac.Portal.Features.Notices;

/// <summary>Registers what tells people of things.</summary>
public static class NoticesSetup
{
    public static void AddNotices(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddSingleton<NoticeSignal>();
        services.AddScoped<RaiseNotice>().AddScoped<NoticesData>().AddScoped<WorkData>().AddScoped<SaveNoticeChoice>().AddScoped<LettersData>();
        services.AddScoped<SendMail>().AddScoped<QueueDigests>().AddScoped<NoticeSentence>();
    }
}
