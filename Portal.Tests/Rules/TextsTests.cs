using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Tests.Rules;

public partial class TextsTests
{
    public static TheoryData<string> Resources => [.. typeof(App).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith("Texts.resources", StringComparison.Ordinal)).Select(name => name[..^".resources".Length])];

    [Theory, MemberData(nameof(Resources))]
    public void Texts_BothLanguages_HaveTheSameKeysAndPlaces(string resource)
    {
        var (vietnamese, english) = (Read(resource, CultureInfo.InvariantCulture), Read(resource, CultureInfo.GetCultureInfo("en")));

        Assert.Equal(vietnamese.Keys.Order(), english.Keys.Order());
        Assert.All(vietnamese, text => Assert.Equal(Places(text.Value), Places(english[text.Key])));
        Assert.DoesNotContain(vietnamese.Concat(english), text => string.IsNullOrWhiteSpace(text.Value));
    }

    private static Dictionary<string, string> Read(string resource, CultureInfo culture) =>
        new ResourceManager(resource, typeof(App).Assembly).GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d")]
    private static partial Regex Place();
}
