using System.Globalization;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>Where a folder lies.</summary>
/// <param name="Point">Where its file system is mounted.</param>
/// <param name="Device">Major and minor number of the device.</param>
/// <param name="Kind">ext4, xfs, tmpfs, nfs4 …</param>
public sealed record Mount(string Point, string Device, string Kind);

/// <summary>The file systems of this machine, as <c>/proc/self/mountinfo</c> has them.</summary>
public sealed class Mounts(string text)
{
    private readonly List<Mount> mounts = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read).OfType<Mount>()];

    public static Mounts OfThisMachine() => new(File.ReadAllText("/proc/self/mountinfo"));

    /// <summary>The file system in which a folder lies: the last one mounted on the longest way to it.</summary>
    public Mount? Of(string folder)
    {
        var path = folder.TrimEnd('/') + "/";
        return mounts.Where(mount => path.StartsWith(mount.Point.TrimEnd('/') + "/", StringComparison.Ordinal)).MaxBy(mount => (mount.Point.Length, mounts.IndexOf(mount)));
    }

    /// <summary>The disk of a device: two partitions of one break together.</summary>
    public static string DiskOf(string device)
    {
        var folder = new DirectoryInfo($"/sys/dev/block/{device}");
        if (folder.ResolveLinkTarget(returnFinalTarget: true) is not { } real || !File.Exists(Path.Combine(real.FullName, "partition")))
            return device;
        var whole = Path.Combine(Path.GetDirectoryName(real.FullName)!, "dev");
        return File.Exists(whole) ? File.ReadAllText(whole).Trim() : device;
    }

    // 36 35 98:0 /root /mount/point options … - kind source options; a space is written \040.
    private static Mount? Read(string line)
    {
        var parts = line.Split(' ');
        var dash = Array.IndexOf(parts, "-");
        return parts.Length > 4 && dash > 0 && dash + 1 < parts.Length ? new(Plain(parts[4]), parts[2], parts[dash + 1]) : null;
    }

    private static string Plain(string point)
    {
        foreach (var code in new[] { "040", "011", "012", "134" })
            point = point.Replace("\\" + code, ((char)Convert.ToInt32(code, 8)).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return point;
    }
}
