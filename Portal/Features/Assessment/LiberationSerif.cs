using PdfSharp.Fonts;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>The typeface of what the portal prints: Liberation Serif of the system, whose letters are as wide as those of Times New Roman. PDFsharp knows no other.</summary>
internal sealed class LiberationSerif : IFontResolver
{
    public const string Name = "Liberation Serif";

    private const string Regular = "LiberationSerif-Regular";

    // Where Debian and its kin put the package fonts-liberation.
    private static readonly string[] Folders = ["/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/liberation-serif"];

    private static readonly Lazy<bool> Installed = new(() =>
    {
        GlobalFontSettings.FontResolver ??= new LiberationSerif();
        return true;
    });

    /// <summary>Tells PDFsharp, once for the process.</summary>
    public static void Install() => _ = Installed.Value;

    public FontResolverInfo ResolveTypeface(string familyName, bool bold, bool italic) => new((bold, italic) switch
    {
        (true, true) => "LiberationSerif-BoldItalic",
        (true, false) => "LiberationSerif-Bold",
        (false, true) => "LiberationSerif-Italic",
        _ => Regular,
    });

    /// <exception cref="FileNotFoundException">The package fonts-liberation is not installed.</exception>
    public byte[] GetFont(string faceName)
    {
        var path = Folders.Select(folder => Path.Combine(folder, faceName + ".ttf")).FirstOrDefault(File.Exists);
        return path is null ? throw new FileNotFoundException($"{faceName}.ttf is in none of {string.Join(", ", Folders)}: the package fonts-liberation is missing.") : File.ReadAllBytes(path);
    }
}
