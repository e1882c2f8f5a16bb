using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>A word of other people's files and what it means here.</summary>
/// <param name="Kind">tide: of the column of the tide; qualifier: the header of a column of signs, or of limits of detection; non-detect: "not detected", beside a value.</param>
/// <param name="Meaning">Of a tide: CT, ĐT, TL or TR; of a column of limits: "limit"; otherwise empty.</param>
public sealed record IntakeWord(string Kind, string Spelling, string Meaning);

/// <summary>The words that intake understands in free columns; another one is asked about.</summary>
public sealed class IntakeWords(IEnumerable<IntakeWord> words)
{
    // A remark that is longer tells something else.
    private const int LongestSign = 30;
    private const int LongestRemark = 100;

    private static readonly char[] Between = [' ', '_', '-', '.', '(', ')', '[', ']', ':', '/'];

    private readonly List<string> beginnings = [.. words.Where(word => word is { Kind: "non-detect", Spelling.Length: > 3 }).Select(word => Words.Fold(word.Spelling))];
    private readonly Dictionary<(string Kind, string Spelling), string> meanings = words.ToDictionary(word => (word.Kind, Words.Fold(word.Spelling)), word => word.Meaning);

    /// <summary>The tide that a file names: CT (low), ĐT (high), TL (rising) or TR (falling); null where it is none of them.</summary>
    public string? Tide(string text) => meanings.GetValueOrDefault(("tide", Words.Fold(text)));

    /// <summary>"&lt;", with nothing behind it.</summary>
    public static bool IsSign(string text) => text.Length < 5 && Words.Fold(text) is "<" or "≤" or "<=" or ">" or "≥" or ">=" or "&lt;" or "&gt;";

    /// <summary>Whether a text says that nothing was detected, by a sign or in words.</summary>
    public bool SaysNonDetect(string text)
    {
        if (text.Length is 0 or > LongestRemark)
            return false;
        var folded = Words.Fold(text);
        return folded is ['<' or '>' or '≤' or '≥', ..] || meanings.ContainsKey(("non-detect", folded))
            || folded.Length < LongestSign && (folded.Contains('<', StringComparison.Ordinal) || beginnings.Exists(word => folded.StartsWith(word, StringComparison.Ordinal)));
    }

    /// <summary>Headers of a column of signs, folded.</summary>
    public IReadOnlySet<string> Qualifiers { get; } = words.Where(word => word is { Kind: "qualifier", Meaning: "" }).Select(word => Words.Fold(word.Spelling)).ToHashSet();

    /// <summary>Whether a header is that of a column of signs, alone or for one parameter: "Dấu", "Hg_flag".</summary>
    public bool IsQualifier(string header) => Says(header, "");

    /// <summary>Whether a header is that of a column of limits of detection: "LOD", "Hg MDL".</summary>
    public bool IsDetectionLimit(string header) => Says(header, "limit");

    private bool Says(string header, string meaning)
    {
        var folded = Words.Fold(header);
        return folded.Split(Between, StringSplitOptions.RemoveEmptyEntries).Prepend(folded).Any(word => meanings.GetValueOrDefault(("qualifier", word)) == meaning);
    }
}
