using System.Reflection;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Rules;

/// <summary>Domain ← Data ← Portal; the domain is pure C#: no package, no input or output, no clock.</summary>
public sealed partial class DependencyTests
{
    // What .NET itself brings: collections, LINQ, text (a layout is read from the text of its file), numbers.
    private static readonly string[] Pure =
    [
        "System.Runtime", "System.Runtime.InteropServices", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory",
        "System.Text.Json", "System.Text.RegularExpressions",
    ];

    [Fact]
    public void Domain_Assembly_ReferencesNoPackage()
    {
        Assert.Empty(References(typeof(Compliance).Assembly).Except(Pure));
        Assert.DoesNotContain("PackageReference", File.ReadAllText(Path.Combine(Repository.Root, "Portal.Domain", "Portal.Domain.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void Domain_Source_NamesNoInputOutputAndNoClock() =>
        Assert.Empty(SourceFiles.Of("Portal.Domain", ".cs").SelectMany(file => Impure().Matches(file.Text).Select(match => $"{file.Name}: {match.Value}")));

    [Fact]
    public void Data_Assembly_ReferencesTheDomainAndNotThePortal()
    {
        var references = References(typeof(PortalDb).Assembly);
        Assert.Contains("QuanTrac.Portal.Domain", references);
        Assert.DoesNotContain("QuanTrac.Portal", references);
    }

    [Fact]
    public void Projects_EachReference_GoesInwards()
    {
        var references = SourceFiles.Of("", ".csproj").Select(file => $"{Path.GetFileName(file.Name)} → {string.Join(", ",
            ProjectReference().Matches(file.Text).Select(match => match.Groups[1].Value))}").Where(line => !line.StartsWith("Bench", StringComparison.Ordinal));
        Assert.Equal(
            ["Portal.Data.csproj → Portal.Domain", "Portal.Domain.csproj → ", "Portal.Tests.csproj → Portal", "Portal.csproj → Portal.Data"],
            references.Order(StringComparer.Ordinal));
        Assert.Contains("QuanTrac.Portal.Data", References(typeof(App).Assembly));
    }

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!);

    [GeneratedRegex(@"\b(System\.IO|System\.Net|System\.Data|File|Directory|Stream(Reader|Writer)?|HttpClient|TimeProvider|Stopwatch|Console|Environment|Task)\b(?=[\.\s(<])(?<!//.*)", RegexOptions.Multiline)]
    private static partial Regex Impure();

    [GeneratedRegex("""ProjectReference Include="\.\./([\w.]+)/""")]
    private static partial Regex ProjectReference();
}
