namespace QuanTrac.Portal.Features.SecondWord;

/// <summary>Registers what two persons do together. Each use-case that takes a second word registers itself as an <see cref="IConfirmedAct"/>.</summary>
public static class SecondWordSetup
{
    public static void AddSecondWord(this IServiceCollection services) => services
        .AddScoped<AskSecondWord>().AddScoped<WithdrawSecondWord>().AddScoped<ConfirmSecondWord>().AddScoped<SecondWordData>().AddScoped<SecondWordNotices>();

    public static IServiceCollection AddConfirmed<T>(this IServiceCollection services) where T : class, IConfirmedAct =>
        services.AddScoped<T>().AddScoped<IConfirmedAct>(portal => portal.GetRequiredService<T>());
}
