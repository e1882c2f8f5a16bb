using System.Globalization;
using System.Resources;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>Names the texts of explanations: <c>Step.</c> with each code, <c>Term.</c> with each word.</summary>
public sealed class ExplanationTexts
{
    private static readonly ResourceManager Resources = new(typeof(ExplanationTexts));

    /// <summary>The text in the reader's language; null where there is none.</summary>
    public static string? Find(string key) => Resources.GetString(key, CultureInfo.CurrentUICulture);
}
