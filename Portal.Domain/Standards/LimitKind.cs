namespace QuanTrac.Portal.Domain.Standards;

/// <summary>Which side of a limit is the good one.</summary>
public enum LimitKind
{
    /// <summary>At most the upper bound; the bound itself is within.</summary>
    Max,

    /// <summary>At least the lower bound; the bound itself is within.</summary>
    Min,

    /// <summary>Between both bounds, which are within.</summary>
    Range,

    /// <summary>A class told in words, without a number.</summary>
    ClassText,
}
