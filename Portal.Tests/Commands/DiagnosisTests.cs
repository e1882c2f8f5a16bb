using System.Globalization;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Commands.Diagnosis;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Commands;

/// <summary>What the doctor makes of what it is shown.</summary>
public sealed partial class DiagnosisTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 5, 0, 0, TimeSpan.Zero);

    // The least ones are those of least_versions.csv on 30/11/2026.
    [Theory]
    [InlineData("dotnet", ".NET 10.0.12", Level.Red, "Version.Below.dotnet")]
    [InlineData("dotnet", ".NET 10.0.15", Level.Green, "Version.Well")]
    [InlineData("dotnet", ".NET 10.0.100", Level.Green, "Version.Well")]
    [InlineData("dotnet", ".NET 9.0.99", Level.Red, "Version.LineOver")]
    [InlineData("dotnet", ".NET 11.0.0", Level.Yellow, "Version.LineUnknown")]
    [InlineData("postgresql", "15.18 (Debian 15.18-0+deb12u1)", Level.Red, "Version.Below.postgresql")]
    [InlineData("postgresql", "15.20", Level.Green, "Version.Well")]
    [InlineData("postgresql", "16.15", Level.Red, "Version.Below.postgresql")]
    [InlineData("postgresql", "17.12", Level.Green, "Version.Well")]
    [InlineData("postgresql", "14.30", Level.Red, "Version.LineOver")]
    [InlineData("postgresql", "150.1", Level.Yellow, "Version.LineUnknown")]
    [InlineData("postgis", "3.3.1", Level.Red, "Version.Below.postgis")]
    [InlineData("postgis", "3.5.0", Level.Green, "Version.Well")]
    [InlineData("postgis", "không rõ", Level.Yellow, "Version.Unread")]
    public void Version_HeldAgainstTheLeastOfItsLine(string product, string found, Level level, string code) => AssertIs(LeastVersions.Of(product, found), level, code);

    [Theory]
    [InlineData(InstallationMode.Demo, 8, 4, "Red Demo.Open")]
    [InlineData(InstallationMode.Production, 0, 0, "Green Demo.Production")]
    [InlineData(InstallationMode.Production, 8, 0, "Green Demo.ProductionClosed, Yellow Demo.Accounts")]
    [InlineData(InstallationMode.Production, 8, 4, "Green Demo.ProductionClosed, Yellow Demo.Accounts, Red Demo.Rows")]
    [InlineData(InstallationMode.Undecided, 0, 0, "Yellow Demo.Undecided")]
    public void Demo_OpenOrPresent_IsRed(InstallationMode mode, long accounts, long rows, string said) => AssertAre(AccountsJudge.OfDemo(mode, accounts, rows), said);

    [Theory]
    [InlineData(0, 0, Level.Red, "Admins.None")]
    [InlineData(1, 1, Level.Yellow, "Admins.One")]
    [InlineData(3, 1, Level.Yellow, "Admins.SecondStep")]
    [InlineData(2, 2, Level.Green, "Admins.Well")]
    public void Administrators_FewerThanTwoWithASecondStep_AreSaid(long open, long secondStep, Level level, string code) => AssertIs(AccountsJudge.OfAdministrators(open, secondStep), level, code);

    [Theory]
    [InlineData("127.0.0.1", null, null, null, null, "Yellow Address.Unset, Green Proxies.Here, Yellow AdminAddresses.Here")]
    [InlineData("::1", "http://localhost:5080", null, "10.0.0.0/8", null, "Yellow Address.Here, Green Proxies.Here, Green AdminAddresses.Well")]
    [InlineData("0.0.0.0", null, null, null, null, "Red Address.UnsetFar, Red Proxies.Unset, Red AdminAddresses.Unset")]
    [InlineData("127.0.0.1", "https://quantrac.example", "", " ", null, "Green Address.Well, Red Proxies.Unset, Red AdminAddresses.Unset")]
    [InlineData("127.0.0.1", "https://quantrac.example", "127.0.0.1", "10.0.0.0/8", "true", "Green Address.Well, Green Proxies.Well, Red Proxies.Anybody, Green AdminAddresses.Well")]
    [InlineData("127.0.0.1", "http://quantrac.example", "127.0.0.1", "10.0.0.0/8", "false", "Red Address.Bare, Green Proxies.Well, Green AdminAddresses.Well")]
    [InlineData("127.0.0.1", "quantrac.example", null, "10.0.0.0/8", null, "Red Address.Invalid, Green Proxies.Here, Green AdminAddresses.Well")]
    public void Door_ReachedFromAfar_WantsAProxyEncryptionAndAnAddressList(string listen, string? address, string? proxies, string? admins, string? anybody, string said) =>
        AssertAre(DoorJudge.Of(new(listen, address, proxies, admins, anybody)), said);

    [Theory]
    [InlineData(-1, "", Level.Red, "Certificate.Over")]
    [InlineData(90, "RemoteCertificateNameMismatch", Level.Red, "Certificate.NotBelieved")]
    [InlineData(6, "", Level.Red, "Certificate.Urgent")]
    [InlineData(29, "", Level.Yellow, "Certificate.Soon")]
    [InlineData(31, "", Level.Green, "Certificate.Well")]
    public void Certificate_ByItsDaysAndItsChain(int days, string errors, Level level, string code) => AssertIs(CertificateJudge.Of("quantrac.example", Now.AddDays(days), errors, Now), level, code);

    [Theory]
    [InlineData(1023, 100_000, Level.Red, "Room.Least")]
    [InlineData(4000, 10_000, Level.Yellow, "Room.Little")]
    [InlineData(6000, 1_000_000, Level.Yellow, "Room.Little")]
    [InlineData(60_000, 100_000, Level.Green, "Room.Well")]
    public void Room_BelowTheLeastOrATwentieth_IsSaid(long free, long size, Level level, string code) => AssertIs(PlaceJudge.OfRoom("/data", free * 1024 * 1024, size * 1024 * 1024), level, code);

    [Theory]
    [InlineData("tmpfs", false, Level.Red, "Kind.Passing")]
    [InlineData("overlay", false, Level.Red, "Kind.Passing")]
    [InlineData("nfs4", true, Level.Red, "Kind.Far")]
    [InlineData("nfs4", false, Level.Green, "Kind.Well")]
    [InlineData("ext4", true, Level.Green, "Kind.Well")]
    public void Kind_OfFileSystem_ThatDoesNotKeep_IsRed(string kind, bool database, Level level, string code) => AssertIs(PlaceJudge.OfKind("/data", new("/data", "8:1", kind), database), level, code);

    [Theory]
    [InlineData(null, null, null, Level.Red, "Second.Unset")]
    [InlineData("/mnt/b", "No such file", "8:16", Level.Red, "Second.Fault")]
    [InlineData("/mnt/b", null, "8:0", Level.Red, "Second.SameDisk")]
    [InlineData("/mnt/b", null, null, Level.Yellow, "Second.DiskUnknown")]
    [InlineData("/mnt/b", null, "8:16", Level.Green, "Second.Well")]
    public void SecondPlace_IsWellOnlyWhereItAnswersFromAnotherDisk(string? place, string? fault, string? disk, Level level, string code) =>
        AssertIs(PlaceJudge.OfSecond(place, fault, disk, ["8:0", "8:0"]), level, code);

    [Fact]
    public async Task SecondPlace_Tried_LeavesNothingAndTellsWhatIsNotThere()
    {
        using var folder = new TempFolder();
        Assert.Null(await PlaceJudge.TryAsync(folder.Path, default));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.NotNull(await PlaceJudge.TryAsync(Path.Combine(folder.Path, "khong-co"), default));
    }

    [Theory]
    [InlineData(null, Level.Red, "Proven.None")]
    [InlineData(3, Level.Green, "Proven.Well")]
    [InlineData(9, Level.Yellow, "Proven.Old")]
    [InlineData(16, Level.Red, "Proven.Old")]
    public void Proven_AWeekAgoAtMost(int? days, Level level, string code) => AssertIs(PlaceJudge.OfProven(days is { } ago ? Now.AddDays(-ago) : null, Now), level, code);

    [Fact]
    public void Mounts_TheLongestWay_IsWhereAFolderLies()
    {
        var mounts = new Mounts(
            """
            22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            40 22 8:17 / /mnt/sao\040luu rw - xfs /dev/sdb1 rw
            41 22 0:45 / /mnt/sao rw - nfs4 server:/x rw
            42 22 0:46 / /mnt/sao rw - cifs //server/x rw
            """);
        Assert.Equal(new Mount("/mnt/sao luu", "8:17", "xfs"), mounts.Of("/mnt/sao luu/ban"));
        Assert.Equal("cifs", mounts.Of("/mnt/sao/ban/")!.Kind);
        Assert.Equal("8:1", mounts.Of("/mnt/saoluu")!.Device);
    }

    [Theory]
    [InlineData(0b110_000_000, "quantrac", Level.Green, "Secret.Well")]
    [InlineData(0b100_000_000, "quantrac", Level.Green, "Secret.Well")]
    [InlineData(0b110_100_000, "quantrac", Level.Red, "Secret.Open")]
    [InlineData(0b110_000_100, "quantrac", Level.Red, "Secret.Open")]
    [InlineData(0b110_000_000, "nguoi-khac", Level.Red, "Secret.Owner")]
    public void Secret_ReadByOthersOrOfAnother_IsRed(int mode, string owner, Level level, string code) => AssertIs(SecretJudge.Of(new("/data/backup.key", (UnixFileMode)mode, owner), "quantrac"), level, code);

    [Theory]
    [InlineData(null, "/data/backups", null, Level.Green, "Key.Given")]
    [InlineData("/data/backup.key", "/data/backups", null, Level.Yellow, "Key.Beside")]
    [InlineData("/data/backup.key", "/mnt/b", "/data/second", Level.Yellow, "Key.Beside")]
    [InlineData("/data/backups/backup.key", "/data/backups", null, Level.Red, "Key.Inside")]
    [InlineData("/data/backup.key", "/mnt/b", "/mnt/c", Level.Green, "Key.Apart")]
    public void BackupKey_BesideTheBackups_IsSaid(string? key, string place, string? second, Level level, string code) => AssertIs(SecretJudge.OfBackupKey(key, "/data", [place, second]), level, code);

    [Theory]
    [InlineData(0, Level.Green, "Clock.Well")]
    [InlineData(4, Level.Green, "Clock.Well")]
    [InlineData(-3, Level.Yellow, "Clock.Some")]
    [InlineData(12, Level.Yellow, "Clock.Some")]
    [InlineData(60, Level.Red, "Clock.Much")]
    [InlineData(-60, Level.Red, "Clock.Much")]
    public void Clock_OutsideTheTimeOfTheQuestion_IsSkew(int seconds, Level level, string code) => AssertIs(ClockJudge.OfServer(Now, Now.AddSeconds(seconds), Now.AddSeconds(5)), level, code);

    [Theory]
    [InlineData("yes", Level.Green)]
    [InlineData("no", Level.Yellow)]
    [InlineData(null, Level.Yellow)]
    public void Synchronisation_AsTheMachineSays(string? said, Level level) => Assert.Equal(level, ClockJudge.OfSynchronisation(said).Level);

    [Fact]
    public void Zone_OfTheProvince_IsSevenHoursInBothPlaces()
    {
        Assert.Equal(Level.Green, ClockJudge.OfZone(TimeSpan.FromHours(7), TimeSpan.FromHours(7)).Level);
        Assert.Equal(Level.Red, ClockJudge.OfZone(TimeSpan.FromHours(7), TimeSpan.Zero).Level);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0, Level.Green)]
    [InlineData(2, Level.Green, Level.Yellow)]
    [InlineData(1, Level.Yellow, Level.Red, Level.Green)]
    public void ExitCode_IsOfTheWorst(int code, params Level[] levels) => Assert.Equal(code, Doctor.ExitCode(levels));

    // A code without its sentence would be shown as it is.
    [Fact]
    public void Sentences_OfEveryCodeInTheSource_AreThereInBothLanguages()
    {
        var codes = SourceFiles.Of("Portal/Commands/Diagnosis", ".cs").SelectMany(file => Code().Matches(file.Text)).Select(match => match.Groups[1].Value)
            .Concat(Checks.All.Select(check => $"Check.{check.Name}")).Concat(Enum.GetNames<Level>().Select(level => $"Level.{level}")).Distinct().ToList();
        Assert.InRange(codes.Count, 80, 200);
        Assert.All(new[] { "vi", "en" }, language => Assert.DoesNotContain(codes, code => DiagnosisTexts.Of(code, CultureInfo.GetCultureInfo(language), "", "", "") == code));
    }

    private static void AssertIs(Finding found, Level level, string code) => Assert.Equal((level, code), (found.Level, found.Code));

    private static void AssertAre(IEnumerable<Finding> found, string said) => Assert.Equal(said, string.Join(", ", found.Select(one => $"{one.Level} {one.Code}")));

    [GeneratedRegex("""(?:(?:Green|Yellow|Red)\(|Level\.(?:Yellow|Red), )"([A-Z]\w+(?:\.\w+)*)["]""")]
    private static partial Regex Code();
}
