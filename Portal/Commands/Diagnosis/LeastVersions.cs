using System.Text.RegularExpressions;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>The least versions of what the portal runs on (<c>least_versions.csv</c>): below them it stands behind published advisories. Whoever raises
/// one writes down where the figure comes from; the Dockerfile reads the same file.</summary>
public static partial class LeastVersions
{
    private const string File = "least_versions.csv";

    private static readonly IReadOnlyList<(string Product, string Line, Version Least)> Rows = Read();

    /// <summary>Judges a version that was found.</summary>
    /// <param name="product">dotnet, postgresql or postgis.</param>
    /// <param name="found">As the product says it; what follows the numbers is left out.</param>
    public static Finding Of(string product, string found)
    {
        var name = Names[product];
        if (Numbers().Match(found) is not { Success: true } numbers || !Version.TryParse(numbers.Value, out var version))
            return Finding.Yellow("Version.Unread", name, found);
        var least = Rows.Where(row => row.Product == product).ToList();
        var line = least.FirstOrDefault(row => (numbers.Value + ".").StartsWith(row.Line + ".", StringComparison.Ordinal));
        return line.Least is null
            // A line of which nothing is known: older than all of them is out of support, newer is the operator's to watch.
            ? version < least.Min(row => row.Least) ? Finding.Red("Version.LineOver", name, numbers.Value, string.Join(", ", least.Select(row => row.Least))) : Finding.Yellow("Version.LineUnknown", name, numbers.Value)
            : version < line.Least ? Finding.Red($"Version.Below.{product}", numbers.Value, line.Least.ToString())
            : Finding.Green("Version.Well", name, numbers.Value, line.Least.ToString());
    }

    private static readonly Dictionary<string, string> Names = new() { ["dotnet"] = ".NET", ["postgresql"] = "PostgreSQL", ["postgis"] = "PostGIS" };

    private static List<(string, string, Version)> Read()
    {
        using var stream = typeof(LeastVersions).Assembly.GetManifestResourceStream(File)!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',')).Select(row => (row[0], row[1], Version.Parse(row[2])))];
    }

    [GeneratedRegex(@"\d+(\.\d+)+")]
    private static partial Regex Numbers();
}
