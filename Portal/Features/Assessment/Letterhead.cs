using PdfSharp.Drawing;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>The head of a paper as Nghị định 30/2020/NĐ-CP, Phụ lục I lays it out: at left the body above, the issuing body and the number; at right the
/// name of the state, its motto, place and day.</summary>
internal sealed record Letterhead(string Above, string Body, string Number, string State, string Motto, string PlaceAndDate)
{
    private const double LineHeight = 15;
    private const double ShareOfBody = 0.42;

    /// <param name="at">Where it begins, and how wide it is.</param>
    /// <param name="font">A font of this size and style.</param>
    public void Draw(XGraphics page, XRect at, Func<double, XFontStyleEx, XFont> font)
    {
        var left = new XRect(at.X, at.Y, at.Width * ShareOfBody, LineHeight);
        var right = new XRect(left.Right, at.Y, at.Width - left.Width, LineHeight);

        var y = Centred(page, left, Above, font(12, XFontStyleEx.Regular));
        y = Centred(page, left with { Y = y }, Body, font(12, XFontStyleEx.Bold));
        // Under the body a line of a third to a half of its width, under the motto one of all of it.
        Rule(page, left, y, left.Width / 3);
        Centred(page, left with { Y = y + 8 }, Number, font(12, XFontStyleEx.Regular));

        var (bold, italic) = (font(13, XFontStyleEx.Bold), font(13, XFontStyleEx.Italic));
        y = Centred(page, right, State, font(12, XFontStyleEx.Bold));
        y = Centred(page, right with { Y = y }, Motto, bold);
        Rule(page, right, y, page.MeasureString(Motto, bold).Width);
        Centred(page, right with { Y = at.Y + 3 * LineHeight + 8 }, PlaceAndDate, italic);
    }

    // Gives where the next line begins.
    private static double Centred(XGraphics page, XRect at, string text, XFont font)
    {
        double Width(string words) => page.MeasureString(words, font).Width;
        var lines = Lines(text, at.Width, Width);
        // A long name takes as few lines as may be, none of them a lone word: narrower for as long as no line is added.
        for (var width = at.Width - 4; width > at.Width / 2 && Lines(text, width, Width) is var narrower && narrower.Count == lines.Count; width -= 4)
            lines = narrower;
        foreach (var line in lines)
        {
            page.DrawString(line, font, XBrushes.Black, at, XStringFormats.TopCenter);
            at.Y += LineHeight;
        }
        return at.Y;
    }

    private static List<string> Lines(string text, double width, Func<string, double> widthOf)
    {
        List<string> lines = [""];
        foreach (var word in text.Split(' '))
        {
            var longer = $"{lines[^1]} {word}".TrimStart();
            if (lines[^1].Length > 0 && widthOf(longer) > width)
                lines.Add(word);
            else
                lines[^1] = longer;
        }
        return lines;
    }

    private static void Rule(XGraphics page, XRect column, double y, double width) =>
        page.DrawLine(new XPen(XColors.Black, 0.7), column.X + (column.Width - width) / 2, y + 2, column.X + (column.Width + width) / 2, y + 2);
}
