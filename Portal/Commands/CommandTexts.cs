using System.Globalization;
using System.Resources;

namespace QuanTrac.Portal.Commands;

/// <summary>The console's sentences: Vietnamese where the terminal's language is, English elsewhere.</summary>
public sealed class CommandTexts(CultureInfo language)
{
    private static readonly ResourceManager Resources = new(typeof(CommandTexts));

    public CultureInfo Language => language;

    /// <summary>In the language of the terminal (LC_ALL, LC_MESSAGES, LANG: the first that is set).</summary>
    public static CommandTexts OfTerminal()
    {
        var set = new[] { "LC_ALL", "LC_MESSAGES", "LANG" }
            .Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";
        return new CommandTexts(CultureInfo.GetCultureInfo(set.StartsWith("vi", StringComparison.Ordinal) ? "vi" : "en"));
    }

    /// <summary>The sentence of a key with its facts filled in.</summary>
    public string this[string key, params object[] facts] =>
        string.Format(language, Resources.GetString(key, language) ?? key, facts);

    /// <summary>The sentence of a code (a member of an enum), keyed <c>Enum.Member</c>.</summary>
    public string Of<T>(T code, IEnumerable<string> facts) where T : struct, Enum =>
        this[$"{typeof(T).Name}.{code}", [.. facts]];
}
