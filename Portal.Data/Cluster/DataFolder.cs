using System.Security.Cryptography;
using System.Text;

namespace QuanTrac.Portal.Data.Cluster;

/// <summary>Where one installation keeps its files, its passwords and its private cluster.</summary>
public sealed class DataFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private DataFolder(string path) => Path = path;

    /// <summary>The folder itself, absolute.</summary>
    public string Path { get; }

    /// <summary>Content-addressed files.</summary>
    public string Files => In("files");

    /// <summary>The private cluster.</summary>
    public string Cluster => In("pg");

    /// <summary>Passwords of the database logins.</summary>
    public string Logins => In("logins.json");

    /// <summary>Password of the private cluster's superuser.</summary>
    public string SuperuserPassword => In("superuser.password");

    /// <summary>Twelve hexadecimal digits that stand for the path.</summary>
    public string Hash => HashOf(Path);

    /// <summary>
    /// The folder given; else <c>.local</c> in the clone; else, where the server's user cannot enter the clone,
    /// <c>/var/lib/quantrac/&lt;hash of the clone's path&gt;</c>. The folder is made when missing.
    /// </summary>
    /// <exception cref="SetupException"><see cref="SetupFault.FolderNotWritable"/></exception>
    public static async Task<DataFolder> OpenAsync(string? given, string home, CancellationToken cancel)
    {
        var path = given is not null ? System.IO.Path.GetFullPath(given)
            : await ServerUser.CanEnterAsync(home, cancel) ? System.IO.Path.Combine(home, ".local")
            : System.IO.Path.Combine("/var/lib/quantrac", HashOf(home));
        try
        {
            // The server's user passes through to its own folder; what the portal keeps beside it is closed file by file.
            var passage = ServerUser.IsOther ? UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : UnixFileMode.None;
            Directory.CreateDirectory(path, OwnerOnly | passage);
            Directory.CreateDirectory(System.IO.Path.Combine(path, "files"), OwnerOnly);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(SetupFault.FolderNotWritable, path, e.Message);
        }

        return new DataFolder(path);
    }

    /// <summary>A path inside the folder.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Megabytes free where the folder lies.</summary>
    public long MegabytesFree() => new DriveInfo(Path).AvailableFreeSpace / (1024 * 1024);

    /// <summary>Writes a secret that only the portal's user may read; a file already there is left as it is.</summary>
    public static async Task KeepSecretAsync(string file, string content, CancellationToken cancel)
    {
        var draft = $"{file}.{Environment.ProcessId}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var stream = new FileStream(draft, options))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(content), cancel);
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another run was first: its secret counts.
            File.Delete(draft);
        }
    }

    private static string HashOf(string path) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
}
