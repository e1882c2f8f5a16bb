using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>What comes over the line to whoever opens the portal for the first time.</summary>
[Collection(nameof(QuietBrowser))]
public sealed class FirstViewWalks(BrowserPortal portal)
{
    // As the house has promised: whoever raises it takes something from people with a slow line.
    private const int MostBytes = 620_000;

    [Fact]
    public Task FirstView_OfTheMap_WeighsNoMoreThanPromised() => OpenAsync(async answers =>
    {
        var sizes = await Task.WhenAll(answers.Select(async answer => (answer.Url, Size: await answer.Request.SizesAsync())));
        var bytes = sizes.Sum(one => one.Size.ResponseBodySize + one.Size.ResponseHeadersSize);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes} bytes, {sizes.Length} requests");
        // Far fewer would mean that nothing was measured.
        Assert.True(bytes is > 200_000 and <= MostBytes,
            $"{bytes} bytes\n{string.Join('\n', sizes.OrderByDescending(one => one.Size.ResponseBodySize).Select(one => $"{one.Size.ResponseBodySize} {one.Url}"))}");
    });

    [Fact]
    public Task StylesAndScripts_OfTheFirstView_ComeCompressed() => OpenAsync(async answers =>
    {
        var texts = answers.Where(answer => answer.Request.ResourceType is "stylesheet" or "script").ToList();
        Assert.Equal(["script", "stylesheet"], texts.Select(answer => answer.Request.ResourceType).Distinct().Order(StringComparer.Ordinal));
        List<string> plain = [];
        foreach (var answer in texts)
        {
            if (await answer.HeaderValueAsync("content-encoding") is not ("br" or "gzip"))
                plain.Add(answer.Url);
        }
        Assert.Empty(plain);
    });

    // In a browser that has never been here.
    private Task OpenAsync(Func<IReadOnlyCollection<IResponse>, Task> check) => portal.WalkAsync("manager", async visitor =>
    {
        var answers = new ConcurrentQueue<IResponse>();
        visitor.Page.Response += (_, answer) => answers.Enqueue(answer);
        await visitor.OpenMapAsync();
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await check(answers);
    }, name: "first-view");
}
