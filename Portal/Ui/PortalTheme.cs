using MudBlazor;

namespace QuanTrac.Portal.Ui;

/// <summary>The look of the portal as MudBlazor says it: the colours of base.css, one typeface, no shadow but under what floats. What a theme cannot say stands in mud.css.</summary>
public static class PortalTheme
{
    private static readonly string[] Words = ["Be Vietnam Pro", "Noto Sans", "system-ui", "sans-serif"];

    public static MudTheme Light { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5c6b", PrimaryContrastText = "#ffffff", Secondary = "#4a606b", Tertiary = "#2f7f8f", Info = "#0b5c6b", Success = "#1d5a55", Warning = "#6d4c00", Error = "#9c3416",
            Dark = "#14262e", TextPrimary = "#14262e", TextSecondary = "#4a606b", TextDisabled = "#5f737d", ActionDefault = "#4a606b", ActionDisabled = "#9fb0b7",
            ActionDisabledBackground = "#eef2f3", Background = "#f5f8f9", BackgroundGray = "#f5f8f9", Surface = "#ffffff", LinesDefault = "#dde5e8", LinesInputs = "#9fb0b7",
            TableLines = "#dde5e8", TableHover = "#f5f8f9", TableStriped = "#f5f8f9", Divider = "#dde5e8", OverlayDark = "rgba(20,38,46,0.35)",
        },
        LayoutProperties = new() { DefaultBorderRadius = "8px", AppbarHeight = "56px" },
        Shadows = new() { Elevation = Lifts() },
        Typography = new()
        {
            Default = new DefaultTypography { FontFamily = Words, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = Words, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = Words, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "normal" },
            // What is typed into a field.
            Subtitle1 = new Subtitle1Typography { FontFamily = Words, FontSize = "14px", FontWeight = "400", LineHeight = "1.45", LetterSpacing = "normal" },
            Subtitle2 = new Subtitle2Typography { FontFamily = Words, FontSize = "14px", FontWeight = "600", LineHeight = "1.45", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = Words, FontSize = "15px", FontWeight = "600", LineHeight = "1.3", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = Words, FontSize = "14px", FontWeight = "400", LineHeight = "1.45", LetterSpacing = "normal", TextTransform = "none" },
            Caption = new CaptionTypography { FontFamily = Words, FontSize = "12.5px", LineHeight = "1.4", LetterSpacing = "normal" },
        },
    };

    // Popovers float at 8, dialogs at 24; nothing else throws a shadow.
    private static string[] Lifts()
    {
        var lifts = Enumerable.Repeat("none", 26).ToArray();
        lifts[8] = lifts[24] = "0 2px 10px rgb(20 38 46 / 14%)";
        return lifts;
    }
}
