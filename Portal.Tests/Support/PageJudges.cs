using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>What a judge has against a page.</summary>
internal sealed record PageFinding(string Judge, string Page, string Rule, string What)
{
    public override string ToString() => $"{Judge} {Page} {Rule}: {What}";
}

/// <summary>Judges of others for pages as the browser has them: the HTML by vnu, all pages in one run; what people with other senses and hands get
/// of it by alfa, page by page while the next are read.</summary>
internal sealed class PageJudges : IDisposable
{
    // What vnu says of the framework, not of us.
    private static readonly string[] OfTheFramework =
    [
        // Scoped css and references to elements are attributes that Blazor names itself.
        "Attribute “(b-[a-z0-9]{10}|_bl_[-0-9a-f]+)” not allowed on element .*",
        // Virtualize keeps the place of rows that are not drawn with rows without a cell.
        "Row [0-9]+ of a row group established by a “tbody” element has no cells beginning on it.",
        // MudBlazor writes its theme where its provider stands, a foot into every grid, an unseen head into an empty one, and the kind of an input on what has several lines.
        "A “style” element in “body” must be the first child of its parent.",
        "The selector “:root” matches, or might match, an element that comes before the parent of this “style” element. .*",
        "Row [0-9]+ of a row group established by a “tfoot” element has no cells beginning on it.",
        "Table columns in range [0-9]+…[0-9]+ established by element “th” have no cells beginning in them.",
        "Attribute “type” not allowed on element “textarea” at this point.",
    ];

    private static readonly string Packages = Path.Combine(Repository.Root, "Portal", "node_modules");

    // Runs in the browser: alfa's own readers of page and device, then ours.
    private static readonly string Reader = $"({Script("alfa-page.js")}\n)({Native("alfa-dom", "fromNode")}, {Native("alfa-device", "fromWindow")})";

    private readonly TempFolder folder = new();
    private readonly Process alfa;
    private readonly Task<string> byAlfa;

    public PageJudges()
    {
        alfa = Process.Start(new ProcessStartInfo("node", [Path.Combine(Repository.Root, "Portal.Tests", "Support", "alfa-judge.mjs")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!;
        byAlfa = alfa.StandardOutput.ReadToEndAsync();
    }

    public void Dispose()
    {
        alfa.Kill();
        alfa.Dispose();
        folder.Dispose();
    }

    /// <summary>Takes the page that stands in the browser. One at a time.</summary>
    /// <param name="name">Names it in the findings, and its files.</param>
    public async Task TakeAsync(IPage page, string name)
    {
        folder.Write($"{name}.html", "<!DOCTYPE html>" + await page.EvaluateAsync<string>("() => document.documentElement.outerHTML"));
        await alfa.StandardInput.WriteLineAsync(folder.Write($"{name}.json", await page.EvaluateAsync<string>(Reader)));
    }

    /// <summary>What they found on the pages that were taken. The last to be asked.</summary>
    public async Task<IReadOnlyList<PageFinding>> FindAsync()
    {
        alfa.StandardInput.Close();
        var byVnu = await FindByVnuAsync();
        var lines = (await byAlfa).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await alfa.WaitForExitAsync();
        Assert.Equal(0, alfa.ExitCode);
        return [.. byVnu, .. lines.Select(line => JsonDocument.Parse(line).RootElement)
            .Select(found => new PageFinding("alfa", found.GetProperty("page").GetString()!, found.GetProperty("rule").GetString()!, found.GetProperty("what").GetString()!))];
    }

    private async Task<IReadOnlyList<PageFinding>> FindByVnuAsync()
    {
        using var vnu = Process.Start(new ProcessStartInfo("java",
        [
            "-jar", Path.Combine(Packages, "vnu-jar", "build", "dist", "vnu.jar"), "--errors-only", "--format", "json", "--stdout", "--exit-zero-always",
            "--filterpattern", string.Join('|', OfTheFramework), .. Directory.GetFiles(folder.Path, "*.html"),
        ]) { RedirectStandardOutput = true })!;
        var said = await vnu.StandardOutput.ReadToEndAsync();
        await vnu.WaitForExitAsync();
        return [.. JsonDocument.Parse(said).RootElement.GetProperty("messages").EnumerateArray().Select(message => new PageFinding(
            "vnu", Path.GetFileNameWithoutExtension(message.GetProperty("url").GetString()!), message.GetProperty("message").GetString()!,
            message.TryGetProperty("extract", out var extract) ? Regex.Replace(extract.GetString()!, @"\s+", " ") : ""))];
    }

    private static string Script(string name) => File.ReadAllText(Path.Combine(Repository.Root, "Portal.Tests", "Support", name)).Split('\n', 2)[1];

    private static string Native(string package, string function) =>
        $"(() => {{ {File.ReadAllText(Path.Combine(Packages, "@siteimprove", package, "dist", "native.js")).Replace("export var", "var", StringComparison.Ordinal)}\nreturn () => Native.{function}(); }})()";
}
