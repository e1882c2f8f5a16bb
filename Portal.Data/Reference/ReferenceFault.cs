namespace QuanTrac.Portal.Data.Reference;

/// <summary>What may be wrong with a file of the seed.</summary>
public enum ReferenceRule
{
    /// <summary>The file is not there.</summary>
    FileMissing,

    /// <summary>Not UTF-8, not CSV, not the JSON that it should be.</summary>
    FileUnreadable,

    /// <summary>The header row is not the agreed one.</summary>
    WrongHeader,

    ValueMissing,

    /// <summary>Neither a number with a decimal point, nor a date yyyy-MM-dd, nor a word of the vocabulary, as the column asks.</summary>
    ValueUnreadable,

    /// <summary>The last day lies before the first, or outside the standard's own days.</summary>
    WrongDates,

    /// <summary>A code or spelling stands twice.</summary>
    Duplicate,

    /// <summary>Two rows of one thing hold on the same day.</summary>
    Overlap,

    /// <summary>Steps that must follow each other leave something out, or share something.</summary>
    Gap,

    /// <summary>The row names something that the files do not hold.</summary>
    Unknown,

    /// <summary>The unit does not measure what the parameter is measured in.</summary>
    UnitDoesNotFit,

    /// <summary>Lower above upper, or bounds that do not suit the kind.</summary>
    WrongBounds,
}

/// <summary>One fault of the reference data.</summary>
/// <param name="File">Path under the seed directory.</param>
/// <param name="Row">Line of the file, the header being 1; 0 where the whole file is meant.</param>
public sealed record ReferenceFault(string File, int Row, ReferenceRule Rule, string Message)
{
    public override string ToString() => Row == 0 ? $"{File}: {Rule}: {Message}" : $"{File}:{Row}: {Rule}: {Message}";
}

/// <summary>The reference data are faulty: all faults at once.</summary>
public sealed class ReferenceFaultException(IReadOnlyList<ReferenceFault> faults)
    : Exception($"The reference data have {faults.Count} fault(s):\n{string.Join('\n', faults)}")
{
    public IReadOnlyList<ReferenceFault> Faults { get; } = faults;
}
