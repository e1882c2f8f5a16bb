using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Features.Demo;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace QuanTrac.Portal.Tests.Support;

/// <summary>
/// The PostgreSQL of the tests: a private cluster under <c>test/</c> of the data folder, started when the first test
/// asks and stopped after the last. A migrated template is kept from run to run while program, migrations and seed are the same.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    // Tests may be killed at any time, and a crash of the machine may cost this cluster: speed before safety.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["fsync"] = "off", ["synchronous_commit"] = "off", ["full_page_writes"] = "off", ["max_connections"] = "200",
    };

    private readonly SemaphoreSlim _gate = new(1);
    private ClusterUse? _use;
    private NpgsqlConnectionStringBuilder _superuser = null!;
    private int _databases;
    private string _loginsFile = "";

    /// <summary>The logins; <see cref="DatabaseLogins.On"/> points them at a database.</summary>
    public DatabaseLogins Logins { get; private set; } = null!;

    /// <summary>The name of the migrated template; empty before the start.</summary>
    private string Template { get; set; } = "";

    /// <summary>The name of the template with the demo data; empty before the first test that asks for it.</summary>
    private string DemoTemplate { get; set; } = "";

    /// <summary>A new database of the current schema with reference data.</summary>
    public async Task<DatabaseLogins> CreateDatabaseAsync()
    {
        await StartAsync();
        return await CopyAsync(Template);
    }

    /// <summary>A new database with the demo data too (not their files).</summary>
    public async Task<DatabaseLogins> CreateDemoDatabaseAsync()
    {
        await StartAsync();
        await _gate.WaitAsync();
        try
        {
            if (DemoTemplate.Length == 0)
                DemoTemplate = await MakeTemplateAsync("demo", "QuanTrac.Portal*.dll", Template, FillWithDemoAsync);
        }
        finally
        {
            _gate.Release();
        }

        return await CopyAsync(DemoTemplate);
    }

    /// <summary>A new database with extensions and nothing else.</summary>
    public async Task<DatabaseLogins> CreateEmptyDatabaseAsync()
    {
        await StartAsync();
        return await CopyAsync(DatabaseHost.DefaultDatabase);
    }

    /// <summary>The same database by a wire that a test can cut.</summary>
    public async Task<(DatabaseLogins Logins, CutWire Wire)> ByWireAsync(DatabaseLogins database)
    {
        var wire = new CutWire(Path.Combine(_superuser.Host!, $".s.PGSQL.{_superuser.Port}"));
        return (await DatabaseLogins.LoadAsync(wire.To(database.Database), _loginsFile, CancellationToken.None), wire);
    }

    /// <summary>A connection as superuser, for what no login of the portal may do.</summary>
    public NpgsqlConnectionStringBuilder Superuser(string database) =>
        new(_superuser.ConnectionString) { Database = database };

    /// <summary>Drops a database made here, whoever is still connected.</summary>
    public Task DropAsync(DatabaseLogins database) => ExecuteAsync($"DROP DATABASE IF EXISTS \"{database.Database}\" WITH (FORCE)");

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_use is not null)
        {
            await _use.DisposeAsync();
        }

        _gate.Dispose();
    }

    private async Task StartAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (Template.Length > 0)
            {
                return;
            }

            var home = await DataFolder.OpenAsync(null, PortalHome.Folder, CancellationToken.None);
            var data = await DataFolder.OpenAsync(home.In("test"), PortalHome.Folder, CancellationToken.None);
            var cluster = new PrivateCluster(data, Settings);
            _use ??= await ClusterUse.BeginAsync(data, cluster, CancellationToken.None);
            _superuser = await cluster.SuperuserAsync("postgres", CancellationToken.None);
            var bare = Superuser(DatabaseHost.DefaultDatabase);
            _loginsFile = data.Logins;
            Logins = await DatabaseLogins.LoadAsync(bare, data.Logins, CancellationToken.None);
            await new Bootstrap(bare, Logins).RunAsync(CancellationToken.None);
            await new Bootstrap(bare, Logins).EnsureTemplateAsync(CancellationToken.None);
            await DropLeftoversAsync();
            Template = await MakeTemplateAsync("template", "QuanTrac.Portal.D*.dll", DatabaseHost.DefaultDatabase, FillAsync);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<string> MakeTemplateAsync(string prefix, string program, string from, Func<DatabaseLogins, Task> fill)
    {
        var name = $"{prefix}_{await FingerprintAsync(program)}";
        if ((await NamesAsync(name)).Count == 0)
        {
            foreach (var old in await NamesAsync($"{prefix}\\_%"))
            {
                await ExecuteAsync($"DROP DATABASE IF EXISTS \"{old}\" WITH (FORCE)");
            }

            // Takes its name when it is whole: a killed run leaves no half template.
            var draft = await CopyAsync(from);
            await fill(draft);
            await ExecuteAsync($"ALTER DATABASE \"{draft.Database}\" RENAME TO {name}");
        }

        return name;
    }

    /// <summary>What every test database starts from: the schema, then the reference data.</summary>
    private static async Task FillAsync(DatabaseLogins database)
    {
        var owner = new NpgsqlConnectionStringBuilder(database.ConnectionString(DatabaseRole.Owner)) { Pooling = false };
        await new Migrator(PortalHome.Migrations).MigrateAsync(owner.ConnectionString, CancellationToken.None);
        await ReferenceLoader.LoadAsync(owner.ConnectionString, PortalHome.Seed, CancellationToken.None);
    }

    private static async Task FillWithDemoAsync(DatabaseLogins database)
    {
        using var files = new TempFolder();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPortal(login => new NpgsqlConnectionStringBuilder(database.ConnectionString(login)) { Pooling = false }.ConnectionString, files.Path);
        await using var portal = services.BuildServiceProvider();
        await DemoData.EnsureAsync(portal, database.ConnectionString(DatabaseRole.Owner), CancellationToken.None);
    }

    // The name tells the process: what a dead one left behind is dropped, what a running one uses is not.
    private async Task<DatabaseLogins> CopyAsync(string template)
    {
        var name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"CREATE DATABASE {name} OWNER quantrac_owner TEMPLATE \"{template}\"");
        await ExecuteAsync($"GRANT CONNECT, TEMPORARY ON DATABASE {name} TO quantrac_province, quantrac_scoped, quantrac_system, quantrac_backup, quantrac_guest");
        await ExecuteAsync($"REVOKE ALL ON DATABASE {name} FROM PUBLIC");
        return Logins.On(name);
    }

    private async Task DropLeftoversAsync()
    {
        foreach (var name in await NamesAsync("test\\_%"))
        {
            if (!Directory.Exists($"/proc/{name.Split('_')[1]}") || name.StartsWith($"test_{Environment.ProcessId}_", StringComparison.Ordinal))
            {
                await ExecuteAsync($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            }
        }
    }

    private static async Task<string> FingerprintAsync(string program)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var files = new[] { PortalHome.Migrations, PortalHome.Seed }.Where(Directory.Exists)
            .SelectMany(folder => Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, program))
            .Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(file));
            hash.AppendData(await File.ReadAllBytesAsync(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private async Task<List<string>> NamesAsync(string pattern)
    {
        await using var connection = new NpgsqlConnection(_superuser.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT datname::text FROM pg_database WHERE datname LIKE $1", connection)
        {
            Parameters = { new() { Value = pattern } },
        };
        List<string> names = [];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_superuser.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
