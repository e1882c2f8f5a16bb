using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Rules;

public sealed partial class NoticeTests
{
    private static readonly string Notice = File.ReadAllText(Path.Combine(Repository.Root, "NOTICE"));

    // By what name the notice has it, where not by its own: a package belongs to a product.
    private static readonly (string Prefix, string Product)[] Products =
    [
        ("Microsoft.EntityFrameworkCore", "Entity Framework Core"), ("Microsoft.AspNetCore.", "ASP.NET Core"), ("Microsoft.NET.Test.Sdk", ".NET"),
        ("Microsoft.CodeAnalysis.", ".NET"), ("xunit.", "xUnit.net"), ("Quartz", "Quartz.NET"), ("leaflet", "Leaflet"), ("uplot", "uPlot"),
        ("@fontsource/be-vietnam-pro", "Be Vietnam Pro"), ("@fontsource/noto-sans", "Noto Sans"), ("Deque.AxeCore.", "axe-core"),
    ];

    [Fact]
    public void Notice_EachPackageInUse_IsNamed()
    {
        var used = SourceFiles.Of("", ".csproj", "Directory.Build.props").SelectMany(file => XDocument.Parse(file.Text).Descendants("PackageReference"))
            .Select(reference => (string)reference.Attribute("Include")!).Distinct().ToList();
        Assert.InRange(used.Count, 8, 100);
        Assert.DoesNotContain(used, package => !IsNamed(package));
    }

    [Fact]
    public void Notice_EachPackageOfTheBrowser_IsNamed()
    {
        using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "Portal", "package.json")));
        var used = package.RootElement.GetProperty("dependencies").EnumerateObject().Select(dependency => dependency.Name).ToList();
        Assert.NotEmpty(used);
        Assert.DoesNotContain(used, name => !IsNamed(name));
    }

    // Each takes its packages from where its own settings say.
    [Fact]
    public void Files_OfTheProject_NameNoRegistry() =>
        Assert.Empty(SourceFiles.Of("").Where(file => !file.Name.EndsWith(".woff2", StringComparison.Ordinal) && Registry().IsMatch(file.Text)).Select(file => file.Name));

    private static bool IsNamed(string package) =>
        Notice.Contains(Array.Find(Products, product => package.StartsWith(product.Prefix, StringComparison.Ordinal)).Product ?? package, StringComparison.Ordinal);

    [GeneratedRegex(@"https?://[\w.-]*(npmjs|nuget|pypi|yarnpkg|jsdelivr|unpkg|cdnjs|debian)\.\w+|\b(registry|api|deb|security)\.(npmjs|nuget|debian)\.\w+", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();
}
