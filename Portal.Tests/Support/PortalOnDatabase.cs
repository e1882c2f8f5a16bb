using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>The portal's use-cases on a database of its own, with an account for each kind of scope.</summary>
public sealed class PortalOnDatabase(TestCluster cluster) : IAsyncLifetime
{
    private readonly TempFolder files = new();
    private ServiceProvider services = null!;
    private QuanTrac.Portal.Domain.Access.Access? reviewer;

    public TestDatabase Database { get; } = new(cluster);

    /// <summary>The data folder; the store of files is below it.</summary>
    public string Folder => files.Path;

    /// <summary>What the use-cases take for now.</summary>
    internal TestClock Clock { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>The Department's manager: the province login.</summary>
    public QuanTrac.Portal.Domain.Access.Access Manager { get; private set; } = null!;

    /// <summary>Another of the Department, who accepts what the manager hands in; made when it is first asked for.</summary>
    public async Task<QuanTrac.Portal.Domain.Access.Access> ReviewerAsync() => reviewer ??= await AccountAsync("reviewer", Role.Manager, "SONNMT");

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        collection.AddPortal(Database.Logins.ConnectionString, Path.Combine(Folder, "files"));
        collection.AddSingleton(BackupSettings.Of(Database.Logins, await DataFolder.OpenAsync(Folder, PortalHome.Folder, default)));
        collection.AddSingleton<TimeProvider>(Clock);
        services = collection.BuildServiceProvider();
        Manager = await AccountAsync("manager", Role.Manager, "SONNMT");
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Database.DisposeAsync();
        files.Dispose();
    }

    /// <summary>Makes an account and gives its access.</summary>
    public async Task<QuanTrac.Portal.Domain.Access.Access> AccountAsync(string name, Role role, string organisation)
    {
        await using var scope = services.CreateAsyncScope();
        var (password, problems) = await scope.ServiceProvider.GetRequiredService<CreateAccount>()
            .RunAsync(CommandContext.Console, name, role, organisation);
        Assert.True(password is not null, string.Join(", ", problems));
        // Made long ago: it has its say.
        await Database.ExecuteAsync($"UPDATE account SET renewed_at = NULL WHERE user_name = '{name}'");
        return (await AccountAccess.FindAsync(
            scope.ServiceProvider.GetRequiredService<PortalDatabase>(), scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), name, default))!;
    }

    /// <summary>Runs one step with a service of the portal.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> step) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        return await step(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Opens the database as an access sees it.</summary>
    public Task<PortalDb> OpenAsync(QuanTrac.Portal.Domain.Access.Access access) => services.GetRequiredService<PortalDatabase>().OpenAsync(access);

    /// <summary>Hands a file in and checks it.</summary>
    public async Task<(int Submission, CheckOutcome Outcome)> CheckAsync(QuanTrac.Portal.Domain.Access.Access access, string path, string layout = "")
    {
        await using var content = File.OpenRead(path);
        var submission = await WithAsync<HandInFile, int>(handIn => handIn.RunAsync(access, content, Path.GetFileName(path), layout, false, default));
        return (submission, (await WithAsync<CheckSubmission, CheckOutcome?>(check => check.RunAsync(access, submission, default)))!);
    }

    /// <summary>Hands a file in, submits it with one reason for all warnings, and lets the reviewer accept it.</summary>
    public async Task<(int Submission, CheckOutcome Outcome, int Added)> ImportAsync(QuanTrac.Portal.Domain.Access.Access access, string path, string layout = "")
    {
        var (submission, outcome) = await CheckAsync(access, path, layout);
        Assert.Null(await WithAsync<SubmitSubmission, SubmissionProblemCode?>(
            submit => submit.RunAsync(access, submission, new Dictionary<int, string> { [0] = "Kiểm thử" }, default)));
        var by = await ReviewerAsync();
        var (added, problem) = await WithAsync<AcceptSubmission, (int, SubmissionProblemCode?)>(accept => accept.RunAsync(by, submission, default));
        Assert.Null(problem);
        return (submission, outcome, added);
    }
}
