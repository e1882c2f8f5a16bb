using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Commands;

/// <summary><c>account reset-second-step</c>: for the administrator who lost the device and whom no other can help.</summary>
public sealed class AccountResetSecondStep
{
    /// <summary>Takes it off; whoever runs it is asked why in the audit only.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var name = context.Line.Arguments[0];
        if (await scope.ServiceProvider.GetRequiredService<ResetSecondStep>()
            .RunAsync(CommandContext.Console, name, context.Line.Option("reason") ?? context.Texts["ResetAtConsole"], cancel) is not null)
            throw new UsageException(UsageFault.AccountUnknown, name);
        await context.Output.WriteLineAsync(context.Texts["SecondStepReset", name]);
        return 0;
    }
}
