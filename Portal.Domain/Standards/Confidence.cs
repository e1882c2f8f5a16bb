namespace QuanTrac.Portal.Domain.Standards;

/// <summary>How sure a figure of a standard, a position or an assignment is. Carried through to the screen.</summary>
public enum Confidence
{
    /// <summary>No official text seen: to be checked before anybody relies on it.</summary>
    Low,

    /// <summary>One weaker source.</summary>
    Medium,

    /// <summary>Read in a source that shows the cell, or two that agree.</summary>
    High,
}
