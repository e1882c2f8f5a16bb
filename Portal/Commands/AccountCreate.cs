using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Commands;

/// <summary><c>account create</c>: an account with a one-time password.</summary>
public sealed class AccountCreate
{
    /// <summary>Makes it, and prints the password.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var typed = context.Line.Option("role") ?? throw new UsageException(UsageFault.OptionLacksValue, "role");
        var organisation = context.Line.Option("organisation") ?? throw new UsageException(UsageFault.OptionLacksValue, "organisation");
        if (!Enum.TryParse<Role>(typed, ignoreCase: true, out var role) || int.TryParse(typed, System.Globalization.CultureInfo.InvariantCulture, out _))
            throw new UsageException(UsageFault.OptionValueInvalid, "role", typed);

        await using var host = await context.OpenDatabaseAsync(cancel);
        await context.MigrateAsync(host, cancel);
        await context.SeedAsync(host, cancel);
        await using var portal = CommandContext.Portal(host);
        await using var scope = portal.CreateAsyncScope();
        var (password, problems) = await scope.ServiceProvider.GetRequiredService<CreateAccount>()
            .RunAsync(CommandContext.Console, context.Line.Arguments[0], role, organisation);
        if (password is null)
        {
            await context.Notes.WriteLineAsync(context.Texts["AccountProblem", string.Join(", ", problems)]);
            return 1;
        }
        await context.Output.WriteLineAsync(context.Texts["AccountCreated", context.Line.Arguments[0], password]);
        return 0;
    }
}
