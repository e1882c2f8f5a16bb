using System.Globalization;
using System.Text;

namespace QuanTrac.Portal.Ui;

/// <summary>Words as people type them in a hurry: "ha long" finds "Hạ Long", "dong trieu" finds "Đông Triều".</summary>
public static class Folding
{
    /// <summary>Without marks, small, đ as d.</summary>
    public static string Fold(string words)
    {
        var folded = new StringBuilder(words.Length);
        foreach (var letter in words.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                folded.Append(letter is 'đ' or 'Đ' ? 'd' : char.ToLowerInvariant(letter));
        }
        return folded.ToString();
    }

    /// <summary>Whether each word that was typed stands in the text.</summary>
    public static bool Finds(string typed, string text)
    {
        var folded = Fold(text);
        return Fold(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => folded.Contains(word, StringComparison.Ordinal));
    }
}
