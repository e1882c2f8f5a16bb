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
