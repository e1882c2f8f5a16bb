using System.Diagnostics;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>A word on a page, where pdftotext (Debian's poppler-utils) finds it, in points from the upper left corner.</summary>
public sealed record PaperWord(string Text, double Left, double Top, double Right, double Bottom);

/// <summary>A page of a PDF: its size in points and its words.</summary>
public sealed record PaperPage(double Width, double Height, IReadOnlyList<PaperWord> Words)
{
    public const double PointsOfMillimetre = 72 / 25.4;

    /// <summary>All that stands on it, on one line.</summary>
    public string Text => string.Join(' ', Words.Select(word => word.Text));

    /// <summary>The pages of a PDF.</summary>
    public static async Task<IReadOnlyList<PaperPage>> ReadAsync(byte[] pdf)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "sheet.pdf");
        await File.WriteAllBytesAsync(path, pdf);
        using var reader = Process.Start(new ProcessStartInfo("pdftotext", ["-enc", "UTF-8", "-bbox", path, "-"]) { RedirectStandardOutput = true })!;
        using var xml = XmlReader.Create(reader.StandardOutput, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        var pages = XDocument.Load(xml).Descendants().Where(element => element.Name.LocalName == "page")
            .Select(page => new PaperPage(Number(page, "width"), Number(page, "height"), [.. page.Elements().Select(Word)])).ToList();
        await reader.WaitForExitAsync();
        return pages;
    }

    private static PaperWord Word(XElement word) => new(word.Value, Number(word, "xMin"), Number(word, "yMin"), Number(word, "xMax"), Number(word, "yMax"));

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);
}
