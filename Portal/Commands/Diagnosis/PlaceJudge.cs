namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>Where data and backups lie: room, kind of file system, and whether the second place of backups is one.</summary>
public static class PlaceJudge
{
    private const long Megabyte = 1024 * 1024;

    // A backup is dumped, sealed and restored aside on the same disk: with less than a gigabyte nothing of that works.
    private const long LeastFree = 1024 * Megabyte;
    private const long GoodFree = 5 * 1024 * Megabyte;

    private static readonly string[] Passing = ["tmpfs", "ramfs", "overlay"];
    private static readonly string[] Far = ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs"];

    /// <summary>Room where a folder lies.</summary>
    public static Finding OfRoom(string folder, long free, long size) =>
        free < LeastFree ? Finding.Red("Room.Least", folder, free / Megabyte, LeastFree / Megabyte)
        : free < GoodFree || free < size / 20 ? Finding.Yellow("Room.Little", folder, free / Megabyte)
        : Finding.Green("Room.Well", folder, free / Megabyte);

    /// <param name="holdsDatabase">Whether a private cluster lies there: it wants a disk of this machine.</param>
    public static Finding OfKind(string folder, Mount? mount, bool holdsDatabase) => mount is null ? Finding.Yellow("Kind.Unknown", folder)
        : Passing.Contains(mount.Kind) ? Finding.Red("Kind.Passing", folder, mount.Kind)
        : holdsDatabase && Far.Contains(mount.Kind) ? Finding.Red("Kind.Far", folder, mount.Kind)
        : Finding.Green("Kind.Well", folder, mount.Kind);

    /// <summary>The second place: there is one, it takes a file and gives it back, and it does not break together with the first.</summary>
    /// <param name="fault">Why the trial failed; null where the file came back.</param>
    /// <param name="disk">The disk of the second place.</param>
    /// <param name="others">The disks of the backups and of the data.</param>
    public static Finding OfSecond(string? place, string? fault, string? disk, IEnumerable<string?> others) => place is null ? Finding.Red("Second.Unset")
        : fault is not null ? Finding.Red("Second.Fault", place, fault)
        : disk is null ? Finding.Yellow("Second.DiskUnknown", place)
        : others.Contains(disk) ? Finding.Red("Second.SameDisk", place)
        : Finding.Green("Second.Well", place);

    /// <summary>Writes a file, reads it back and takes it away.</summary>
    /// <returns>What went wrong; null where nothing did.</returns>
    public static async Task<string?> TryAsync(string place, CancellationToken cancel)
    {
        var file = Path.Combine(place, $".doctor-{Guid.NewGuid():N}");
        var content = Guid.NewGuid().ToByteArray();
        try
        {
            if (!Directory.Exists(place))
                throw new DirectoryNotFoundException(place);
            await using (var probe = new FileStream(file, FileMode.CreateNew, FileAccess.Write))
            {
                await probe.WriteAsync(content, cancel);
                probe.Flush(flushToDisk: true);
            }
            var read = await File.ReadAllBytesAsync(file, cancel);
            return read.AsSpan().SequenceEqual(content) ? null : file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
        finally
        {
            if (File.Exists(file))
                File.Delete(file);
        }
    }

    /// <summary>How long ago a backup was proven by a restore; the weekly one is the rule.</summary>
    public static Finding OfProven(DateTimeOffset? proven, DateTimeOffset now) => proven is not { } at ? Finding.Red("Proven.None")
        : (now - at).TotalDays is var days && days > 15 ? Finding.Red("Proven.Old", (int)days)
        : days > 8 ? Finding.Yellow("Proven.Old", (int)days)
        : Finding.Green("Proven.Well", (int)Math.Max(0, days));
}
