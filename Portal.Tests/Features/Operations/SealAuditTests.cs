using Npgsql;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

/// <summary>Each test begins with five sealed entries, 1 to 5.</summary>
public sealed class SealAuditTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly TestDatabase database = new(cluster);
    private readonly TempFolder folder = new();
    private PortalDatabase portal = null!;
    private BackupSettings backups = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        portal = new(database.Logins.ConnectionString);
        backups = BackupSettings.Of(database.Logins, await DataFolder.OpenAsync(folder.Path, PortalHome.Folder, default));
        await database.ExecuteAsync("TRUNCATE audit RESTART IDENTITY");
        foreach (var act in new[] { "a", "b", "c", "d", "e" })
            await database.ExecuteAsync($"INSERT INTO audit (act, subject, details) VALUES ('{act}', '\"quoted\"', '{{\"z\": 1, \"a\": [1.50, null]}}')");
        Assert.Equal(new SealOutcome(5, false), await SealAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Verify_Untouched_IsWholeAndASecondSealingAddsNothing()
    {
        var state = await VerifyAsync();
        Assert.Null(state.Break);
        Assert.Equal(5, state.Head!.Place);
        Assert.Equal(new SealOutcome(0, false), await SealAsync());
        await database.ExecuteAsync("INSERT INTO audit (act) VALUES ('f')");
        Assert.Equal(1, (await VerifyAsync()).Unsealed);
        Assert.Equal(1, (await SealAsync()).Sealed);
        Assert.Null((await VerifyAsync([("b", state.Head)])).Break);
    }

    [Theory]
    [InlineData(AuditBreakKind.Changed, 3, "UPDATE audit SET account_name = 'another' WHERE id = 3")]
    [InlineData(AuditBreakKind.Changed, 2, "UPDATE audit SET at = at - interval '1 microsecond' WHERE id = 2")]
    [InlineData(AuditBreakKind.Changed, 4, "UPDATE audit SET details = '{}' WHERE id >= 4")]
    [InlineData(AuditBreakKind.Deleted, 1, "DELETE FROM audit WHERE id = 1")]
    [InlineData(AuditBreakKind.Deleted, 5, "DELETE FROM audit WHERE id = 5")]
    [InlineData(AuditBreakKind.Inserted, 900, "INSERT INTO audit (id, at, act) OVERRIDING SYSTEM VALUE SELECT 900, at, 'forged' FROM audit WHERE id = 3")]
    [InlineData(AuditBreakKind.SealMissing, 3, "DELETE FROM audit_seal WHERE place = 2")]
    [InlineData(AuditBreakKind.Changed, 2, "UPDATE audit_seal SET hash = repeat('0', 64) WHERE place = 2")]
    public async Task Verify_TamperedWithAsSuperuser_FindsTheEntry(AuditBreakKind kind, long entry, string sql)
    {
        await using (var superuser = new NpgsqlConnection(cluster.Superuser(database.Logins.Database).ConnectionString))
        {
            await superuser.OpenAsync();
            await superuser.ExecuteAsync(sql, default);
        }
        Assert.Equal(new AuditBreak(kind, entry), (await VerifyAsync()).Break);
        // Nor does a later sealing take it in.
        await SealAsync();
        Assert.Equal(new AuditBreak(kind, entry), (await VerifyAsync()).Break);
    }

    [Fact]
    public async Task Verify_EndCutOffWithItsSeals_IsFoundByTheHeadInABackup()
    {
        var head = (await VerifyAsync()).Head!;
        await database.ExecuteAsync("DELETE FROM audit WHERE id = 5; DELETE FROM audit_seal WHERE place = 5");
        Assert.Null((await VerifyAsync()).Break);
        Assert.Equal(new AuditBreak(AuditBreakKind.HeadDiffers, 0, "weekly"), (await VerifyAsync([("weekly", head)])).Break);
    }

    [Fact]
    public async Task Verify_HeadOfABackupThatARestoreWentBehind_IsNoBreak()
    {
        var (between, now) = (new AuditHead(900, new string('0', 64)), DateTimeOffset.UnixEpoch.AddYears(60));
        var (older, later) = (BackupPlace.NameOf(now.AddDays(-9), "weekly"), BackupPlace.NameOf(now.AddDays(-2), "weekly"));
        await database.ExecuteAsync($"INSERT INTO audit (at, act, subject) VALUES ('{now:O}', 'backup-restored', '{older}')");
        Assert.Null((await VerifyAsync([(later, between)])).Break);
        Assert.Equal(AuditBreakKind.HeadDiffers, (await VerifyAsync([(older, between)])).Break!.Kind);
        Assert.Equal(AuditBreakKind.HeadDiffers, (await VerifyAsync([(BackupPlace.NameOf(now.AddDays(1), "weekly"), between)])).Break!.Kind);
    }

    [Fact]
    public async Task Seal_EntryOfARunningTransaction_IsWaitedForAndSealed()
    {
        await using var slow = await database.OpenAsync(DatabaseRole.Province);
        await using var transaction = await slow.BeginTransactionAsync();
        await slow.ExecuteAsync("INSERT INTO audit (act) VALUES ('slow')", default);
        await database.ExecuteAsync("INSERT INTO audit (act) VALUES ('quick')");
        var sealing = SealAsync();
        // The business goes on while the sealing waits.
        await database.ExecuteAsync("INSERT INTO audit (act) VALUES ('meanwhile')");
        await transaction.CommitAsync();
        Assert.False((await sealing).HeldUp);
        await SealAsync();
        Assert.Null((await VerifyAsync()).Break);
        Assert.Equal((8, 0), (((await VerifyAsync()).Head!.Place), (await VerifyAsync()).Unsealed));
    }

    [Fact]
    public async Task Seal_ByTwoNodesAtOnce_SealsEachEntryOnce()
    {
        for (var i = 0; i < 20; i++)
            await database.ExecuteAsync("INSERT INTO audit (act) VALUES ('more')");
        var runs = await Task.WhenAll(SealAsync(), SealAsync(), SealAsync());
        Assert.Equal(20, runs.Sum(run => run.Sealed));
        Assert.Null((await VerifyAsync()).Break);
    }

    [Theory]
    [InlineData("INSERT INTO audit_seal VALUES (99, 99, repeat('0', 64), now())")]
    [InlineData("UPDATE audit_seal SET hash = repeat('0', 64)")]
    [InlineData("DELETE FROM audit_seal")]
    public async Task Seals_ByTheLoginsOfAccounts_AreNotWritten(string sql)
    {
        foreach (var role in new[] { DatabaseRole.Province, DatabaseRole.Scoped, DatabaseRole.Guest, DatabaseRole.System, DatabaseRole.Backup })
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsync(role, sql))).SqlState);
    }

    private Task<SealOutcome> SealAsync() => new SealAudit(portal).RunAsync(CommandContext.Console, default);

    private Task<AuditState> VerifyAsync(IReadOnlyCollection<(string, AuditHead)>? known = null) =>
        new VerifyAudit(portal, backups).RunAsync(CommandContext.Console, known ?? [], default);
}
