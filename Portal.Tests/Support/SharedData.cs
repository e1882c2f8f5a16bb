using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>Files that are not part of the project: read where they are, skipped with the reason where they are not.</summary>
public static class SharedData
{
    /// <summary>The path of a file of <c>../shared/data</c>.</summary>
    public static string OrSkip(string name) => OrSkip("data", name);

    /// <summary>The path of a file of a folder of <c>../shared</c>.</summary>
    public static string OrSkip(string part, string name)
    {
        var folder = Environment.GetEnvironmentVariable("QUANTRAC_SHARED") ?? Path.Combine(PortalHome.Folder, "..", "shared");
        var path = Path.GetFullPath(Path.Combine(folder, part, name));
        Assert.SkipUnless(File.Exists(path), $"{path} is not there: the agency's data are no part of the project.");
        return path;
    }
}
