using System.Buffers.Binary;
using PdfSharp.Fonts;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>The typeface of what the portal prints: Liberation Serif of the system, whose letters are as wide as those of Times New Roman. PDFsharp knows no other.</summary>
internal sealed class LiberationSerif : IFontResolver
{
    public const string Name = "Liberation Serif";

    private const string Regular = "LiberationSerif-Regular";

    // Debian 12 has version 2 in a package of its own, beside version 1, which lacks the Vietnamese letters; later ones have version 2 alone.
    private static readonly string[] Folders = ["/usr/share/fonts/truetype/liberation2", "/usr/share/fonts/truetype/liberation", "/usr/share/fonts/liberation-serif"];

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

    /// <exception cref="FileNotFoundException">The package fonts-liberation2 is not installed.</exception>
    public byte[] GetFont(string faceName) =>
        Folders.Select(folder => Path.Combine(folder, faceName + ".ttf")).Where(File.Exists).Select(File.ReadAllBytes).FirstOrDefault(font => Version(font) >= 2)
            ?? throw new FileNotFoundException($"{faceName}.ttf of version 2 is in none of {string.Join(", ", Folders)}: the package fonts-liberation2 is missing.");

    // fontRevision of the table "head": its whole part stands in bytes 4 and 5.
    private static int Version(ReadOnlySpan<byte> font)
    {
        var tables = BinaryPrimitives.ReadUInt16BigEndian(font[4..]);
        for (var table = 0; table < tables; table++)
        {
            var entry = font[(12 + 16 * table)..];
            if (entry[..4].SequenceEqual("head"u8))
                return BinaryPrimitives.ReadUInt16BigEndian(font[((int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..]) + 4)..]);
        }
        return 0;
    }
}
