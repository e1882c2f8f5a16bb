using System.Text;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>A piece of text in one style.</summary>
internal readonly record struct Run(string Text, XFontStyleEx Style = XFontStyleEx.Regular, double Size = SheetWriter.Body);

/// <summary>Writes A4 pages from top to bottom: lines are wrapped, and what does not fit goes on to the next page. Lengths are points.</summary>
internal sealed class SheetWriter : IDisposable
{
    public const double Body = 11;
    public const double Small = 9.5;

    // Nghị định 30/2020/NĐ-CP, Phụ lục I: 20-25 mm above and below, 30-35 mm left, 15-20 mm right.
    private const double Margin = 57;
    private const double Left = 85;
    private const double Right = 45;
    private const double FootHeight = 40;
    private const double LineHeight = 1.28;

    private readonly PdfDocument document = new();
    private readonly Dictionary<(XFontStyleEx, double), XFont> fonts = [];
    private readonly StringBuilder said = new();
    private XGraphics page;
    private double y = Margin;

    public SheetWriter(string title)
    {
        LiberationSerif.Install();
        document.Info.Title = title;
        page = NewPage();
    }

    /// <summary>What has been written so far, a line for each paragraph: the words alone, whatever their type and wherever lines and pages end.</summary>
    public string Said => said.ToString();

    private double Width => page.PageSize.Width - Left - Right;

    private double Bottom => page.PageSize.Height - Margin - FootHeight;

    public void Centred(Run run)
    {
        Note([run]);
        foreach (var line in Wrap([run], Width))
            DrawLine(line, Left + (Width - line.Sum(word => word.Width)) / 2);
    }

    /// <summary>A paragraph; <paramref name="indent"/> is where its lines begin, <paramref name="mark"/> stands before the first.</summary>
    public void Paragraph(IReadOnlyList<Run> runs, double indent = 0, Run? mark = null)
    {
        Note(mark is { } first ? [first, new(" "), .. runs] : runs);
        var lines = Wrap(runs, Width - indent).ToList();
        for (var i = 0; i < lines.Count; i++)
        {
            // Not the first line alone at the foot of a page.
            MakeRoom(i == 0 && lines.Count > 1 ? 2 * HeightOf(lines[0]) : HeightOf(lines[i]));
            if (i == 0 && mark is { } sign)
                page.DrawString(sign.Text, FontOf(sign), XBrushes.Black, Left, y + sign.Size);
            DrawLine(lines[i], Left + indent);
        }
    }

    public void Gap(double points) => y += points;

    /// <summary>Goes to the next page unless so much is left on this one.</summary>
    public void MakeRoom(double points)
    {
        if (y + points <= Bottom)
            return;
        page.Dispose();
        page = NewPage();
        y = Margin;
    }

    public void Rule()
    {
        page.DrawLine(new XPen(XColors.Gray, 0.6), Left, y, Left + Width, y);
        y += 6;
    }

    /// <summary>A frame round a paragraph.</summary>
    public void Framed(IReadOnlyList<Run> runs)
    {
        const double padding = 8;
        Note(runs);
        var lines = Wrap(runs, Width - 2 * padding).ToList();
        var height = lines.Sum(HeightOf) + 2 * padding;
        MakeRoom(height);
        page.DrawRectangle(new XPen(XColors.Black, 0.9), Left, y, Width, height);
        y += padding;
        foreach (var line in lines)
            DrawLine(line, Left + padding);
        y += padding;
    }

    /// <summary>A picture of dark squares, with a paragraph to its right.</summary>
    public void Squares(IReadOnlyList<System.Collections.BitArray> rows, double side, IReadOnlyList<Run> beside)
    {
        MakeRoom(side);
        var square = side / rows.Count;
        for (var row = 0; row < rows.Count; row++)
        {
            for (var column = 0; column < rows[row].Count; column++)
            {
                // A hair wider than itself, so that no white lines show between neighbours.
                if (rows[row][column])
                    page.DrawRectangle(XBrushes.Black, Left + column * square, y + row * square, square + 0.05, square + 0.05);
            }
        }
        var top = y;
        foreach (var line in Wrap(beside, Width - side - 12))
            DrawLine(line, Left + side + 12);
        y = Math.Max(y, top + side);
    }

    /// <summary>Puts the foot on every page, and the head on the first where there is one (into the room left for it), and ends the document.</summary>
    /// <param name="pageOf">Page and pages in words; asked for only where there is more than one.</param>
    public byte[] Finish(string left, string right, Func<int, int, string> pageOf, Letterhead? head = null)
    {
        page.Dispose();
        using (var first = XGraphics.FromPdfPage(document.Pages[0], XGraphicsPdfPageOptions.Append))
            head?.Draw(first, new XRect(Left, Margin, first.PageSize.Width - Left - Right, 0), (size, style) => FontOf(new("", style, size)));
        for (var number = 1; number <= document.PageCount; number++)
        {
            using var foot = XGraphics.FromPdfPage(document.Pages[number - 1], XGraphicsPdfPageOptions.Append);
            var (top, width) = (foot.PageSize.Height - Margin - FootHeight + 12, foot.PageSize.Width - Left - Right);
            var font = FontOf(new("", XFontStyleEx.Italic, Small));
            foot.DrawLine(new XPen(XColors.Gray, 0.6), Left, top, Left + width, top);
            foot.DrawString(left, font, XBrushes.Black, Left, top + 13);
            foot.DrawString(right, font, XBrushes.Black, Left, top + 26);
            if (document.PageCount > 1)
                foot.DrawString(pageOf(number, document.PageCount), font, XBrushes.Black, new XRect(Left, top + 16, width, 12), XStringFormats.TopRight);
        }
        using var bytes = new MemoryStream();
        document.Save(bytes, false);
        return bytes.ToArray();
    }

    public void Dispose()
    {
        page.Dispose();
        document.Dispose();
    }

    private void Note(IReadOnlyList<Run> runs) => said.AppendJoin("", runs.Select(run => run.Text)).Append('\n');

    private XGraphics NewPage()
    {
        var added = document.AddPage();
        added.Size = PageSize.A4;
        return XGraphics.FromPdfPage(added);
    }

    private void DrawLine(List<Word> line, double x)
    {
        MakeRoom(HeightOf(line));
        var size = line.Max(word => word.Run.Size);
        foreach (var word in line)
        {
            page.DrawString(word.Run.Text, FontOf(word.Run), XBrushes.Black, x, y + size);
            x += word.Width;
        }
        y += HeightOf(line);
    }

    private static double HeightOf(List<Word> line) => line.Max(word => word.Run.Size) * LineHeight;

    // Greedy: as many words as fit; one that is longer than a line (a hash, an address) is cut where it must be.
    private IEnumerable<List<Word>> Wrap(IReadOnlyList<Run> runs, double width)
    {
        var (line, used) = (new List<Word>(), 0.0);
        foreach (var word in runs.SelectMany(Words))
        {
            var rest = word;
            while (used + rest.Width > width && used + Measure(rest.Run with { Text = rest.Run.Text.TrimEnd() }) > width)
            {
                if (line.Count == 0)
                {
                    var fits = Enumerable.Range(1, rest.Run.Text.Length - 1).Last(length => length == 1 || Measure(rest.Run with { Text = rest.Run.Text[..length] }) <= width);
                    line.Add(Sized(rest.Run with { Text = rest.Run.Text[..fits] }));
                    rest = Sized(rest.Run with { Text = rest.Run.Text[fits..] });
                }
                yield return line;
                (line, used) = ([], 0);
            }
            line.Add(rest);
            used += rest.Width;
        }
        if (line.Count > 0)
            yield return line;
    }

    // Each word keeps the space behind it, so that styles may change inside a line.
    private IEnumerable<Word> Words(Run run)
    {
        var start = 0;
        for (var i = 0; i < run.Text.Length; i++)
        {
            if (run.Text[i] == ' ' && i + 1 < run.Text.Length)
            {
                yield return Sized(run with { Text = run.Text[start..(i + 1)] });
                start = i + 1;
            }
        }
        if (start < run.Text.Length)
            yield return Sized(run with { Text = run.Text[start..] });
    }

    private Word Sized(Run run) => new(run, Measure(run));

    private double Measure(Run run) => page.MeasureString(run.Text, FontOf(run), XStringFormats.Default).Width;

    private XFont FontOf(Run run)
    {
        if (!fonts.TryGetValue((run.Style, run.Size), out var font))
            fonts[(run.Style, run.Size)] = font = new XFont(LiberationSerif.Name, run.Size, run.Style);
        return font;
    }

    private readonly record struct Word(Run Run, double Width);
}
