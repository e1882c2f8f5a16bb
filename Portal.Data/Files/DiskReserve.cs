using System.Globalization;

namespace QuanTrac.Portal.Data.Files;

/// <summary>Free space that is kept for the database, backups and signing in: what people send is refused first.</summary>
/// <param name="folder">Where files are kept.</param>
/// <param name="bytes">What stays free.</param>
public sealed class DiskReserve(string folder, long bytes)
{
    /// <summary>Megabytes; see README.</summary>
    public const string Variable = "QUANTRAC_DISK_RESERVE_MB";

    private const long Megabyte = 1024 * 1024;
    private const long Default = 1024;

    public long Bytes => bytes;

    public long Megabytes => bytes / Megabyte;

    /// <summary>Bytes free; tests say other numbers.</summary>
    public Func<long> Free { get; init; } = () => FreeAt(folder);

    public long MegabytesFree => Free() / Megabyte;

    /// <summary>Whether so many bytes more would eat into it.</summary>
    public bool IsReached(long more = 0) => Free() - more < bytes;

    /// <summary>Whether it is whole again, and by so much that the next file does not reach it at once.</summary>
    public bool IsWhole() => Free() >= bytes + bytes / 10;

    /// <summary>As the environment says, else one gigabyte.</summary>
    public static DiskReserve FromEnvironment(string folder) =>
        new(folder, (long.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : Default) * Megabyte);

    // Before the first file its folder is not there.
    private static long FreeAt(string folder)
    {
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        return new DriveInfo(folder).AvailableFreeSpace;
    }
}
