using Microsoft.Playwright;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Browser;

/// <summary>Twenty pages look as they were last meant to: half-size pictures of them are kept in <c>Cases/pictures</c>.
/// <c>QUANTRAC_PICTURES=keep</c> keeps what is there now.</summary>
[Collection(nameof(QuietBrowser))]
public sealed class PagePictures(BrowserPortal portal)
{
    /// <summary>A point differs when one of its colours does by more than this, of 255.</summary>
    private const int Threshold = 10;

    /// <summary>How many of the points may differ: 52 of a wide picture, 16 of a narrow one.</summary>
    private const double Tolerance = 0.0002;

    private const long MostBytes = 2_000_000;

    // What shows the day is left out, but for days in text, which are stilled: the demo data are as old as their load.
    private static readonly (string Name, string? Account, string Address)[] Chosen =
    [
        ("sign-in", null, "/sign-in"),
        ("ask-account", null, "/ask-account"),
        ("map", "manager", "/"),
        ("map-site", "guest", "/?site=MAU-NT03"),
        ("overview-bay", "halong", "/overview"),
        ("overview-group", "parent", "/overview"),
        ("overview-company", "parent", "/overview/MAU-A"),
        ("overview-fisheries", "fisheries", "/overview"),
        ("submissions", "company", "/intake"),
        ("submission", "manager", "/intake/1"),
        ("standards", "manager", "/standards"),
        ("standard", "manager", "/standards/qcvn-08-2023-btnmt"),
        ("standards-compared", "manager", "/standards/compare"),
        ("duty-rules", "admin", "/duties?view=rules"),
        ("organisations", "admin", "/organisations"),
        ("organisation", "admin", "/organisations/MAU-A"),
        ("who-sees", "admin", "/organisations/who-sees"),
        ("desk-new", "company", "/desk/new"),
        ("request-new", "company", "/accounts/requests/new"),
        ("password", "company", "/account/password"),
    ];

    private static readonly bool Keep = Environment.GetEnvironmentVariable("QUANTRAC_PICTURES") == "keep";

    private static string Folder => Path.Combine(Repository.Root, "Portal.Tests", "Cases", "pictures");

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(390, 844)]
    public async Task Pages_Chosen_LookAsTheyWereMeantTo(int width, int height)
    {
        List<string> different = [];
        foreach (var pages in Chosen.GroupBy(page => page.Account))
        {
            await portal.WalkAsync(pages.Key, async visitor =>
            {
                var easel = await visitor.Page.Context.NewPageAsync();
                foreach (var (name, _, address) in pages)
                {
                    await visitor.SeeAsync(address);
                    different.AddRange(await LookAsync(visitor, easel, $"{name}-{width}"));
                }
            }, width, height, "pictures");
        }
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Theory]
    [InlineData(":root { --brand: #0b6478 }")]
    [InlineData("button { position: relative; left: 2px }")]
    public Task Pages_OfAnotherColourOrPlace_AreSeenToDiffer(string style) => portal.WalkAsync(null, async visitor =>
    {
        var easel = await visitor.Page.Context.NewPageAsync();
        await visitor.SeeAsync("/sign-in");
        await visitor.Page.AddStyleTagAsync(new() { Content = style });
        var seen = await CompareAsync(visitor, easel, await File.ReadAllBytesAsync(Kept("sign-in-1366")));
        Assert.True(seen.Share > Tolerance, FormattableString.Invariant($"{seen.Share:P4}"));
    }, 1366, 768);

    [Fact]
    public void Pictures_Kept_AreOfThesePagesAndSmall()
    {
        var files = new DirectoryInfo(Folder).GetFiles();
        Assert.Equal(Chosen.SelectMany(page => new[] { $"{page.Name}-1366.webp", $"{page.Name}-390.webp" }).Order(StringComparer.Ordinal), files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.InRange(files.Sum(file => file.Length), 1, MostBytes);
    }

    private static async Task<IEnumerable<string>> LookAsync(Visitor visitor, IPage easel, string name)
    {
        var kept = Kept(name);
        var before = !Keep && File.Exists(kept) ? await File.ReadAllBytesAsync(kept) : null;
        var seen = await CompareAsync(visitor, easel, before);
        // A slow machine may not have drawn everything yet: what differs is looked at again, what is kept is taken late.
        for (var again = 0; again < 3 && seen.Share > Tolerance; again++)
        {
            await visitor.Page.WaitForTimeoutAsync(700);
            seen = await CompareAsync(visitor, easel, before);
        }
        if (Keep)
            await KeepAsync(kept, seen.Picture);
        else if (seen.Share > Tolerance)
        {
            var folder = Path.Combine(Repository.Root, "TestResults", "pictures");
            await KeepAsync(Path.Combine(folder, $"{name}-now.webp"), seen.Picture);
            await KeepAsync(Path.Combine(folder, $"{name}-differs.webp"), seen.Differing);
            return [FormattableString.Invariant($"{name}: {seen.Share:P3} differs, see TestResults/pictures/{name}-differs.webp")];
        }
        return [];
    }

    private static async Task<Seen> CompareAsync(Visitor visitor, IPage easel, byte[]? kept)
    {
        await visitor.Page.BringToFrontAsync();
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await visitor.Page.EvaluateAsync(Still);
        var shot = await visitor.Page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled, Style = Hidden });
        return await easel.EvaluateAsync<Seen>(Compare, new { shot = Convert.ToBase64String(shot), before = kept is null ? null : Convert.ToBase64String(kept), threshold = Threshold });
    }

    private static string Kept(string name) => Path.Combine(Folder, $"{name}.webp");

    private static Task KeepAsync(string path, string picture)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return File.WriteAllBytesAsync(path, Convert.FromBase64String(picture));
    }

    /// <summary>A picture held against the kept one; pictures in base64.</summary>
    /// <param name="Share">Of the points that differ; 1 where the sizes do and where none was kept.</param>
    /// <param name="Picture">Half size.</param>
    /// <param name="Differing">The same, pale, with what differs in red.</param>
    private sealed record Seen(double Share, string Picture, string Differing)
    {
        public Seen() : this(0, "", "")
        {
        }
    }

    // The bell rings by the calendar; on the map marks grow old and lines are smoothed as the map came to its place (what it draws is asked by its own walks).
    private const string Hidden = ".bell, .leaflet-map-pane { visibility: hidden } .portal-grid .mud-table-root { table-layout: fixed }";

    // Days, hours and how long something is or was: with the same digits on any day.
    private const string Still =
        """
        () => {
          const still = text => text
            .replace(/\d{1,2}\/\d{1,2}\/\d{4}/g, '00/00/0000')
            .replace(/\d{1,2}:\d{2}(:\d{2})?/g, '00:00')
            .replace(/\d+(?= (năm|tháng|tuần|ngày|giờ|phút|giây)(?![\p{L}]))/gu, '0');
          const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (words.nextNode()) if (still(words.currentNode.data) !== words.currentNode.data) words.currentNode.data = still(words.currentNode.data);
          for (const field of document.querySelectorAll('input')) {
            if (field.type === 'date' && field.value) field.value = '2000-01-01';
            else if (field.type === 'text') field.value = still(field.value);
          }
          return document.fonts.ready.then(() => null);
        }
        """;

    private const string Compare =
        """
        async ({ shot, before, threshold }) => {
          const read = async (data, scale) => {
            const image = new Image();
            image.src = `data:image/${data.startsWith('UklG') ? 'webp' : 'png'};base64,${data}`;
            await image.decode();
            const canvas = document.createElement('canvas');
            [canvas.width, canvas.height] = [image.width * scale, image.height * scale];
            const pen = canvas.getContext('2d', { willReadFrequently: true });
            pen.imageSmoothingQuality = 'high';
            pen.drawImage(image, 0, 0, canvas.width, canvas.height);
            return { canvas, pen, points: pen.getImageData(0, 0, canvas.width, canvas.height) };
          };
          // Of quality 1 the browser's webp loses nothing.
          const packed = canvas => canvas.toDataURL('image/webp', 1).split(',')[1];
          const now = await read(shot, 0.5);
          const picture = packed(now.canvas);
          if (before === null) return { share: 1, picture, differing: picture };
          const old = (await read(before, 1)).points;
          const { width, height, data } = now.points;
          if (old.width !== width || old.height !== height) return { share: 1, picture, differing: picture };
          let differ = 0;
          for (let at = 0; at < data.length; at += 4) {
            const differs = [0, 1, 2].some(part => Math.abs(data[at + part] - old.data[at + part]) > threshold);
            differ += differs;
            for (let part = 0; part < 3; part++) data[at + part] = differs ? [220, 0, 0][part] : 200 + data[at + part] / 255 * 55;
          }
          now.pen.putImageData(now.points, 0, 0);
          return { share: differ / (width * height), picture, differing: packed(now.canvas) };
        }
        """;
}
