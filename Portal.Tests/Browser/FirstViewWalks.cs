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
    public async Task FirstView_OfTheMap_WeighsNoMoreThanPromised()
    {
        var sizes = await Task.WhenAll((await OpenAsync()).Select(async answer => (answer.Url, Size: await answer.Request.SizesAsync())));
        var bytes = sizes.Sum(one => one.Size.ResponseBodySize + one.Size.ResponseHeadersSize);
        TestContext.Current.TestOutputHelper?.WriteLine($"{bytes} bytes, {sizes.Length} requests");
        // Far fewer would mean that nothing was measured.
        Assert.True(bytes is > 200_000 and <= MostBytes,
            $"{bytes} bytes\n{string.Join('\n', sizes.OrderByDescending(one => one.Size.ResponseBodySize).Select(one => $"{one.Size.ResponseBodySize} {one.Url}"))}");
    }

    [Fact]
    public async Task StylesAndScripts_OfTheFirstView_ComeCompressed()
    {
        var texts = (await OpenAsync()).Where(answer => answer.Request.ResourceType is "stylesheet" or "script").ToList();
        Assert.Contains(texts, answer => answer.Request.ResourceType == "stylesheet");
        Assert.Contains(texts, answer => answer.Request.ResourceType == "script");
        List<string> plain = [];
        foreach (var answer in texts)
        {
            if (await answer.HeaderValueAsync("content-encoding") is not ("br" or "gzip"))
                plain.Add(answer.Url);
        }
        Assert.Empty(plain);
    }

    // In a browser that has never been here.
    private async Task<IReadOnlyCollection<IResponse>> OpenAsync()
    {
        var answers = new ConcurrentQueue<IResponse>();
        await portal.WalkAsync("manager", async visitor =>
        {
            visitor.Page.Response += (_, answer) => answers.Enqueue(answer);
            await visitor.OpenMapAsync();
            await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }, name: "first-view");
        return answers;
    }
}
