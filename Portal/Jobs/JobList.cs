using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Features.Assessment;
using QuanTrac.Portal.Features.Desk;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Features.Watch;

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
        new("desk-due", "0 5 8 * * ?", async (portal, cancel) =>
        {
            var (overdue, told) = await portal.GetRequiredService<RemindDesk>().RunAsync(CommandContext.Console, cancel);
            return Counts(overdue, told);
        }),
        new("idle-accounts", "0 20 0 * * ?", async (portal, cancel) =>
        {
            var (told, locked) = await portal.GetRequiredService<LockIdleAccounts>().RunAsync(CommandContext.Console, cancel);
            return Counts(told, locked);
        }),
        new("password-expiry", "0 25 0 * * ?", async (portal, cancel) => Counts(await portal.GetRequiredService<ExpirePasswords>().RunAsync(CommandContext.Console, cancel))),
        new("seal-audit", "0 3/10 * * * ?", async (portal, cancel) => Counts((await portal.GetRequiredService<SealAudit>().RunAsync(CommandContext.Console, cancel)).Sealed)),
        new("watch", "20 * * * * ?", async (portal, cancel) => Counts(await portal.GetRequiredService<WatchAccounts>().RunAsync(CommandContext.Console, cancel))),
        new("disk", "40 * * * * ?", async (portal, cancel) =>
        {
            var (free, reserve) = await portal.GetRequiredService<WatchDisk>().RunAsync(CommandContext.Console, cancel);
            return [Whole(free), Whole(reserve)];
        }),
        new("tidy-files", "0 40 2 * * ?", async (portal, cancel) =>
        {
            var (drafts, rows, files) = await portal.GetRequiredService<TidyFiles>().RunAsync(CommandContext.Console, cancel);
            return Counts(drafts, rows, files);
        }),
        new("audit-retention", "0 0 5 1 * ?", async (portal, cancel) =>
        {
            var months = ExpireAudit.MonthsOf(Environment.GetEnvironmentVariable(ExpireAudit.Variable));
            var checkpoint = await portal.GetRequiredService<ExpireAudit>().RunAsync(CommandContext.Console, months, cancel);
            return Counts((int)(checkpoint?.Entries ?? 0), months);
        }),
        .. Environment.GetEnvironmentVariable("QUANTRAC_BACKUP_DAILY") == "on" ? [new PortalJob("backup-daily", "0 0 1 ? * MON-SAT", (portal, cancel) => BackUpAsync(portal, "daily", cancel))] : Array.Empty<PortalJob>(),
        new("backup-weekly", "0 0 1 ? * SUN", (portal, cancel) => BackUpAsync(portal, "weekly", cancel)),
        new("backup-monthly", "0 0 2 1 2-12 ?", (portal, cancel) => BackUpAsync(portal, "monthly", cancel)),
        new("backup-yearly", "0 0 2 1 1 ?", (portal, cancel) => BackUpAsync(portal, "yearly", cancel)),
        new("archive", "0 0 4 1 2 ?", async (portal, cancel) => Counts((int)(await portal.GetRequiredService<WriteArchive>().RunAsync(
            CommandContext.Console, PortalDay.Of(portal.GetRequiredService<TimeProvider>()).Year - 1, into: null, cancel)).Results)),
        // Limits begin at midnight: what was within yesterday may exceed today.
        new("reassess", "0 10 0 * * ?", async (portal, cancel) =>
            Counts(await portal.GetRequiredService<ReassessOnNewLimits>().RunAsync(CommandContext.Console, cancel))),
        new("integrity", "0 30 3 * * ?", async (portal, cancel) =>
        {
            var report = await portal.GetRequiredService<CheckIntegrity>().RunAsync(CommandContext.Console, cancel);
            return Counts(report.Checks.Count, report.Checks.Sum(check => check.Faults));
        }),
    ];

    // What is not proven has failed, and the page says so.
    private static async Task<IReadOnlyList<string>> BackUpAsync(IServiceProvider portal, string kind, CancellationToken cancel)
    {
        var outcome = await portal.GetRequiredService<TakeBackup>().RunAsync(CommandContext.Console, kind, null, cancel);
        return outcome.Fault is { } fault ? throw new BackupException(fault, [.. outcome.Facts]) : [outcome.Backup ?? ""];
    }

    private static IReadOnlyList<string> Counts(params int[] counts) => [.. counts.Select(count => Whole(count))];

    private static string Whole(long count) => count.ToString(CultureInfo.InvariantCulture);
}
