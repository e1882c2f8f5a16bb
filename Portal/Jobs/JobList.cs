using System.Globalization;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Jobs;

/// <summary>All jobs of the portal.</summary>
public static class JobList
{
    public static IReadOnlyList<PortalJob> All { get; } =
    [
        new("send-mail", "0 * * * * ?", async (portal, cancel) => Counts((await portal.GetRequiredService<SendMail>().RunAsync(cancel)).Sent)),
        new("daily-digest", "0 0 7 * * ?", async (portal, cancel) => Counts(await portal.GetRequiredService<QueueDigests>().RunAsync(cancel))),
        new("remind-duties", "0 0 8 * * ?", async (portal, cancel) =>
        {
            await portal.GetRequiredService<PlanDuties>().RunAsync(CommandContext.Console, cancel);
            var reminders = await portal.GetRequiredService<RemindDuties>().RunAsync(CommandContext.Console, cancel);
            return Counts(reminders.Given, reminders.Replaced, reminders.Unreached);
        }),
        // Limits begin at midnight: what was within yesterday may exceed today.
        new("reassess", "0 10 0 * * ?", async (portal, cancel) =>
            Counts(await portal.GetRequiredService<ReassessOnNewLimits>().RunAsync(CommandContext.Console, cancel))),
        new("integrity", "0 30 3 * * ?", async (portal, cancel) =>
        {
            var report = await portal.GetRequiredService<CheckIntegrity>().RunAsync(CommandContext.Console, cancel);
            return Counts(report.Checks.Count, report.Checks.Sum(check => check.Faults));
        }),
    ];

    private static IReadOnlyList<string> Counts(params int[] counts) => [.. counts.Select(count => count.ToString(CultureInfo.InvariantCulture))];
}
