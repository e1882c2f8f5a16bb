using System.Text.RegularExpressions;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Rules;

/// <summary>One hand for every control: what is pressed or typed into comes from the kit (<c>Ui/</c>).</summary>
public sealed partial class ControlTests
{
    // The map draws itself; a page that answers one request, and what stands where there is no circuit, has no component that lives in one.
    private static bool IsPlain(SourceFile file) =>
        file.Name.StartsWith("Portal/Ui/", StringComparison.Ordinal) || file.Name.StartsWith("Portal/Features/Map/", StringComparison.Ordinal)
        || file.Text.Contains("ExcludeFromInteractiveRouting", StringComparison.Ordinal) || Plain.Contains(file.Name);

    private static readonly string[] Plain =
    [
        // Parts of the frame that stand on static pages too, or while the circuit is away.
        "Portal/Shell/DemoBanner.razor", "Portal/Shell/DemoChip.razor", "Portal/Shell/ReconnectPanel.razor",
        // The search keeps what is typed while nothing stands yet; the sheet of pages is opened by the browser itself; signing out is a request.
        "Portal/Shell/TopBar.razor", "Portal/Shell/Rail.razor",
    ];

    [Fact]
    public void Pages_OutsideTheKit_HaveNoRawControl() => Assert.Empty(SourceFiles.Of("Portal", ".razor").Where(file => !IsPlain(file))
        .SelectMany(file => Raw().Matches(file.Text).Select(match => $"{file.Name}: {match.Value}")));

    [Fact]
    public void Plain_Named_AreStillThere() => Assert.Empty(Plain.Except(SourceFiles.Of("Portal", ".razor").Select(file => file.Name)));

    [Fact]
    public void Boxes_OfTheBrowser_ForDaysAndFilesStandNowhere() => Assert.Empty(SourceFiles.Of("Portal", ".razor").Where(file => file.Name != "Portal/Ui/FileField.razor")
        .SelectMany(file => Native().Matches(file.Text).Select(match => $"{file.Name}: {match.Value}")));

    [GeneratedRegex(@"<(input|select|button|textarea)\b(?![^>]*type=""hidden"")")]
    private static partial Regex Raw();

    [GeneratedRegex(@"type=""(date|time|datetime-local|month|file)""")]
    private static partial Regex Native();
}
