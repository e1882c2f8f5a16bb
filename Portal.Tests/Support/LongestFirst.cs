using QuanTrac.Portal.Tests.Browser;
using QuanTrac.Portal.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace QuanTrac.Portal.Tests.Support;

/// <summary>What walks through a browser takes longest: begun last, the other core would stand idle at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [nameof(QuietBrowser), nameof(BrowserPortal), nameof(SecondBrowser)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Array.IndexOf(Long, collection.TestCollectionDisplayName) is var at && at < 0 ? Long.Length : at)];
}
