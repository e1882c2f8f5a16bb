namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>What a limit says of a value.</summary>
public enum Verdict
{
    /// <summary>No limit is loaded for the day, or the column is not assigned.</summary>
    NoLimit,

    /// <summary>The limit is met; a value equal to the limit meets it.</summary>
    Within,

    /// <summary>The value as reported decides nothing: a limit of detection above a maximum, too few samples for a mean.</summary>
    CannotJudge,

    /// <summary>The limit is not met: above a maximum, below a minimum, outside a range.</summary>
    Exceeds,
}

/// <summary>The words of verdicts in the database and in files.</summary>
public static class VerdictWords
{
    public static string Text(this Verdict verdict) => verdict switch
    {
        Verdict.Within => "within",
        Verdict.Exceeds => "exceeds",
        Verdict.CannotJudge => "cannot judge",
        _ => "no limit",
    };

    /// <exception cref="ArgumentException">The word is none of the four.</exception>
    public static Verdict Parse(string text) => text switch
    {
        "within" => Verdict.Within,
        "exceeds" => Verdict.Exceeds,
        "cannot judge" => Verdict.CannotJudge,
        "no limit" => Verdict.NoLimit,
        _ => throw new ArgumentException($"No verdict: {text}"),
    };
}
