using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Bench;

/// <summary>A private cluster in a temporary folder, with the portal's own settings, schema and reference data; gone when disposed.</summary>
internal sealed class Bed : IAsyncDisposable
{
    /// <summary>The password of the accounts made here.</summary>
    public const string Password = "A-bench-password-26";

    private Bed(DatabaseHost host) => (Host, Portal) = (host, CommandContext.Portal(host));

    public DatabaseHost Host { get; }

    /// <summary>The use-cases.</summary>
    public ServiceProvider Portal { get; }

    public static async Task<Bed> OpenAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"quantrac-bench-{Environment.ProcessId}");
        var host = await DatabaseHost.OpenAsync(await DataFolder.OpenAsync(folder, PortalHome.Folder, default), null, default);
        await new Migrator(PortalHome.Migrations).MigrateAsync(host.Logins.ConnectionString(DatabaseRole.Owner), default);
        await ReferenceLoader.LoadAsync(host.Logins.ConnectionString(DatabaseRole.Owner), PortalHome.Seed, default);
        return new(host);
    }

    /// <summary>The owner of the tables, whom no row-level policy holds back.</summary>
    public Task<NpgsqlConnection> OpenOwnerAsync() => OpenAsync(Host.Logins.ConnectionString(DatabaseRole.Owner));

    /// <summary>The superuser, for generating without triggers.</summary>
    public async Task<NpgsqlConnection> OpenSuperuserAsync() =>
        await OpenAsync((await new PrivateCluster(Host.Data).SuperuserAsync(Host.Logins.Database, default)).ConnectionString);

    /// <summary>The database as an account sees it.</summary>
    public Task<PortalDb> OpenAsync(Domain.Access.Access access) => Portal.GetRequiredService<PortalDatabase>().OpenAsync(access);

    /// <summary>Makes an account and gives its access.</summary>
    public async Task<Domain.Access.Access> AccountAsync(string name, Role role, string organisation)
    {
        await using var scope = Portal.CreateAsyncScope();
        var (_, problems) = await scope.ServiceProvider.GetRequiredService<CreateAccount>()
            .RunAsync(CommandContext.Console, name, role, organisation, Password);
        return problems.Count == 0
            ? await CommandContext.AccessAsync(scope.ServiceProvider, name, default)
            : throw new InvalidOperationException($"{name}: {string.Join(", ", problems)}");
    }

    /// <summary>Runs one step with a use-case.</summary>
    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> step) where TService : notnull
    {
        await using var scope = Portal.CreateAsyncScope();
        return await step(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Host.DisposeAsync();
        Directory.Delete(Host.Data.Path, recursive: true);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return connection;
    }
}
