namespace QuanTrac.Portal.Features.Intake;

/// <summary>Registers the use-cases of intake.</summary>
public static class IntakeSetup
{
    public static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<IntakeSignal>();
        services.AddScoped<HandInFile>();
        services.AddScoped<CheckSubmission>();
        services.AddScoped<SubmitSubmission>();
        services.AddScoped<AcceptSubmission>();
        services.AddScoped<ReturnSubmission>();
        services.AddScoped<WithdrawSubmission>();
    }
}
