using Microsoft.AspNetCore.Identity;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Campaigns;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>Loads the demo data once: made-up sites, permits, inspections and accounts, and results that pass through the same
/// use-cases as anybody's. Each step looks for what it would make, so a load that was killed is completed by the next.</summary>
public static class DemoData
{
    private const string Loaded = "demo-data-loaded";

    // Two nodes that start together load once.
    private const long LoadersLock = 2_620_229_002;

    private static readonly Domain.Access.Access Machine = new(Role.Admin, Login.Province, null, "demo", 0, "");

    /// <summary>Makes sure that the demo data are there.</summary>
    /// <param name="portal">The services of <c>AddPortal</c>.</param>
    /// <param name="ownerConnection">Of the owner login: no use-case makes organisations, permits or inspections yet.</param>
    /// <returns>False where they were there already, and where the installation is in production.</returns>
    /// <exception cref="SetupException"><see cref="SetupFault.DemoRefused"/>: somebody real works here.</exception>
    /// <exception cref="InvalidOperationException">Some of them were not taken: the seed or the program is wrong.</exception>
    public static async Task<bool> EnsureAsync(IServiceProvider portal, string ownerConnection, CancellationToken cancel)
    {
        // Without a pool the end of the connection frees the lock, however the load ends.
        await using var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnection) { Pooling = false }.ConnectionString);
        await owner.OpenAsync(cancel);
        await owner.ExecuteAsync("SELECT pg_advisory_lock($1)", cancel, LoadersLock);
        if (await Installation.StartAsync(owner, demo: true, cancel) != InstallationMode.Demo)
            return false;
        await using var scope = portal.CreateAsyncScope();
        if (await owner.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM audit WHERE act = $1)", cancel, Loaded))
        {
            // Of an installation from before there was one.
            await DemoAccounts.EnsureSecondStepsAsync(scope.ServiceProvider, cancel);
            return false;
        }
        await DemoTables.EnsureAsync(owner, cancel);
        await DemoAccounts.EnsureAsync(scope.ServiceProvider, Machine);
        await DemoAccounts.EnsureSecondStepsAsync(scope.ServiceProvider, cancel);
        await HandInAsync(scope.ServiceProvider, owner, cancel);
        await ReleaseAsync(scope.ServiceProvider, owner, cancel);
        await DemoDuties.EnsureAsync(scope.ServiceProvider, owner, Machine, cancel);
        await DemoDesk.EnsureAsync(owner, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), cancel);
        await DemoAccountLife.EnsureAsync(owner, scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow(), cancel);
        await DemoAuthority.EnsureAsync(scope.ServiceProvider, owner, Machine, cancel);
        await DemoPersonal.EnsureAsync(scope.ServiceProvider, await AccessAsync(scope.ServiceProvider, DemoAccounts.Manager, cancel),
            await AccessAsync(scope.ServiceProvider, DemoAccounts.Fisheries, cancel), cancel);
        await owner.ExecuteAsync("ANALYZE sample, result, finding, site_status, campaign, site", cancel);
        await owner.ExecuteAsync("INSERT INTO audit (account_name, act) VALUES ($1, $2)", cancel, Machine.AccountName, Loaded);
        return true;
    }

    private static async Task HandInAsync(IServiceProvider portal, NpgsqlConnection owner, CancellationToken cancel)
    {
        var manager = await AccessAsync(portal, DemoAccounts.Manager, cancel);
        var company = await AccessAsync(portal, DemoAccounts.Company, cancel);
        var centre = await AccessAsync(portal, DemoAccounts.Admin, cancel);
        // Whoever hands in does not accept: the Department reviews the company's, the Centre the Department's.
        foreach (var sheet in DemoSheets.All())
        {
            var (sender, reviewer) = sheet.Account == DemoAccounts.Company ? (company, manager) : (manager, centre);
            await HandInAsync(portal, owner, sheet, sender, reviewer, cancel);
        }
        // The years before are read; what waits still rings.
        await owner.ExecuteAsync(
            "UPDATE notice SET read_at = at WHERE key LIKE 'submission:%' AND read_at IS NULL AND address NOT IN (SELECT '/intake/' || id FROM submission WHERE state = 'submitted')", cancel);
    }

    private static async Task HandInAsync(
        IServiceProvider portal, NpgsqlConnection owner, DemoSheet sheet, Domain.Access.Access sender, Domain.Access.Access reviewer, CancellationToken cancel)
    {
        var (submission, state) = (await owner.ListAsync(
            "SELECT id, state FROM submission WHERE file_name = $1 AND account_id = $2 ORDER BY id LIMIT 1",
            row => (row.GetInt32(0), row.GetString(1)), cancel, sheet.FileName, sender.AccountId)).FirstOrDefault();
        if (submission == 0)
        {
            using var content = new MemoryStream(sheet.Content);
            submission = await portal.GetRequiredService<HandInFile>().RunAsync(sender, content, sheet.FileName, DemoSheets.Layout, queue: false, cancel);
            state = "draft";
        }
        if (state == "draft")
        {
            var outcome = await portal.GetRequiredService<CheckSubmission>().RunAsync(sender, submission, cancel);
            if (outcome is not { Blocked: false, Refused: 0, Warnings: 0 })
                throw new InvalidOperationException($"{sheet.FileName} has problems: {outcome}.");
            Require(sheet.FileName, await portal.GetRequiredService<SubmitSubmission>().RunAsync(sender, submission, new Dictionary<int, string>(), cancel));
            state = "submitted";
        }
        if (state == "submitted" && sheet.Accepted)
            Require(sheet.FileName, (await portal.GetRequiredService<AcceptSubmission>().RunAsync(reviewer, submission, cancel)).Problem);
    }

    private static async Task ReleaseAsync(IServiceProvider portal, NpgsqlConnection owner, CancellationToken cancel)
    {
        var release = portal.GetRequiredService<ReleaseCampaign>();
        var manager = await AccessAsync(portal, DemoAccounts.Manager, cancel);
        foreach (var campaign in DemoFiles.Rows("campaigns.csv").Where(row => row["release_document"].Length > 0))
        {
            var id = await owner.ScalarAsync<int>("SELECT id FROM campaign WHERE code = $1 AND released_at IS NULL", cancel, campaign["code"]);
            if (id == 0)
                continue;
            var outcome = await release.RunAsync(manager, id, campaign["release_document"], release: true, cancel);
            if (outcome != ReleaseOutcome.Done)
                throw new InvalidOperationException($"{campaign["code"]} is not released: {outcome}.");
        }
    }

    private static async Task<Domain.Access.Access> AccessAsync(IServiceProvider portal, string account, CancellationToken cancel) =>
        await AccountAccess.FindAsync(portal.GetRequiredService<PortalDatabase>(), portal.GetRequiredService<UserManager<Account>>(), account, cancel)
        ?? throw new InvalidOperationException($"No demo account {account}.");

    private static void Require(string fileName, SubmissionProblemCode? problem)
    {
        if (problem is { } code)
            throw new InvalidOperationException($"{fileName} is not taken: {code}.");
    }
}
