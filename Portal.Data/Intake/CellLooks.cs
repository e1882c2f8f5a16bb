using System.Globalization;
using System.Xml;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Which formats of a workbook cross a cell out, or raise it.</summary>
internal sealed class CellLooks
{
    private readonly List<CellMarks> fonts = [];
    private readonly List<CellMarks> formats = [];
    private string list = "";

    /// <summary>Whether any format does: else no cell needs to be asked.</summary>
    public bool Any { get; private set; }

    public CellMarks Of(int format) => format >= 0 && format < formats.Count ? formats[format] : CellMarks.None;

    /// <summary>What an element of a font says: of a format, or of a part of a text.</summary>
    public static CellMarks OfElement(XmlReader xml) => xml.LocalName switch
    {
        "strike" when xml.GetAttribute("val") is not ("0" or "false") => CellMarks.Struck,
        "vertAlign" when xml.GetAttribute("val") is "superscript" or "subscript" => CellMarks.Raised,
        _ => CellMarks.None,
    };

    /// <summary>One step through the part of formats: the fonts come before the formats that name them.</summary>
    public void Read(XmlReader xml)
    {
        if (xml.NodeType != XmlNodeType.Element)
            return;
        if (xml.Depth == 1)
            list = xml.LocalName;
        else if (xml is { Depth: 2, LocalName: "font" } && list == "fonts")
            fonts.Add(CellMarks.None);
        else if (list == "fonts" && fonts.Count > 0)
            fonts[^1] |= OfElement(xml);
        else if (xml is { Depth: 2, LocalName: "xf" } && list == "cellXfs")
            AddFormat(xml.GetAttribute("fontId"));
    }

    private void AddFormat(string? fontId)
    {
        var known = int.TryParse(fontId, NumberStyles.None, CultureInfo.InvariantCulture, out var font) && font < fonts.Count;
        formats.Add(known ? fonts[font] : CellMarks.None);
        Any |= formats[^1] != CellMarks.None;
    }
}

/// <summary>What the shared texts of a workbook are, without the texts.</summary>
internal sealed class SharedTexts
{
    private readonly List<(bool IsFilled, CellMarks Marks)> texts = [];

    /// <summary>Whether there is a text of this number.</summary>
    public bool Has(int index) => index >= 0 && index < texts.Count;

    /// <summary>Whether it holds more than white space.</summary>
    public bool IsFilled(int index) => texts[index].IsFilled;

    public CellMarks MarksOf(int index) => texts[index].Marks;

    public void Begin() => texts.Add(default);

    public void Fill() => Change(text => (true, text.Marks));

    public void Mark(CellMarks marks)
    {
        if (marks != CellMarks.None)
            Change(text => (text.IsFilled, text.Marks | marks));
    }

    private void Change(Func<(bool IsFilled, CellMarks Marks), (bool, CellMarks)> change)
    {
        if (texts.Count > 0)
            texts[^1] = change(texts[^1]);
    }
}
