using Npgsql;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

/// <summary>Each test begins with six sealed entries: 1 to 3 are 60 months old, 4 is 30 months old, 5 and 6 are of now.</summary>
public sealed class ExpireAuditTests(TestCluster cluster) : IAsyncLifetime
{
    private const string Refused = "42501";
    private const string Asked =
        """
        SELECT portal_expire_audit(0, p, (SELECT hash FROM audit_seal WHERE place = p), (SELECT min(at) FROM audit WHERE id <= p), (SELECT max(at) FROM audit WHERE id <= p), now(), repeat('0', 64))
        FROM (VALUES (5::bigint)) AS asked (p)
        """;

    private readonly TestDatabase database = new(cluster);
    private readonly TempFolder folder = new();
    private PortalDatabase portal = null!;
    private BackupSettings backups = null!;

    public async ValueTask InitializeAsync()
    {
        await database.InitializeAsync();
        portal = new(database.Logins.ConnectionString);
        backups = BackupSettings.Of(database.Logins, await DataFolder.OpenAsync(folder.Path, PortalHome.Folder, default)) with
        {
            Key = _ => Task.FromResult(BackupKey.Parse(new string('7', 64), "")),
        };
        await database.ExecuteAsync(
            """
            TRUNCATE audit RESTART IDENTITY;
            INSERT INTO audit (at, act) SELECT now() - months * interval '1 month', 'submitted' FROM unnest(ARRAY[60, 60, 60, 30]) WITH ORDINALITY AS old (months, nr) ORDER BY nr;
            INSERT INTO audit (act) VALUES ('submitted'), ('submitted');
            """);
        Assert.Equal(6, await SealAsync());
        await AgreeAsync();
    }

    // Two administrators agreed on the least.
    private Task AgreeAsync() => database.ExecuteAsync(
        """
        INSERT INTO second_word (kind, subject, facts, reason, asked_by, asked_name, state, confirmed_by, confirmed_name, confirmed_at)
        VALUES ('audit-months', '36 → 24', '{"months": 24}', 't', 1, 't', 'confirmed', 2, 't', now())
        """);

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await database.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Expire_FewerMonthsThanTwoPersonsAgreed_KeepsWhatWasAgreed()
    {
        await database.ExecuteAsync("DELETE FROM second_word");
        Assert.Equal(3, (await ExpireAsync(24))!.Through);
        Assert.Null(await ExpireAsync(24));
        // Neither does the database where the use-case is passed by.
        var refused = await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsync(DatabaseRole.Province,
            "SELECT portal_expire_audit(3, 4, (SELECT hash FROM audit_seal WHERE place = 4), (SELECT at FROM audit WHERE id = 4), (SELECT at FROM audit WHERE id = 4), now(), repeat('0', 64))"));
        Assert.Equal("audit_not_agreed", refused.MessageText);
        await AgreeAsync();
        Assert.Equal(4, (await ExpireAsync(24))!.Through);
    }

    // A portal that has made no backup yet may have no key.
    [Fact]
    public async Task Expire_NothingOldAndNoKey_DoesNothing()
    {
        backups = backups with { Key = cancel => throw new BackupException(BackupFault.KeyMissing) };
        Assert.Null(await ExpireAsync(72));
        await Assert.ThrowsAsync<BackupException>(() => ExpireAsync(36));
        Assert.Equal("1 2 3 4 5 6", await IdsAsync());
    }

    [Fact]
    public async Task Expire_WhatIsOld_LeavesACheckpointFromWhichTheChainGoesOn()
    {
        Assert.Null((await VerifyAsync()).Break);
        var checkpoint = (await ExpireAsync(36))!;
        Assert.Equal((0, 3, 3), (checkpoint.After, checkpoint.Through, checkpoint.Entries));
        // 7 is what the deletion itself left in the audit.
        Assert.Equal("4 5 6 7", await IdsAsync());
        Assert.Equal("audit-expired 3", await database.ReadAsync(DatabaseRole.Owner, "SELECT act || ' ' || subject FROM audit WHERE id = 7"));
        var state = await VerifyAsync();
        Assert.Null(state.Break);
        Assert.Equal((6, 3), (state.Head!.Place, state.Checkpoint!.Through));
        Assert.Equal(1, await SealAsync());
        Assert.Equal(7, (await VerifyAsync()).Head!.Place);
        Assert.Null((await VerifyAsync()).Break);

        // A second time nothing, and with a shorter time the next one.
        Assert.Null(await ExpireAsync(36));
        Assert.Equal((3, 4, 1), await ExpireAsync(24) is { } next ? (next.After, next.Through, next.Entries) : default);
        Assert.Null((await VerifyAsync()).Break);
        await database.ExecuteAsync("DELETE FROM audit_checkpoint WHERE through_place = 3");
        Assert.Equal(new AuditBreak(AuditBreakKind.CheckpointMissing, 0, "3"), (await VerifyAsync()).Break);
    }

    [Theory]
    [InlineData(AuditBreakKind.CheckpointForged, 0, "3", "UPDATE audit_checkpoint SET last_at = last_at + interval '1 day'")]
    [InlineData(AuditBreakKind.CheckpointForged, 0, "3", "UPDATE audit_checkpoint SET at = at - interval '1 microsecond'")]
    [InlineData(AuditBreakKind.CheckpointForged, 0, "3", "UPDATE audit_checkpoint SET hash = repeat('0', 64)")]
    [InlineData(AuditBreakKind.CheckpointForged, 0, "3", "UPDATE audit_checkpoint SET after_place = 1, entries = 2")]
    [InlineData(AuditBreakKind.CheckpointForged, 0, "4", "UPDATE audit_checkpoint SET through_place = 4, entries = 4; DELETE FROM audit WHERE id = 4; DELETE FROM audit_seal WHERE place = 4")]
    [InlineData(AuditBreakKind.CheckpointMissing, 4, "3", "DELETE FROM audit_checkpoint")]
    [InlineData(AuditBreakKind.SealMissing, 5, "", "DELETE FROM audit_seal WHERE place = 4")]
    [InlineData(AuditBreakKind.SealMissing, 5, "", "DELETE FROM audit WHERE id = 4; DELETE FROM audit_seal WHERE place = 4")]
    [InlineData(AuditBreakKind.Deleted, 4, "", "DELETE FROM audit WHERE id = 4")]
    [InlineData(AuditBreakKind.Changed, 4, "", "UPDATE audit SET subject = 'another' WHERE id = 4")]
    public async Task Verify_TamperedWithAfterADeletion_FindsThePlace(AuditBreakKind kind, long entry, string source, string sql)
    {
        await ExpireAsync(36);
        await SealAsync();
        await database.ExecuteAsync(sql);
        Assert.Equal(new AuditBreak(kind, entry, source), (await VerifyAsync()).Break);
    }

    [Fact]
    public async Task Verify_HeadsOfBackups_AreComparedFromTheCheckpointOn()
    {
        await ExpireAsync(36);
        var (later, wrong) = (BackupPlace.NameOf(TimeProvider.System.GetUtcNow(), "weekly"), new string('0', 64));
        // What a backup from before tells of, the checkpoint stands for.
        Assert.Null((await VerifyAsync([(later, new(2, wrong))])).Break);
        Assert.Equal(new AuditBreak(AuditBreakKind.HeadDiffers, 0, later), (await VerifyAsync([(later, new(3, wrong))])).Break);
        Assert.Equal(new AuditBreak(AuditBreakKind.HeadDiffers, 5, later), (await VerifyAsync([(later, new(5, wrong))])).Break);
        Assert.Equal(new AuditBreak(AuditBreakKind.HeadDiffers, 0, later), (await VerifyAsync([(later, new(99, wrong))])).Break);
    }

    [Fact]
    public async Task Expire_ChainIsBroken_KeepsEverything()
    {
        await database.ExecuteAsync("UPDATE audit SET subject = 'another' WHERE id = 2");
        await Assert.ThrowsAsync<InvalidOperationException>(() => ExpireAsync(36));
        Assert.Equal("1 2 3 4 5 6", await IdsAsync());
    }

    [Fact]
    public async Task Expire_EverythingIsOld_KeepsTheNewestLink()
    {
        await database.ExecuteAsync("DELETE FROM audit WHERE id > 4; DELETE FROM audit_seal WHERE place > 4");
        Assert.Equal(3, (await ExpireAsync(24))!.Through);
        Assert.Null((await VerifyAsync()).Break);
    }

    [Theory]
    [InlineData("audit_too_young", 5)]
    [InlineData("audit_newest_link", 4, "DELETE FROM audit WHERE id > 4; DELETE FROM audit_seal WHERE place > 4")]
    [InlineData("audit_differs", 3, "UPDATE audit_seal SET hash = repeat('1', 64) WHERE place = 3", "repeat('0', 64)")]
    [InlineData("audit_differs", 9)]
    // One that was deleted by hand leaves a gap that no checkpoint covers.
    [InlineData("audit_differs", 3, "DELETE FROM audit WHERE id = 2")]
    public async Task Function_AskedForWhatMustStay_Refuses(string reason, int place, string before = "", string? hash = null)
    {
        if (before.Length > 0)
            await database.ExecuteAsync(before);
        var asked = Asked.Replace("5::bigint", $"{place}::bigint", StringComparison.Ordinal);
        if (hash is not null)
            asked = asked.Replace("(SELECT hash FROM audit_seal WHERE place = p)", hash, StringComparison.Ordinal);
        // Not even the owner of the tables gets around it by asking.
        foreach (var role in new[] { DatabaseRole.Province, DatabaseRole.Owner })
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsync(role, asked));
            Assert.Equal(("23514", reason), (fault.SqlState, fault.MessageText));
        }
    }

    [Fact]
    public async Task Function_OfOneEntryOf23Months_Refuses()
    {
        await database.ExecuteAsync("UPDATE audit SET at = now() - interval '23 months' WHERE id = 3");
        Assert.Equal("audit_too_young", (await Assert.ThrowsAsync<PostgresException>(
            () => database.ReadAsync(DatabaseRole.Province, Asked.Replace("5::bigint", "3::bigint", StringComparison.Ordinal)))).MessageText);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ExpireAsync(23));
    }

    [Theory]
    [InlineData(Asked)]
    [InlineData("DELETE FROM audit_checkpoint")]
    [InlineData("INSERT INTO audit_checkpoint VALUES (1, 0, repeat('0', 64), 1, now(), now(), now(), repeat('0', 64))")]
    public async Task Checkpoints_ByOtherLogins_AreNotWritten(string sql)
    {
        foreach (var role in new[] { DatabaseRole.Scoped, DatabaseRole.Guest, DatabaseRole.System, DatabaseRole.Backup })
            Assert.Equal(Refused, (await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsync(role, sql))).SqlState);
        if (sql != Asked)
            Assert.Equal(Refused, (await Assert.ThrowsAsync<PostgresException>(() => database.ReadAsync(DatabaseRole.Province, sql))).SqlState);
    }

    [Theory]
    [InlineData(null, 36)]
    [InlineData("", 36)]
    [InlineData("24", 24)]
    [InlineData("120", 120)]
    [InlineData("23", 0)]
    [InlineData("-36", 0)]
    [InlineData("36.5", 0)]
    [InlineData("three years", 0)]
    public void Months_AsSet_AreNeverFewerThan24(string? set, int months)
    {
        if (months > 0)
            Assert.Equal(months, ExpireAudit.MonthsOf(set));
        else
            Assert.Contains(ExpireAudit.Variable, Assert.Throws<InvalidOperationException>(() => ExpireAudit.MonthsOf(set)).Message, StringComparison.Ordinal);
    }

    private async Task<int> SealAsync() => (await new SealAudit(portal).RunAsync(CommandContext.Console, default)).Sealed;

    private Task<AuditState> VerifyAsync(IReadOnlyCollection<(string, AuditHead)>? known = null) =>
        new VerifyAudit(portal, backups).RunAsync(CommandContext.Console, known ?? [], default);

    private Task<AuditCheckpoint?> ExpireAsync(int months) =>
        new ExpireAudit(portal, new(portal, backups), backups, TimeProvider.System).RunAsync(CommandContext.Console, months, default);

    private async Task<string> IdsAsync() => (string)(await database.ReadAsync(DatabaseRole.Owner, "SELECT string_agg(id::text, ' ' ORDER BY id) FROM audit"))!;
}
