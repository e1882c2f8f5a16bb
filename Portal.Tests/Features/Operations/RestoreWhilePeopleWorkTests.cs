using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

/// <summary>A restore while two nodes serve and people hand in; and restores that are killed.</summary>
public sealed class RestoreWhilePeopleWorkTests(BackedUpPortal portal, TestCluster cluster) : IClassFixture<BackedUpPortal>
{
    private string Backup => portal.First.Backup!;

    private DatabaseLogins Logins => portal.Settings.Logins;

    [Fact]
    public async Task Restore_WhileTwoNodesServe_ClosesBothAndLosesNothing()
    {
        using var elsewhere = new TempFolder();
        await using var one = await NodeAsync(portal.Portal.Folder);
        // The second shares the database alone, no folder.
        await using var other = await NodeAsync(elsewhere.Path);
        var (circuit, hear, heard) = Circuit(other);
        await hear();
        Assert.Equal(1, heard());
        await WriteAsync();

        // Before: who works, what was written.
        var said = await RunAsync(1, "restore", Backup);
        Assert.Contains("manager", said, StringComparison.Ordinal);
        Assert.Equal(5, said.Split('\n').Count(line => line.Contains("Hồ sơ ", StringComparison.Ordinal) && line.Contains("late-", StringComparison.Ordinal)));
        Assert.Contains("Khóa tài khoản", said, StringComparison.Ordinal);

        // While: nobody gets in, nothing is heard, nothing is written.
        Task? held = null;
        var during = "";
        var before = await DatabaseAsync();
        var done = await portal.RestoreAsync(Backup, into: null, new AtStage(BackupStage.Restoring, async () =>
        {
            held = hear();
            Assert.All(new[] { one, other }, node => Assert.True(node.Services.GetRequiredService<Maintenance>().IsOn));
            foreach (var node in new[] { one, other })
            {
                using var browser = new HttpClient { BaseAddress = new Uri(node.Urls.Single()) };
                browser.DefaultRequestHeaders.Add("Accept", "text/html");
                var answer = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                Assert.Contains("Cổng đang tạm đóng để khôi phục dữ liệu", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
                using var negotiation = await browser.PostAsync(new Uri("/_blazor/negotiate?negotiateVersion=1", UriKind.Relative), null);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, negotiation.StatusCode);
            }
            foreach (var role in new[] { DatabaseRole.Province, DatabaseRole.Scoped, DatabaseRole.System, DatabaseRole.Guest })
                Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => portal.Portal.Database.OpenAsync(role))).SqlState);
            during = await RunAsync(1, "release", "Q1", "--as", "manager");
        }));
        Assert.Contains("Cổng đang đóng để khôi phục dữ liệu", during, StringComparison.Ordinal);
        Assert.Empty(done.Silent);
        Assert.NotEqual(before, await DatabaseAsync());
        await UntilOpenAsync(one, other);
        await held!;
        Assert.Equal((1, true), (heard(), circuit.IsOver));

        // After: the doors are as they were at the end, the audit says so, and each thing is offered.
        Assert.Equal((true, "changed"), (await ReadAsync<bool>("SELECT locked_at IS NOT NULL FROM account WHERE user_name = 'manager'"), await ReadAsync<string>("SELECT password_hash FROM account WHERE user_name = 'manager'")));
        Assert.Equal(0, await ReadAsync<long>("SELECT count(*) FROM account_session WHERE ended_at IS NULL"));
        Assert.True(File.Exists(AuditTail.PathOf(portal.Settings.Place, done.Kept!)));
        using (var entry = JsonDocument.Parse((await ReadAsync<string>("SELECT details::text FROM audit WHERE act = 'backup-restored'"))!))
        {
            Assert.Equal(done.Kept, entry.RootElement.GetProperty("kept").GetString());
            Assert.Equal("console", entry.RootElement.GetProperty("confirmed").GetString());
            Assert.InRange(entry.RootElement.GetProperty("entriesOnlyInKept").GetInt64(), 8, 40);
            Assert.Equal(64, entry.RootElement.GetProperty("keptHash").GetString()!.Length);
        }
        Assert.Equal(5, await ReadAsync<long>("SELECT count(*) FROM restore_leftover WHERE kind = 'submission' AND state = 'open'"));
        Assert.Equal("carried", await ReadAsync<string>("SELECT state FROM restore_leftover WHERE kind = 'rights' AND facts[1] = 'account-locked'"));

        // Two nights later the files that only the kept database names are still there.
        await TidyTwiceAsync();
        var taken = await RunAsync(0, "restored", "take", "all");
        Assert.Contains("Đã cấp lại tài khoản late", taken, StringComparison.Ordinal);
        Assert.Contains("mật khẩu một lần của late: ", taken, StringComparison.Ordinal);
        await RunAsync(0, "restored", "take", "all");
        Assert.Equal("accepted 1, draft 3, submitted 1", await ReadAsync<string>(
            "SELECT string_agg(state || ' ' || n, ', ' ORDER BY state) FROM (SELECT state, count(*) AS n FROM submission WHERE first_number IS NOT NULL AND file_name LIKE 'late-%' GROUP BY state) AS s"));
        Assert.True(await ReadAsync<bool>("SELECT bool_and(id > first_number AND first_at < created_at) FROM submission WHERE first_number IS NOT NULL"));
        Assert.Equal((0, 6), (await ReadAsync<long>("SELECT count(*) FROM restore_leftover WHERE state = 'open' AND kind <> 'act'"), await ReadAsync<long>("SELECT count(*) FROM audit WHERE act = 'leftover-taken'")));
    }

    [Fact]
    public async Task Restore_VerbAtWork_IsRefusedAndAllIsAsItWas()
    {
        await using var work = await PortalGate.ComeAsync(Logins, DatabaseRole.Owner, "reassess", default);
        await work.EnterAsync(AtGate.Verb, default);
        var refused = await Assert.ThrowsAsync<BackupException>(() => portal.RestoreAsync(Backup, into: null, patience: TimeSpan.FromMilliseconds(500)));
        Assert.Equal((BackupFault.VerbsAtWork, "reassess"), (refused.Fault, Assert.Single(refused.Facts)));
        await using var open = await portal.Portal.Database.OpenAsync(DatabaseRole.Scoped);
        Assert.False((await work.LookAsync(default)).Closed);
    }

    /// <summary>Both change their names, or neither: somebody sits in the restored copy whom nobody puts out, so that the second of the two fails.</summary>
    [Fact]
    public async Task Restore_SecondNameCannotChange_LeavesTheFirstAsItWas()
    {
        var (before, names) = (await DatabaseAsync(), await portal.DatabasesAsync());
        NpgsqlConnection? sits = null;
        var refused = await Assert.ThrowsAsync<BackupException>(() => portal.RestoreAsync(Backup, into: null, new AtStage(BackupStage.Switching, async () =>
        {
            var restored = (await portal.DatabasesAsync()).Single(name => name.Contains("_restored_", StringComparison.Ordinal));
            sits = new(new NpgsqlConnectionStringBuilder(cluster.Superuser(restored).ConnectionString) { Pooling = false }.ConnectionString);
            await sits.OpenAsync();
        })));
        await sits!.DisposeAsync();
        var after = await DatabaseAsync();
        await new Bootstrap(cluster.Superuser(Logins.Database), Logins).MendAsync(replacing: false, default);
        Assert.Equal((BackupFault.DatabaseInUse, before), (refused.Fault, after));
        Assert.Equal(names, await portal.DatabasesAsync());
    }

    // A real process, killed as soon as it says that it begins a step.
    [Theory]
    [InlineData(BackupStage.Restoring)]
    [InlineData(BackupStage.Carrying)]
    [InlineData(BackupStage.Switching)]
    public async Task Restore_KilledAtAStep_ComesUpAsBeforeOrAsAfter(BackupStage stage)
    {
        var (before, names) = (await DatabaseAsync(), await portal.DatabasesAsync());
        await KillAtAsync(BackupSentence.Of(stage, CultureInfo.GetCultureInfo("vi")));
        await new Bootstrap(new(Logins.ConnectionString(DatabaseRole.Owner)), Logins).MendAsync(replacing: false, default);

        var after = await portal.DatabasesAsync();
        Assert.Equal(await DatabaseAsync() == before ? names : [.. names, after[^1]], after);
        Assert.DoesNotContain(after, name => name.Contains("_restored_", StringComparison.Ordinal));
        foreach (var role in DatabaseRoles.All)
        {
            await using var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Logins.ConnectionString(role)) { Pooling = false }.ConnectionString);
            await open.OpenAsync();
        }
        Assert.Equal(50, await ReadAsync<long>("SELECT count(*) FROM result"));
    }

    [Fact]
    public async Task Mend_DatabaseThatIsGone_IsNeverReplacedByAnEmptyOne()
    {
        var logins = Logins.On($"{Logins.Database}_gone");
        var (kept, restored) = ($"{logins.Database}_before_20260101000000", $"{logins.Database}_restored_20260101000001");
        var bootstrap = new Bootstrap(cluster.Superuser(logins.Database), logins);
        await SuperuserAsync($"CREATE DATABASE \"{kept}\" OWNER quantrac_owner");
        // Only what a restore kept: which day is wanted is for a person to say.
        var refused = await Assert.ThrowsAsync<SetupException>(() => bootstrap.MendAsync(replacing: false, default));
        Assert.Equal((SetupFault.DatabaseGone, kept), (refused.Fault, refused.Facts[1]));
        await bootstrap.MendAsync(replacing: true, default);
        await bootstrap.RunAsync(default, withoutDatabase: true);
        Assert.DoesNotContain(logins.Database, await portal.DatabasesAsync());

        // Killed between the two renames of an older version: as before.
        await SuperuserAsync($"CREATE DATABASE \"{restored}\" OWNER quantrac_owner");
        await SuperuserAsync($"ALTER DATABASE \"{kept}\" WITH ALLOW_CONNECTIONS false");
        await bootstrap.MendAsync(replacing: false, default);
        Assert.Equal([logins.Database], (await portal.DatabasesAsync()).Where(name => name.StartsWith(logins.Database, StringComparison.Ordinal)));
        await using (var open = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(logins.ConnectionString(DatabaseRole.Owner)) { Pooling = false }.ConnectionString))
            await open.OpenAsync();
        await cluster.DropAsync(logins);
    }

    private async Task TidyTwiceAsync()
    {
        var store = portal.Settings.Data.Files;
        foreach (var file in Directory.GetFiles(store, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromDays(3));
        for (var night = 0; night < 2; night++)
        {
            await portal.Portal.WithAsync<PortalDatabase, Tidied>(database =>
            {
                database.ClearPools();
                return new TidyFiles(database, new FileStore(store), portal.Settings, TimeProvider.System).RunAsync(CommandContext.Console, default);
            });
        }
    }

    // Five hand-ins that were acknowledged, an account, a lock, a changed password.
    private async Task WriteAsync()
    {
        // The restores that were killed ended its connections.
        NpgsqlConnection.ClearAllPools();
        await portal.Portal.WithAsync<PortalDatabase, bool>(database =>
        {
            database.ClearPools();
            return Task.FromResult(true);
        });
        var late = await portal.Portal.AccountAsync("late", Role.Facility, "SONNMT");
        for (var file = 1; file <= 5; file++)
        {
            // The last one is a facility's: its login sees less.
            var by = file == 5 ? late : portal.Portal.Manager;
            var path = AgencySheet.WithEveryOddity().Write(Path.Combine(portal.Portal.Folder, $"late-{file}.xlsx"));
            if (file == 1)
                await portal.Portal.ImportAsync(portal.Portal.Manager, path);
            else
            {
                var (submission, _) = await portal.Portal.CheckAsync(by, path);
                if (file == 2)
                    await portal.Portal.WithAsync<SubmitSubmission, SubmissionProblemCode?>(submit => submit.RunAsync(portal.Portal.Manager, submission, new Dictionary<int, string> { [0] = "Kiểm thử" }, default));
            }
        }
        await portal.Portal.Database.ExecuteAsync(
            """
            UPDATE account SET password_hash = 'changed', locked_at = now(), locked_by = 'admin', locked_reason = 'lộ mật khẩu' WHERE user_name = 'manager';
            INSERT INTO audit (account_name, act, subject) VALUES ('admin', 'account-locked', 'manager');
            """);
    }

    private (SessionCircuit Circuit, Func<Task> Hear, Func<int> Heard) Circuit(WebApplication node)
    {
        var scope = node.Services.CreateScope();
        ((IHostEnvironmentNavigationManager)scope.ServiceProvider.GetRequiredService<NavigationManager>()).Initialize("http://localhost/", "http://localhost/intake");
        var circuit = scope.ServiceProvider.GetRequiredService<SessionCircuit>();
        node.Services.GetRequiredService<OpenCircuits>().Add("tried", circuit);
        var heard = 0;
        var handler = circuit.CreateInboundActivityHandler(_ =>
        {
            heard++;
            return Task.CompletedTask;
        });
        return (circuit, () => handler(null!), () => heard);
    }

    private async Task<WebApplication> NodeAsync(string folder)
    {
        Environment.SetEnvironmentVariable("Logging__Console__LogLevel__Default", "None");
        var node = WebPortal.Build(new(Logins, await DataFolder.OpenAsync(folder, PortalHome.Folder, default), "http://127.0.0.1:0", Demo: false) { Jobs = false });
        await node.StartAsync();
        return node;
    }

    private static async Task UntilOpenAsync(params WebApplication[] nodes)
    {
        foreach (var node in nodes)
            await node.Services.GetRequiredService<Maintenance>().WhenOpen.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private async Task<string[]> WordsAsync(string[] words)
    {
        var data = await DataFolder.OpenAsync(portal.Portal.Folder, PortalHome.Folder, default);
        await DataFolder.KeepSecretAsync(BackupKey.FileOf(data), new string('b', 64), default);
        await DataFolder.KeepSecretAsync(data.Logins, JsonSerializer.Serialize(DatabaseRoles.All.ToDictionary(
            role => role.RoleName(), role => new NpgsqlConnectionStringBuilder(Logins.ConnectionString(role)).Password)), default);
        return [.. words, "--data", data.Path, "--database", Logins.ConnectionString(DatabaseRole.Owner)];
    }

    private async Task<string> RunAsync(int code, params string[] words)
    {
        await using var output = new StringWriter();
        var ended = await Verbs.RunAsync(await WordsAsync(words), new CommandTexts(CultureInfo.GetCultureInfo("vi")), output, output);
        Assert.True(ended == code, $"{string.Join(' ', words)} ended with {ended}: {output}");
        return output.ToString();
    }

    private async Task KillAtAsync(string step)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "QuanTrac.Portal"), await WordsAsync(["restore", Backup, "--yes"])) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "vi_VN.UTF-8";
        using var process = Process.Start(start)!;
        List<string> said = [];
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (!line.Contains(step, StringComparison.Ordinal))
                continue;
            process.Kill();
            await process.WaitForExitAsync();
            await GoneAsync();
            return;
        }
        Assert.Fail(string.Join('\n', said));
    }

    // The server notices a moment later that its client is dead; children of the process, too, end by themselves.
    private async Task GoneAsync()
    {
        await using var server = new NpgsqlConnection(cluster.Superuser("postgres").ConnectionString);
        await server.OpenAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await server.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = 262022904 AND objid = hashtext($1)::oid)", limit.Token, Logins.Database))
            await Task.Delay(50, limit.Token);
    }

    private async Task<long> DatabaseAsync()
    {
        await using var server = new NpgsqlConnection(cluster.Superuser("postgres").ConnectionString);
        await server.OpenAsync();
        return await server.ScalarAsync<long>("SELECT oid::bigint FROM pg_database WHERE datname = $1", default, Logins.Database);
    }

    private async Task SuperuserAsync(string sql)
    {
        await using var server = new NpgsqlConnection(cluster.Superuser("postgres").ConnectionString);
        await server.OpenAsync();
        await server.ExecuteAsync(sql, default);
    }

    private async Task<T?> ReadAsync<T>(string sql)
    {
        await using var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Logins.ConnectionString(DatabaseRole.Owner)) { Pooling = false }.ConnectionString);
        await owner.OpenAsync();
        return await owner.ScalarAsync<T>(sql, default);
    }

    /// <summary>Looks around while a restore stands still at the beginning of a step.</summary>
    private sealed class AtStage(BackupStage stage, Func<Task> look) : IProgress<BackupStage>
    {
        public void Report(BackupStage value)
        {
            if (value == stage)
                Task.Run(look).GetAwaiter().GetResult();
        }
    }
}
