namespace QuanTrac.Portal.Data.Cluster;

/// <summary>The folder that holds <c>migrations/</c> and <c>seed/</c>: the clone, or where the program is installed.</summary>
public static class PortalHome
{
    /// <summary>The nearest folder above the program that has <c>migrations/</c>.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The migrations that belong to this program.</summary>
    public static string Migrations => Path.Combine(Folder, "migrations");

    /// <summary>The reference data that belong to this program.</summary>
    public static string Seed => Path.Combine(Folder, "seed");

    /// <summary>The layouts of handed-in files.</summary>
    public static string Layouts => Path.Combine(Seed, "layouts");

    /// <summary>What <c>dotnet publish</c> made of the portal: the program's own folder; in the clone beside it, for whatever tests the portal in its own process.</summary>
    public static string Published { get; } =
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"))
        ? AppContext.BaseDirectory
        : Path.Combine(Folder, "Portal", "bin", "Release", "net10.0", "publish");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "migrations")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder 'migrations' in or above {AppContext.BaseDirectory}");
    }
}
