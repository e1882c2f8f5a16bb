using System.Globalization;

namespace QuanTrac.Portal.Data.Cluster;

/// <summary>The server programs of one PostgreSQL version, as Debian lays them out.</summary>
/// <param name="Major">The major version, 15 or later.</param>
/// <param name="Folder">The folder with <c>initdb</c> and <c>pg_ctl</c>.</param>
public sealed record PostgresPrograms(int Major, string Folder)
{
    /// <summary>The oldest version that the schema runs on.</summary>
    public const int Oldest = 15;

    private const string Root = "/usr/lib/postgresql";

    /// <summary>The newest version installed, or the one that existing data ask for.</summary>
    /// <exception cref="SetupException">
    /// <see cref="SetupFault.NoPostgres"/>, <see cref="SetupFault.PostgresVersionMissing"/>
    /// </exception>
    public static PostgresPrograms Find(DataFolder data)
    {
        var installed = Installed();
        var versionFile = Path.Combine(data.Cluster, "PG_VERSION");
        if (!File.Exists(versionFile))
        {
            return installed.Count > 0
                ? installed[0]
                : throw new SetupException(SetupFault.NoPostgres, $"{Root}/*/bin");
        }

        var version = File.ReadAllText(versionFile).Trim();
        return installed.FirstOrDefault(p => p.Major.ToString(CultureInfo.InvariantCulture) == version)
            ?? throw new SetupException(SetupFault.PostgresVersionMissing, version, data.Cluster);
    }

    /// <summary>All usable versions, newest first.</summary>
    public static IReadOnlyList<PostgresPrograms> Installed() =>
        !Directory.Exists(Root)
            ? []
            : [.. Directory.GetDirectories(Root)
                .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major)
                    ? new PostgresPrograms(major, Path.Combine(folder, "bin"))
                    : null)
                .OfType<PostgresPrograms>()
                .Where(p => p.Major >= Oldest && File.Exists(p.Program("initdb")))
                .OrderByDescending(p => p.Major)];

    /// <summary>The path of one program.</summary>
    public string Program(string name) => Path.Combine(Folder, name);
}
