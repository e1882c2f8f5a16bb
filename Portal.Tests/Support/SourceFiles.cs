namespace QuanTrac.Portal.Tests.Support;

/// <summary>A file of the project as text.</summary>
internal sealed record SourceFile(string Name, string Text)
{
    public IReadOnlyList<string> Lines => Text.Split('\n');
}

/// <summary>The files of the project, without what a build makes of them.</summary>
internal static class SourceFiles
{
    private static readonly string[] Made = ["bin", "obj", "node_modules", ".git", ".local", "TestResults", "lib"];

    /// <summary>All below a folder that end so.</summary>
    public static IEnumerable<SourceFile> Of(string folder, params string[] endings) =>
        Below(Path.Combine(Repository.Root, folder))
            .Where(path => endings.Length == 0 || Array.Exists(endings, ending => path.EndsWith(ending, StringComparison.Ordinal)))
            .Select(path => new SourceFile(Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path)));

    private static IEnumerable<string> Below(string folder) => Directory.EnumerateFiles(folder)
        .Concat(Directory.EnumerateDirectories(folder).Where(child => !Made.Contains(Path.GetFileName(child))).SelectMany(Below))
        .Order(StringComparer.Ordinal);
}
