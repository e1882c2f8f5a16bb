using System.Globalization;
using System.Resources;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Names the texts of the intake pages for <c>IStringLocalizer</c>.</summary>
public sealed class IntakeTexts;

/// <summary>Names the texts of problems: <c>Title.</c>, <c>Problem.</c> and <c>Remedy.</c> with each code.</summary>
public sealed class ProblemTexts
{
    private static readonly ResourceManager Resources = new(typeof(ProblemTexts));

    /// <summary>The texts in a language, for whoever has no localizer; null where there is none of that key.</summary>
    public static Func<string, string?> In(CultureInfo language) => key => Resources.GetString(key, language);
}
