using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>A word of other people's files and what it means here.</summary>
/// <param name="Kind">tide: of the column of the tide; qualifier: the header of a column of signs; non-detect: "not detected", beside a value.</param>
/// <param name="Meaning">Of a tide: CT, ĐT, TL or TR; otherwise empty.</param>
public sealed record IntakeWord(string Kind, string Spelling, string Meaning);

/// <summary>The words that intake understands in free columns; another one is asked about.</summary>
public sealed class IntakeWords(IEnumerable<IntakeWord> words)
{
    private readonly Dictionary<(string Kind, string Spelling), string> meanings = words.ToDictionary(word => (word.Kind, Words.Fold(word.Spelling)), word => word.Meaning);

    /// <summary>The tide that a file names: CT (low), ĐT (high), TL (rising) or TR (falling); null where it is none of them.</summary>
    public string? Tide(string text) => meanings.GetValueOrDefault(("tide", Words.Fold(text)));

    /// <summary>Whether a text says that nothing was detected, by a sign or in words.</summary>
    public bool SaysNonDetect(string text) => text is "<" or "≤" or "＜" or "<=" or ">" or "≥" or "＞" or ">=" || meanings.ContainsKey(("non-detect", Words.Fold(text)));

    /// <summary>Headers of a column of signs, folded.</summary>
    public IReadOnlySet<string> Qualifiers { get; } = words.Where(word => word.Kind == "qualifier").Select(word => Words.Fold(word.Spelling)).ToHashSet();
}
