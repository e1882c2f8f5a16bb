using System.Text;
using Npgsql;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Operations;

/// <summary>A backup is taken, spoilt in every way, and the spoiling found.</summary>
public sealed class BackupTests(BackedUpPortal portal) : IClassFixture<BackedUpPortal>
{
    private string Backup => portal.First.Backup!;

    [Fact]
    public async Task Take_SmallPortal_IsProvenWithEvidence()
    {
        Assert.True(portal.First.IsWell, $"{portal.First.Fault} {string.Join(" ", portal.First.Facts)}");
        var evidence = portal.First.Evidence!;
        Assert.True(evidence.AnswersCompared);
        Assert.Equal(3, evidence.Answers.Count);
        Assert.All(evidence.Answers, answer => Assert.True(answer is { Status: 200, Bytes: > 100 }, answer.ToString()));
        Assert.Equal(1, evidence.Files);
        Assert.All(["policies", "constraints", "triggers", "partitions", "indexes", "functions", "grants"], kind => Assert.InRange(evidence.Parts[kind], 10, 10000));
        Assert.Equal(Backup, portal.Kept);
        var manifest = await portal.Settings.Place.OpenAsync(Backup, portal.Key, default);
        Assert.Equal(50, manifest.Tables["public.result"].Rows);
        Assert.Contains("0014_backup_and_seal.sql", manifest.Migrations.Keys);
        Assert.True(manifest is { AuditPlace: > 0, AuditHash.Length: 64 });
        Assert.DoesNotContain(await portal.DatabasesAsync(), name => name.Contains("_proof_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Take_FilesOfTheBackup_AreNotReadable()
    {
        foreach (var file in Directory.GetFiles(portal.Settings.Folder, "*.qtb", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.StartsWith("QTB1", text, StringComparison.Ordinal);
            Assert.DoesNotContain("PGDMP", text, StringComparison.Ordinal);
            Assert.DoesNotContain("quantrac_province", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(BackupFault.FileDamaged, BackupPlace.DumpName)]
    [InlineData(BackupFault.FileDamaged, BackupPlace.RolesName)]
    [InlineData(BackupFault.ManifestDamaged, BackupPlace.ManifestName)]
    [InlineData(BackupFault.FileDamaged, "files")]
    public async Task Prove_FlippedBit_IsFoundAndRed(BackupFault fault, string file)
    {
        using var folder = new TempFolder();
        var spoilt = portal.Copied(folder);
        var path = PathOf(spoilt, file);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(path, bytes);
        await AssertRedAsync(spoilt, fault);
    }

    [Theory]
    [InlineData(BackupFault.FileTruncated, BackupPlace.DumpName)]
    [InlineData(BackupFault.FileTruncated, "files")]
    public async Task Prove_TruncatedFile_IsFoundAndRed(BackupFault fault, string file)
    {
        using var folder = new TempFolder();
        var spoilt = portal.Copied(folder);
        await using (var content = File.OpenWrite(PathOf(spoilt, file)))
            content.SetLength(content.Length - 1);
        await AssertRedAsync(spoilt, fault);
    }

    [Theory]
    [InlineData(BackupPlace.DumpName)]
    [InlineData("files")]
    public async Task Prove_MissingFile_IsFoundAndRed(string file)
    {
        using var folder = new TempFolder();
        var spoilt = portal.Copied(folder);
        File.Delete(PathOf(spoilt, file));
        await AssertRedAsync(spoilt, BackupFault.FileMissing);
    }

    [Fact]
    public async Task Prove_WrongKey_IsSaidSo()
    {
        using var folder = new TempFolder();
        await AssertRedAsync(portal.Copied(folder) with { Key = _ => Task.FromResult(BackupKey.Parse(new string('c', 64), "test")) }, BackupFault.KeyWrong);
    }

    [Theory]
    [InlineData(BackupFault.TableMissing, "public.integrity_report", "--exclude-table=integrity_report")]
    [InlineData(BackupFault.CountDiffers, "public.result", "--exclude-table-data=result_2021")]
    [InlineData(BackupFault.PartDiffers, "policies", "--exclude-table=none")]
    public async Task Prove_DumpThatLacksSomething_IsFoundByTheRestore(BackupFault fault, string fact, string option)
    {
        using var folder = new TempFolder();
        var spoilt = portal.Copied(folder);
        var manifest = await spoilt.Place.OpenAsync(Backup, portal.Key, default);
        if (fault == BackupFault.PartDiffers)
        {
            var policies = new Dictionary<string, string>(manifest.Parts["policies"]) { ["public.result another"] = "0123456789abcdef" };
            manifest = manifest with { Parts = new Dictionary<string, IReadOnlyDictionary<string, string>>(manifest.Parts) { ["policies"] = policies } };
        }
        var lacking = BackupPlace.NameOf(manifest.TakenAt.AddSeconds(1), "weekly");
        var draft = spoilt.Place.Begin(lacking);
        var (code, said) = await new PostgresClient(spoilt.Logins).RunAsync("pg_dump", DatabaseRole.Backup, spoilt.Logins.Database, ["-Fc", option], null, async output =>
        {
            var (hash, bytes) = await SealedFile.WriteAsync(portal.Key, output, Path.Combine(draft, BackupPlace.DumpName), default);
            manifest = manifest with { Dump = new(hash, bytes) };
        }, default);
        Assert.Equal((0, ""), (code, said));
        File.Copy(spoilt.Place.PathOf(Backup, BackupPlace.RolesName), Path.Combine(draft, BackupPlace.RolesName));
        // The live database has gone on since the first backup: what is compared here is only what is said to differ.
        var tables = manifest.Tables.Where(table => table.Key is "public.result" or "public.integrity_report").ToDictionary();
        await spoilt.Place.FinishAsync(lacking, manifest with { Tables = tables, Question = null }, portal.Key, default);

        var outcome = await portal.ProveAsync(spoilt, lacking);
        Assert.Equal((fault, fact, false), (outcome.Fault, outcome.Facts[0], outcome.Proven));
    }

    [Fact]
    public async Task Take_TooLittleRoom_SaysSoBeforeItBegins()
    {
        var outcome = await portal.TakeAsync(portal.Settings with { FreeBytes = _ => 1000 });
        Assert.Equal((BackupFault.NoSpace, null), (outcome.Fault, outcome.Backup));
        Assert.Equal("0", outcome.Facts[2]);
        Assert.Equal("failed NoSpace", await ReadAsync("SELECT state || ' ' || problem FROM backup_run ORDER BY id DESC LIMIT 1"));
        Assert.Equal("Backup.Red", await ReadAsync("SELECT coalesce((SELECT kind FROM notice ORDER BY id DESC LIMIT 1), 'Backup.Red')"));
    }

    [Fact]
    public async Task Take_DiskThatFillsUp_IsSaidAndNothingIsLeft()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make a small disk.");
        using var folder = new TempFolder();
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.Path) == 0, "No small disk can be mounted here.");
        try
        {
            var outcome = await portal.TakeAsync(portal.Settings with { Folder = folder.Path, FreeBytes = _ => long.MaxValue });
            Assert.Equal((BackupFault.DiskFull, null), (outcome.Fault, outcome.Backup));
            Assert.Empty(Directory.GetDirectories(folder.Path, "quantrac-*"));
        }
        finally
        {
            Run("umount", folder.Path);
        }
    }

    [Fact]
    public async Task Prove_ServerWithoutTemplate_SaysTheSql()
    {
        using var folder = new TempFolder();
        var outcome = await portal.ProveAsync(portal.Copied(folder) with { Template = "quantrac_no_template" }, Backup);
        Assert.Equal(BackupFault.TemplateMissing, outcome.Fault);
        Assert.Contains("CREATE EXTENSION IF NOT EXISTS postgis;", outcome.Facts[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_StoreThatLacksAFile_IsRedThoughTheDatabaseIsWhole()
    {
        using var folder = new TempFolder();
        var stored = Directory.GetFiles(portal.Settings.Data.Files, "*", SearchOption.AllDirectories).Single();
        File.Move(stored, stored + ".away");
        try
        {
            var outcome = await portal.TakeAsync(portal.Settings with { Folder = folder.Path });
            Assert.Equal((BackupFault.StoreIncomplete, false), (outcome.Fault, outcome.Proven));
            Assert.NotNull(outcome.Backup);
        }
        finally
        {
            File.Move(stored + ".away", stored);
        }
    }

    [Fact]
    public async Task Take_WithSecondPlace_CopiesAndReadsBack()
    {
        using var second = new TempFolder();
        var outcome = await portal.TakeAsync(portal.Settings with { Copy = second.Path }, "monthly");
        Assert.True(outcome.IsWell, $"{outcome.Fault} {string.Join(" ", outcome.Facts)}");
        var copy = portal.Settings with { Folder = second.Path };
        Assert.Equal([outcome.Backup!], copy.Place.Names());
        Assert.True((await portal.ProveAsync(copy, outcome.Backup!)).IsWell);
    }

    [Fact]
    public async Task Take_SecondPlaceThatCannotBeWritten_IsProvenAndSaysIt()
    {
        var outcome = await portal.TakeAsync(portal.Settings with { Copy = "/proc/nowhere" }, "daily");
        Assert.Equal((BackupFault.CopyFailed, true, false), (outcome.Fault, outcome.Proven, outcome.IsWell));
    }

    [Fact]
    public async Task Take_WhileAnotherRuns_IsBusy()
    {
        await using var other = await BackupHold.TakeAsync(portal.Settings.Logins, default);
        Assert.Equal(BackupFault.Busy, (await Assert.ThrowsAsync<BackupException>(() => portal.TakeAsync(portal.Settings))).Fault);
    }

    [Fact]
    public async Task Prove_CopyOfAKilledProof_IsCleared()
    {
        var left = portal.Settings.Copies.ProofName(DateTimeOffset.UnixEpoch);
        await portal.Settings.Copies.CreateAsync(left, default);
        using var folder = new TempFolder();
        Assert.True((await portal.ProveAsync(portal.Copied(folder), Backup)).IsWell);
        Assert.DoesNotContain(left, await portal.DatabasesAsync());
    }

    private async Task AssertRedAsync(BackupSettings settings, BackupFault fault)
    {
        var outcome = await portal.ProveAsync(settings, Backup);
        Assert.Equal((fault, false), (outcome.Fault, outcome.Proven));
        Assert.False(File.Exists(settings.Place.PathOf(Backup, BackupPlace.ProofName)));
    }

    private string PathOf(BackupSettings settings, string file) =>
        file == "files" ? Directory.GetFiles(Path.Combine(settings.Folder, "files"), "*", SearchOption.AllDirectories).Single() : settings.Place.PathOf(Backup, file);

    private async Task<string?> ReadAsync(string sql) => (string?)await portal.Portal.Database.ReadAsync(DatabaseRole.Owner, sql);

    private static int Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
