using System.Globalization;
using System.Resources;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>How bad it is.</summary>
public enum Level
{
    /// <summary>As it should be.</summary>
    Green,

    /// <summary>Works, and somebody should know or decide.</summary>
    Yellow,

    /// <summary>Must be mended before the province's data are entrusted to it.</summary>
    Red,
}

/// <summary>What a check found: its level, the code of its sentence, and what the sentence needs.</summary>
public sealed record Finding(Level Level, string Code, params object[] Facts)
{
    public static Finding Green(string code, params object[] facts) => new(Level.Green, code, facts);

    public static Finding Yellow(string code, params object[] facts) => new(Level.Yellow, code, facts);

    public static Finding Red(string code, params object[] facts) => new(Level.Red, code, facts);

    /// <summary>What a part of the portal says of itself, in its own sentence.</summary>
    public static Finding Said(Level level, string sentence) => new(level, "Said", sentence);

    /// <summary>Its sentence.</summary>
    public string In(CultureInfo language) => DiagnosisTexts.Of(Code, language, Facts);
}

/// <summary>The sentences of the doctor.</summary>
public static class DiagnosisTexts
{
    private static readonly ResourceManager Resources = new(typeof(DiagnosisTexts));

    public static string Of(string code, CultureInfo language, params object[] facts) => string.Format(language, Resources.GetString(code, language) ?? code, facts);
}
