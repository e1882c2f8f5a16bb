using Microsoft.Extensions.Localization;

namespace QuanTrac.Portal.Ui;

/// <summary>What a page says while a file is sent, and when it was not taken; the names are those of <c>send-file.js</c>.</summary>
public static class SentFileTexts
{
    private const long Megabyte = 1024 * 1024;

    /// <param name="cap">Bytes that are taken at most.</param>
    public static object Of(IStringLocalizer<UiTexts> texts, long cap) => new
    {
        sending = texts["SentFile.Sending"].Value,
        tooLarge = TooLarge(texts, cap),
        missing = texts["SentFile.Missing"].Value,
        network = texts["SentFile.Network"].Value,
        failed = texts["SentFile.Failed"].Value,
        stale = texts["SentFile.Stale"].Value,
        notYours = texts["SentFile.NotYours"].Value,
    };

    public static string TooLarge(IStringLocalizer<UiTexts> texts, long cap) => texts["SentFile.TooLarge", cap / Megabyte];
}
