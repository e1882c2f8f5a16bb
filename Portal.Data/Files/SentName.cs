using System.Globalization;
using System.Text;

namespace QuanTrac.Portal.Data.Files;

/// <summary>The name that a sender gave a file, made fit to be shown: one line, in the order in which it is written, and no path. Nothing is ever stored or opened under it.</summary>
public static class SentName
{
    /// <summary>Letters (UTF-16) of a name at most.</summary>
    public const int Cap = 200;

    // What is kept of an ending.
    private const int EndingCap = 16;

    private const string Nameless = "khong-ten";

    // Names that Windows keeps for devices, with any ending.
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. "123456789¹²³".SelectMany(number => new[] { $"COM{number}", $"LPT{number}" })], StringComparer.OrdinalIgnoreCase);

    /// <summary>The name without paths, control characters, marks of direction, invisible letters and what Windows does not take; never empty.</summary>
    public static string Of(string given)
    {
        var name = Tidy(given.Replace('\\', '/').Split('/')[^1]);
        if (name.Length == 0)
            return Nameless;
        if (Devices.Contains(name.Split('.')[0].TrimEnd()))
            name = "_" + name;
        return name.Length > Cap ? Shorten(name) : name;
    }

    private static string Tidy(string part)
    {
        var kept = new StringBuilder(part.Length);
        foreach (var rune in part.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
                kept.Append(' ');
            else if (!IsUnseen(rune))
                kept.Append(rune.Value < 128 && "<>:\"|?*".Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : rune.ToString());
        }
        // One spelling of each letter, and single spaces.
        var text = kept.ToString().Normalize(NormalizationForm.FormC);
        return string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim(' ', '.');
    }

    // Control characters, marks of direction and joiners (Cf), half a pair (U+FFFD as runes are read), what has no letter yet or only a private one; and letters that look like nothing.
    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or 0xFFFD or (>= 0xE0100 and <= 0xE01EF);

    // The beginning and the ending; no pair is cut in two, and no mark is left without its letter.
    private static string Shorten(string name)
    {
        var dot = name.LastIndexOf('.');
        var ending = dot > 0 && name.Length - dot <= EndingCap ? name[dot..] : "";
        var stem = new StringBuilder();
        foreach (var sign in Signs(name))
        {
            if (stem.Length + sign.Length > Cap - ending.Length)
                break;
            stem.Append(sign);
        }
        return stem.ToString().TrimEnd(' ', '.') + ending;
    }

    private static IEnumerable<string> Signs(string text)
    {
        var signs = StringInfo.GetTextElementEnumerator(text);
        while (signs.MoveNext())
        {
            var sign = signs.GetTextElement();
            // A letter under hundreds of marks is one sign.
            if (sign.Length <= Cap / 4)
                yield return sign;
        }
    }
}
