using System.Reflection;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Rules;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>Whoever gives a use-case an access is asked what it may do before anything else.</summary>
public sealed partial class UseCaseTests
{
    // Only tells the number of a campaign that the access sees; what is done with it demands.
    private static readonly string[] Exceptions = ["ReleaseCampaign.FindAsync"];

    public static TheoryData<string, string> UseCases => [.. typeof(App).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsNested: false } && type.Namespace?.StartsWith("QuanTrac.Portal.Features", StringComparison.Ordinal) == true)
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => !method.IsPrivate && method.Name.EndsWith("Async", StringComparison.Ordinal)
                && method.GetParameters().FirstOrDefault()?.ParameterType == typeof(Access))
            .Select(method => (type.Name, method.Name)))
        .Where(useCase => !Exceptions.Contains($"{useCase.Item1}.{useCase.Item2}"))];

    [Fact]
    public void UseCases_OfTheFeatures_AreFound() => Assert.InRange(UseCases.Count, 8, 1000);

    [Theory, MemberData(nameof(UseCases))]
    public void UseCase_FirstStatement_DemandsACapability(string type, string method)
    {
        var file = Assert.Single(SourceFiles.Of("Portal/Features", $"/{type}.cs"));
        var start = Regex.Match(file.Text, $@"\b{method}\(\s*(Domain\.Access\.)?Access access[^{{]*\{{\s*(?<first>[^;]*;)");
        Assert.True(start.Success, $"{file.Name} has no {method} of an access.");
        Assert.Matches(Demand(), start.Groups["first"].Value);
    }

    // A request brings its access in its cookie.
    [Fact]
    public void Endpoints_OfData_DemandACapability() =>
        Assert.Contains("access.Demand(Capability.SeeMap);", SourceFiles.Of("Portal/Features/Map", "/MapLayer.cs").Single().Text, StringComparison.Ordinal);

    [GeneratedRegex(@"^access\.Demand\(Capability\.\w+\);$")]
    private static partial Regex Demand();
}
