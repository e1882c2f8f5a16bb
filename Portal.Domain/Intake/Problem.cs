using System.Collections.Frozen;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>What a problem stops.</summary>
public enum Severity
{
    /// <summary>Taken; worth knowing.</summary>
    Information,

    /// <summary>Taken, once somebody acknowledges it with a reason.</summary>
    Warning,

    /// <summary>The cell (or the cells of the row) is refused, the rest is taken.</summary>
    Error,

    /// <summary>Nothing of the file is taken.</summary>
    Blocker,
}

/// <summary>What is wrong with a file, a row or a cell. The page makes the sentence, in the reader's language, from the code and its facts.</summary>
/// <param name="Sheet">Null in a file without sheets and for the whole file.</param>
/// <param name="Row">As the spreadsheet counts them, from 1.</param>
/// <param name="Column">From 0; see <see cref="ColumnLetter"/>.</param>
/// <param name="Header">The column's header as the file writes it.</param>
/// <param name="Value">The cell as the file writes it.</param>
/// <param name="Facts">What the sentence needs besides: "expected", "found", "unit" …</param>
/// <param name="Count">How many like it this one stands for.</param>
public sealed record Problem(
    ProblemCode Code,
    string? Sheet = null,
    int? Row = null,
    int? Column = null,
    string? Header = null,
    string? Value = null,
    IReadOnlyDictionary<string, string>? Facts = null,
    int Count = 1)
{
    public Severity Severity => Code.Severity();

    /// <summary>"A", "AF": as the spreadsheet names the column.</summary>
    public string? ColumnLetter => Column is { } column ? ColumnName.Of(column) : null;

    public IReadOnlyDictionary<string, string> Facts { get; } = Facts ?? FrozenDictionary<string, string>.Empty;
}

/// <summary>The names that spreadsheets give to columns.</summary>
public static class ColumnName
{
    /// <param name="column">From 0.</param>
    public static string Of(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Of(column / 26 - 1) + (char)('A' + column % 26);

    /// <summary>From 0: the reverse.</summary>
    public static int Parse(string name) => name.Aggregate(0, (sum, letter) => sum * 26 + letter - 'A' + 1) - 1;
}
