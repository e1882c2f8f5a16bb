using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Areas;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Migrations;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Notices;
using QuanTrac.Portal.Features.Operations;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>What the doctor looks at.</summary>
/// <param name="Owner">The owner's connection to the database.</param>
public sealed record Patient(CommandContext Context, DatabaseHost Host, NpgsqlConnection Owner)
{
    public DataFolder Data => Host.Data;

    public bool IsPrivateCluster => Context.GivenDatabase is null;

    public DateTimeOffset Now => Context.Clock.GetUtcNow();

    public static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : null;
}

/// <summary>One thing to look at.</summary>
/// <param name="Name">The key of its heading: <c>Check.(Name)</c>.</param>
public sealed record Check(string Name, Func<Patient, CancellationToken, Task<IEnumerable<Finding>>> LookAsync)
{
    /// <summary>Whether it asks tables, which are there once the schema is up to date.</summary>
    public bool NeedsSchema { get; init; }
}

/// <summary>The list of what the doctor looks at, in the order in which it says it. What is only gathered is gathered here; what it means is judged in the
/// classes beside.</summary>
public static class Checks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("Versions", VersionsAsync), new("Schema", SchemaAsync), new("Demo", DemoAsync) { NeedsSchema = true },
        new("Administrators", AdministratorsAsync) { NeedsSchema = true }, new("Door", DoorAsync),
        new("Rights", (patient, cancel) => RightsCheck.LookAsync(patient.Owner, patient.Host.OpenBeside, cancel)), new("Secrets", SecretsAsync), new("Places", PlacesAsync),
        new("Backups", BackupsAsync), new("Clock", ClockAsync), new("Scanner", ScannerAsync), new("Mail", MailAsync),
    ];

    private static async Task<IEnumerable<Finding>> VersionsAsync(Patient patient, CancellationToken cancel)
    {
        List<Finding> found =
        [
            LeastVersions.Of("dotnet", RuntimeInformation.FrameworkDescription), LeastVersions.Of("postgresql", patient.Owner.ServerVersion),
            LeastVersions.Of("postgis", await patient.Owner.ScalarAsync<string>("SELECT extversion FROM pg_extension WHERE extname = 'postgis'", cancel) ?? ""),
        ];
        // The programs dump and restore: they may be older or newer than a server that is not ours.
        if (patient.IsPrivateCluster)
            found.Add(Finding.Green("Cluster", patient.Data.Cluster, PostgresPrograms.Find(patient.Data).Folder, ServerUser.UserName));
        found.Add(await ShapefileZip.ProgramAsync(cancel) is { } gdal ? Finding.Green("Gdal.Well", gdal) : Finding.Yellow("Gdal.Missing"));
        return found;
    }

    private static async Task<IEnumerable<Finding>> SchemaAsync(Patient patient, CancellationToken cancel)
    {
        var logins = patient.Host.Logins;
        var pending = await new Migrator(PortalHome.Migrations).PendingAsync(logins.ConnectionString(DatabaseRole.Owner), cancel);
        if (pending.Count > 0)
            return [Finding.Red("Schema.Pending", string.Join(", ", pending))];
        return
        [
            Finding.Green("Schema.Well", logins.Server, logins.Database),
            (await Health.CheckAsync(logins, PortalHome.Migrations, cancel)).IsReady() ? Finding.Green("Reference.Well") : Finding.Red("Reference.Missing"),
        ];
    }

    private static async Task<IEnumerable<Finding>> DemoAsync(Patient patient, CancellationToken cancel) => AccountsJudge.OfDemo(
        await Installation.ModeAsync(patient.Owner, cancel), await Installation.DemoAccountsAsync(patient.Owner, cancel),
        await patient.Owner.ScalarAsync<long>("SELECT count(*) FROM organisation WHERE origin = 'demo'", cancel));

    private static async Task<IEnumerable<Finding>> AdministratorsAsync(Patient patient, CancellationToken cancel)
    {
        var (open, secondStep) = (await patient.Owner.ListAsync(
            "SELECT count(*), count(*) FILTER (WHERE two_factor_enabled) FROM account WHERE role = 'admin' AND NOT demo AND portal_account_open(id)",
            row => (row.GetInt64(0), row.GetInt64(1)), cancel)).Single();
        var bare = await patient.Owner.ScalarAsync<long>("SELECT count(*) FROM data_protection_key WHERE xml NOT LIKE '%<encryptedSecret%'", cancel);
        return [AccountsJudge.OfAdministrators(open, secondStep), AccountsJudge.OfCookieKeys(bare)];
    }

    private static async Task<IEnumerable<Finding>> DoorAsync(Patient patient, CancellationToken cancel)
    {
        var door = new DoorSettings(
            Patient.Setting("QUANTRAC_LISTEN") ?? "127.0.0.1", Patient.Setting("QUANTRAC_ADDRESS"), Patient.Setting(Proxies.Variable), Patient.Setting(AdminAddresses.Variable),
            Patient.Setting("ASPNETCORE_FORWARDEDHEADERS_ENABLED"));
        var found = DoorJudge.Of(door);
        return Uri.TryCreate(door.Address, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? found.Concat(await CertificateJudge.LookAsync(address, patient.Now, cancel)) : found;
    }

    private static async Task<IEnumerable<Finding>> SecretsAsync(Patient patient, CancellationToken cancel)
    {
        var data = patient.Data;
        var owner = (await SecretJudge.LookAsync(data.Path, cancel))!.Owner;
        var own = Patient.Setting(BackupKey.Variable) is null;
        string?[] files =
        [
            Patient.Setting("QUANTRAC_LOGINS_FILE") ?? data.Logins, patient.IsPrivateCluster ? data.SuperuserPassword : null, own ? BackupKey.FileOf(data) : null,
        ];
        List<Finding> found = [];
        foreach (var path in files.OfType<string>())
        {
            if (await SecretJudge.LookAsync(path, cancel) is { } file)
                found.Add(SecretJudge.Of(file, owner));
        }
        var settings = BackupSettings.Of(patient.Host.Logins, data);
        try
        {
            await settings.Key(cancel);
            found.Add(SecretJudge.OfBackupKey(own ? BackupKey.FileOf(data) : null, data.Path, [settings.Folder, settings.Copy]));
        }
        catch (BackupException fault)
        {
            found.Add(Finding.Said(Level.Red, BackupSentence.Of(fault.Fault, fault.Facts, patient.Context.Texts.Language)));
        }
        return found;
    }

    private static Task<IEnumerable<Finding>> PlacesAsync(Patient patient, CancellationToken cancel)
    {
        var mounts = Mounts.OfThisMachine();
        var backups = BackupSettings.FolderOf(patient.Data);
        List<Finding> found = [];
        foreach (var folder in new[] { patient.Data.Path, backups }.Where(Directory.Exists).DistinctBy(folder => mounts.Of(folder)))
        {
            var drive = new DriveInfo(folder);
            found.Add(PlaceJudge.OfRoom(folder, drive.AvailableFreeSpace, drive.TotalSize));
            found.Add(PlaceJudge.OfKind(folder, mounts.Of(folder), patient.IsPrivateCluster && folder == patient.Data.Path));
        }
        return Task.FromResult<IEnumerable<Finding>>(found);
    }

    private static async Task<IEnumerable<Finding>> BackupsAsync(Patient patient, CancellationToken cancel)
    {
        var settings = BackupSettings.Of(patient.Host.Logins, patient.Data);
        var mounts = Mounts.OfThisMachine();
        string? Disk(string? folder) => folder is not null && mounts.Of(folder) is { } mount ? Mounts.DiskOf(mount.Device) : null;
        var fault = settings.Copy is null ? null : await PlaceJudge.TryAsync(settings.Copy, cancel);
        return
        [
            PlaceJudge.OfProven(await LastProvenAsync(settings.Place, cancel), patient.Now),
            PlaceJudge.OfSecond(settings.Copy, fault, Disk(settings.Copy), [Disk(settings.Folder), Disk(patient.Data.Path)]),
            await settings.Copies.IsThereAsync(settings.Template, cancel) ? Finding.Green("Template.Well", settings.Template)
                : Finding.Said(Level.Red, BackupSentence.Of(BackupFault.TemplateMissing, [BootstrapSql.TemplateScript], patient.Context.Texts.Language)),
        ];
    }

    private static async Task<DateTimeOffset?> LastProvenAsync(BackupPlace place, CancellationToken cancel)
    {
        foreach (var proof in place.Names().Select(name => place.PathOf(name, BackupPlace.ProofName)).Where(File.Exists))
        {
            if (JsonSerializer.Deserialize<ProofEvidence>(await File.ReadAllTextAsync(proof, cancel)) is { } evidence)
                return evidence.At;
        }
        return null;
    }

    private static async Task<IEnumerable<Finding>> ClockAsync(Patient patient, CancellationToken cancel)
    {
        var before = patient.Now;
        var server = await patient.Owner.ScalarAsync<DateTime>("SELECT clock_timestamp()", cancel);
        var after = patient.Now;
        var there = await patient.Owner.ScalarAsync<TimeSpan>("SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh') - (now() AT TIME ZONE 'UTC')", cancel);
        var here = TimeZoneInfo.TryFindSystemTimeZoneById("Asia/Ho_Chi_Minh", out var zone) ? zone.GetUtcOffset(after) : TimeSpan.Zero;
        return
        [
            ClockJudge.OfServer(before, new DateTimeOffset(server.ToUniversalTime()), after), ClockJudge.OfZone(here, there),
            ClockJudge.OfSynchronisation(await SecretJudge.SayAsync("timedatectl", ["show", "--property=NTPSynchronized", "--value"], cancel)),
        ];
    }

    // The one place where the scanner is asked for (Điều 5.4): whoever brings its client asks it here whether it answers, too.
    private static async Task<IEnumerable<Finding>> ScannerAsync(Patient patient, CancellationToken cancel)
    {
        var answer = await ClamScan.FromEnvironment().StateAsync(cancel);
        return
        [
            answer.Verdict switch
            {
                ScanVerdict.NotSet => Finding.Yellow("Scanner.Unset"),
                ScanVerdict.Clean => Finding.Green("Scanner.Well", answer.Words),
                _ => Finding.Red("Scanner.Silent", answer.Words),
            },
        ];
    }

    private static Task<IEnumerable<Finding>> MailAsync(Patient patient, CancellationToken cancel) => Task.FromResult<IEnumerable<Finding>>(
        [MailServer.FromEnvironment("") is { } mail ? Finding.Green("Mail.Well", $"{mail.Host}:{mail.Port.ToString(CultureInfo.InvariantCulture)}") : Finding.Yellow("Mail.Unset")]);
}
