using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>The real web host on a free port, over a database of its own with the demo accounts and data.</summary>
public class RunningPortal(TestCluster cluster) : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private DatabaseLogins logins = null!;
    private WebApplication host = null!;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What it logged as an error.</summary>
    public ServerFaults Faults { get; } = new();

    /// <summary>Where it keeps the files that are handed in.</summary>
    public string Files => Path.Combine(folder.Path, "files");

    public virtual async ValueTask InitializeAsync()
    {
        Direct = await MakeDatabaseAsync(cluster);
        (logins, Wire) = await cluster.ByWireAsync(Direct);
        // The tests read what the portal answers; of its log only errors, and those through Faults.
        Environment.SetEnvironmentVariable("Logging__Console__LogLevel__Default", "None");
        var data = await DataFolder.OpenAsync(folder.Path, PortalHome.Folder, CancellationToken.None);
        // As every private installation has one: whatever job the hour of the run brings finds what it needs.
        await BackupKey.EnsureAsync(data, CancellationToken.None);
        host = WebPortal.Build(With(new PortalSettings(logins, data, "http://127.0.0.1:0", Demo: true)));
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(Faults);
        await host.StartAsync();
        Address = new Uri(host.Urls.Single());
    }

    /// <summary>What it runs on: a database with the demo data, if a test does not bring its own.</summary>
    protected virtual Task<DatabaseLogins> MakeDatabaseAsync(TestCluster source) => source.CreateDemoDatabaseAsync();

    /// <summary>What else it is told.</summary>
    protected virtual PortalSettings With(PortalSettings settings) => settings;

    /// <summary>The services of the running host.</summary>
    public IServiceProvider Services => host.Services;

    /// <summary>How each login reaches its database: by <see cref="Wire"/>.</summary>
    public DatabaseLogins Logins => logins;

    /// <summary>The wire between portal and database, which a test may cut and must mend.</summary>
    public CutWire Wire { get; private set; } = null!;

    /// <summary>The database beside the wire.</summary>
    protected DatabaseLogins Direct { get; private set; } = null!;

    public virtual async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        Wire.Dispose();
        await cluster.DropAsync(Direct);
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The password of the accounts that tests make.</summary>
    public const string Password = "thuyền nan qua vịnh 41";

    /// <summary>Makes an account that no other test uses; an administrator has its second step.</summary>
    public async Task MakeAccountAsync(string name, Role role, string organisation, string password = Password)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var (_, problems) = await scope.ServiceProvider.GetRequiredService<CreateAccount>()
            .RunAsync(CommandContext.Console, name, role, organisation, password);
        Assert.Empty(problems);
        if (role == Role.Admin)
            await GiveSecondStepAsync(name);
    }

    /// <summary>Makes an account as the portal grants it.</summary>
    /// <returns>Its one-time password.</returns>
    public async Task<string> GrantAccountAsync(string name, Role role, string organisation)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<CreateAccount>().RunAsync(CommandContext.Console, name, role, organisation)).Password!;
    }

    /// <summary>Sets up the second step of an account.</summary>
    /// <returns>Its recovery codes.</returns>
    public async Task<IReadOnlyList<string>> GiveSecondStepAsync(string account)
    {
        var (step, id) = (Services.GetRequiredService<SecondStep>(), await IdAsync(account));
        await step.ProposeAsync(id, default);
        await using var system = await Services.GetRequiredService<PortalDatabase>().OpenSystemAsync();
        return await step.ConfirmAsync(system, id, default);
    }

    /// <summary>A code of an account's second step that opens now and was not used.</summary>
    public async Task<string> CodeAsync(string account)
    {
        var id = await IdAsync(account);
        var secret = (await Services.GetRequiredService<SecondStep>().SecretAsync(id, default))!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            // The one that will be right longest is left for last.
            var now = TimeCode.StepOf(TimeProvider.System.GetUtcNow());
            foreach (var step in new[] { now, now + 1 })
            {
                if (await CountAsync($"SELECT count(*) FROM account_code WHERE account_id = {id} AND step = {step}") == 0)
                    return TimeCode.At(secret, step);
            }
            await Task.Delay(500, limit.Token);
        }
    }

    /// <summary>The number of an account.</summary>
    public async Task<int> IdAsync(string account) => (int)await CountAsync($"SELECT id::bigint FROM account WHERE user_name = '{account}'");

    /// <summary>The cookie of a new session of an account, as the last step of the door gives it: for whoever merely needs to be signed in.</summary>
    public async Task<(string Name, string Value)> CookieAsync(string account)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Connection.RemoteIpAddress = System.Net.IPAddress.Loopback;
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var known = (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(account))!;
        await scope.ServiceProvider.GetRequiredService<OpenSession>().RunAsync(context, known, known.TwoFactorEnabled ? SignInWay.Code : SignInWay.Password);
        var cookie = Microsoft.Net.Http.Headers.SetCookieHeaderValue.ParseList([.. context.Response.Headers.SetCookie!]).Single(one => one.Name == "quantrac");
        return (cookie.Name.Value!, cookie.Value.Value!);
    }

    /// <summary>Tells an account of something.</summary>
    public async Task RaiseAsync(string account, Notice notice)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var id = (await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().FindByNameAsync(account))!.Id;
        await scope.ServiceProvider.GetRequiredService<RaiseNotice>().RunAsync(notice, [id], CancellationToken.None);
    }

    /// <summary>Waits until the worker has checked a submission.</summary>
    public async Task CheckedAsync(int submission)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await ReadAsync($"SELECT checking FROM submission WHERE id = {submission}") is not ("done" or "failed"))
            await Task.Delay(50, limit.Token);
    }

    /// <summary>The one number of a query, as the owner, whom no policy holds back.</summary>
    public Task<long> CountAsync(string sql) => ScalarAsync<long>(sql);

    /// <summary>The one text of a query, as the owner.</summary>
    public Task<string> ReadAsync(string sql) => ScalarAsync<string>(sql);

    /// <summary>Changes the database as the owner, behind the portal's back.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(logins.ConnectionString(DatabaseRole.Owner));
        await connection.OpenAsync();
        await connection.ExecuteAsync(sql, CancellationToken.None);
    }

    /// <summary>Another node on the same database, without jobs; dispose it.</summary>
    public async Task<WebApplication> SecondNodeAsync(string folder, Func<PortalSettings, PortalSettings>? with = null)
    {
        var data = await DataFolder.OpenAsync(folder, PortalHome.Folder, CancellationToken.None);
        var settings = new PortalSettings(logins, data, "http://127.0.0.1:0", Demo: true) { Jobs = false };
        var node = WebPortal.Build(with?.Invoke(settings) ?? settings);
        await node.StartAsync();
        return node;
    }

    private async Task<T> ScalarAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(logins.ConnectionString(DatabaseRole.Owner));
        await connection.OpenAsync();
        return (await connection.ScalarAsync<T>(sql, CancellationToken.None))!;
    }
}
