using System.Globalization;
using System.Text;

namespace QuanTrac.Portal.Domain.Measuring;

/// <summary>Folding of words for comparison and search.</summary>
public static class Words
{
    /// <summary>NFKC, lower case, white space made single and trimmed; diacritics stay: "Độ muối" ≠ "Đo muoi".</summary>
    public static string Fold(string text) =>
        string.Join(' ', text.Normalize(NormalizationForm.FormKC).ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>As <see cref="Fold"/>, without diacritics: "Bãi Cháy" → "bai chay". Used for search only.</summary>
    public static string WithoutDiacritics(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in Fold(text).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(c == 'đ' ? 'd' : c);
        }
        return plain.ToString();
    }
}
