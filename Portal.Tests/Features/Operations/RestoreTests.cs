using Npgsql;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

/// <summary>One story, told in its order: lost rows, a restore in place, then the whole database gone.</summary>
public sealed class RestoreTests(BackedUpPortal portal, TestCluster cluster) : IClassFixture<BackedUpPortal>
{
    [Fact]
    public async Task Restore_LostRowsThenLostDatabase_BringsEverythingBack()
    {
        var backup = portal.First.Backup!;
        var manifest = await portal.Settings.Place.OpenAsync(backup, portal.Key, default);
        await portal.Portal.Database.ExecuteAsync("INSERT INTO audit (act) SELECT 'later' FROM generate_series(1, 7)");
        Assert.InRange((await portal.LossesAsync(backup)).Tables.Single(loss => loss.Table == "public.audit").Lost, 7, 20);
        await portal.Portal.Database.ExecuteAsync("DELETE FROM finding; UPDATE installation SET mode = 'production', decided_at = now()");
        var stored = Directory.GetFiles(portal.Settings.Data.Files, "*", SearchOption.AllDirectories).Single();
        File.Delete(stored);

        // In place, while the portal has sessions open; what was there is kept under its name.
        await using var open = await portal.Portal.Database.OpenAsync(DatabaseRole.Province);
        await portal.Requests.AskAsync(portal.One, backup, default);
        var request = (await portal.Requests.OpenAsync(CommandContext.Console, default))!;
        var done = (await portal.Confirm.RunAsync(portal.Other, request.Id, null, default))!;
        Assert.Equal(portal.Settings.Logins.Database, done.Database);
        Assert.Equal(1, done.FilesPutBack);
        Assert.True(File.Exists(stored));
        Assert.Equal(manifest.Tables["public.finding"].Rows, await CountAsync("finding"));
        Assert.Equal(1, await CountAsync("audit WHERE act = 'backup-restored'"));
        Assert.Equal(0, await CountAsync("backup_run WHERE state = 'running'"));
        // The backup is from before the decision: it does not undo it.
        Assert.Equal(1, await CountAsync("installation WHERE mode = 'production'"));
        Assert.Contains(done.Kept, await portal.DatabasesAsync());
        await using (var kept = new NpgsqlConnection(cluster.Superuser(done.Kept!).ConnectionString))
        {
            await kept.OpenAsync();
            Assert.Equal((0, true), (await kept.ScalarAsync<long>("SELECT count(*) FROM finding", default),
                await kept.ScalarAsync<long>("SELECT version FROM data_version", default) < await CountAsync("generate_series(1, (SELECT version FROM data_version))")));
        }

        // The database is gone altogether: the same counts and hashes from the backup alone.
        NpgsqlConnection.ClearAllPools();
        await cluster.DropAsync(portal.Settings.Logins);
        await portal.RestoreAsync(backup, into: null);
        var again = await portal.RestoreAsync(backup, portal.Settings.Logins.Database + "_beside");
        Assert.Null(again.Kept);
        await BackupProof.CompareAsync(portal.Settings.Copies, again.Database, manifest, default);
        Assert.Equal(50, await CountAsync("result"));

        foreach (var name in (await portal.DatabasesAsync()).Where(name => name != portal.Settings.Logins.Database))
            await cluster.DropAsync(portal.Settings.Logins.On(name));
    }

    [Fact]
    public async Task Restore_NameThatIsTaken_IsRefused() => Assert.Equal(BackupFault.NameTaken,
        (await Assert.ThrowsAsync<BackupException>(() => portal.RestoreAsync(portal.First.Backup!, portal.Settings.Template))).Fault);

    [Fact]
    public async Task Confirm_ByTheOneWhoAsked_IsNotDone()
    {
        var (one, other) = (portal.One, portal.Other);
        Assert.True(await portal.Requests.AskAsync(one, portal.First.Backup!, default));
        Assert.False(await portal.Requests.AskAsync(other, portal.First.Backup!, default));
        var request = (await portal.Requests.OpenAsync(other, default))!;
        Assert.Null(await portal.Confirm.RunAsync(one, request.Id, null, default));
        // The others are told that it waits, whoever asked is not.
        Assert.Equal([(other.AccountId!.Value)], await portal.ToldAsync("SecondWord.Asked", portal.First.Backup!));
        // Nor by an account that was reset today, by one that is an administrator's no longer, or after its days; the database holds to it where the use-case is passed by.
        foreach (var (spoil, mend) in new[]
        {
            ("UPDATE account SET renewed_at = now() WHERE user_name = 'other'", "UPDATE account SET renewed_at = NULL"), ("UPDATE account SET renewed_at = now() WHERE user_name = 'one'", "UPDATE account SET renewed_at = NULL"),
            ("UPDATE account SET role = 'manager' WHERE user_name = 'one'", "UPDATE account SET role = 'admin', renewed_at = NULL WHERE user_name = 'one'; UPDATE account SET renewed_at = NULL"),
            ("UPDATE restore_request SET asked_at = asked_at - interval '8 days'", "UPDATE restore_request SET asked_at = asked_at + interval '8 days'"),
        })
        {
            await portal.Portal.Database.ExecuteAsync(spoil);
            Assert.Null(await portal.Confirm.RunAsync(other, request.Id, null, default));
            await using (var province = await portal.Portal.Database.OpenAsync(DatabaseRole.Province))
            {
                var refused = await Assert.ThrowsAsync<PostgresException>(() => province.ExecuteAsync(
                    "UPDATE restore_request SET state = 'confirmed', confirmed_by = $2, confirmed_name = '' WHERE id = $1", default, request.Id, other.AccountId));
                Assert.Equal("second_word_rule", refused.ConstraintName);
            }
            await portal.Portal.Database.ExecuteAsync(mend);
        }
        await portal.Requests.WithdrawAsync(other, request.Id, default);
        Assert.Null(await portal.Confirm.RunAsync(other, request.Id, null, default));
        Assert.Equal(BackupFault.NotThere, (await Assert.ThrowsAsync<BackupException>(() => portal.Requests.AskAsync(one, "../elsewhere", default))).Fault);
    }

    private async Task<long> CountAsync(string from) => (long)(await portal.Portal.Database.ReadAsync(DatabaseRole.Owner, $"SELECT count(*) FROM {from}"))!;
}
