using QuanTrac.Portal.Data.Reference;

namespace QuanTrac.Portal.Tests.Data.Reference;

/// <summary>The project's seed, and copies of it that a test may spoil.</summary>
internal sealed class SeedCopy : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("seed-");

    public SeedCopy()
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(Original, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(Root, System.IO.Path.GetRelativePath(Original, file));
            System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>The seed directory of the repository.</summary>
    public static string Original { get; } = FindOriginal();

    public string Root => directory.FullName;

    /// <summary>Line of the first line that begins so, the header being 1.</summary>
    public int LineOf(string file, string start) => Lines(file).FindIndex(line => line.StartsWith(start, StringComparison.Ordinal)) + 1;

    /// <summary>Changes the first line that begins so; returns its number.</summary>
    public int Spoil(string file, string start, Func<string, string> change)
    {
        var lines = Lines(file);
        var index = LineOf(file, start) - 1;
        lines[index] = change(lines[index]);
        File.WriteAllText(Path(file), string.Join('\n', lines));
        return index + 1;
    }

    /// <summary>Adds a line at the end; returns its number.</summary>
    public int Append(string file, string line)
    {
        File.AppendAllText(Path(file), line + "\n");
        return Lines(file).Count - 1;
    }

    public string Path(string file) => System.IO.Path.Combine(Root, file);

    /// <summary>What the reader finds wrong with the copy.</summary>
    public IReadOnlyList<ReferenceFault> Faults() => Assert.Throws<ReferenceFaultException>(() => ReferenceFiles.Load(Root)).Faults;

    public void Dispose() => directory.Delete(recursive: true);

    private List<string> Lines(string file) => [.. File.ReadAllText(Path(file)).Split('\n')];

    private static string FindOriginal()
    {
        var place = new DirectoryInfo(AppContext.BaseDirectory);
        while (place is not null && !File.Exists(System.IO.Path.Combine(place.FullName, "QuanTrac.Portal.sln")))
            place = place.Parent;
        return System.IO.Path.Combine(place!.FullName, "seed");
    }
}
