using System.Globalization;
using System.Resources;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>Names the texts of assessments for <c>IStringLocalizer</c>.</summary>
public sealed class AssessmentTexts
{
    private static readonly ResourceManager Resources = new(typeof(AssessmentTexts));

    /// <summary>The texts in a language, for whoever has no localizer; null where there is none of that key.</summary>
    public static Func<string, string?> In(CultureInfo language) => key => Resources.GetString(key, language);
}
