using System.Globalization;
using System.Text.RegularExpressions;

namespace QuanTrac.Portal.Ui;

/// <summary>Where a rule stands, in the language of the reader: data cite Vietnamese papers ("Điều 10.4", "QCVN 10:2023/BTNMT, Bảng 2").</summary>
public static partial class Cited
{
    private static readonly Dictionary<string, string> English = new(StringComparer.Ordinal)
    {
        ["Điều"] = "Article", ["khoản"] = "clause", ["mục"] = "section", ["Mục"] = "Section", ["Bảng"] = "Table", ["Cột"] = "Column", ["Phụ lục"] = "Annex", ["Quyết định"] = "Decision",
        ["Danh mục an toàn thông tin"] = "Information security checklist", ["Kết quả kiểm tra an toàn"] = "Findings of the security test",
    };

    /// <param name="language">vi or en; that of the page where none is named.</param>
    public static string Shown(string text, string? language = null) =>
        (language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) == "vi" ? text : Words().Replace(text, word => English[word.Value]);

    [GeneratedRegex("Danh mục an toàn thông tin|Kết quả kiểm tra an toàn|Phụ lục|Quyết định|Điều|khoản|[mM]ục|Bảng|Cột")]
    private static partial Regex Words();
}
