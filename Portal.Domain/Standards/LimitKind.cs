namespace QuanTrac.Portal.Domain.Standards;

/// <summary>What a limit bounds.</summary>
public enum LimitKind
{
    /// <summary>Values up to the upper bound are within.</summary>
    Max,

    /// <summary>Values from the lower bound are within.</summary>
    Min,

    /// <summary>Values from the lower to the upper bound are within.</summary>
    Range,

    /// <summary>Words, not numbers: "&gt; 100 và không có rác nổi". Judges nothing by itself.</summary>
    ClassText,
}

/// <summary>The mean that a limit judges.</summary>
public enum Averaging
{
    /// <summary>Each value by itself.</summary>
    Single,

    /// <summary>The arithmetic mean of a site's year (QCVN 08:2023).</summary>
    Annual,
}
