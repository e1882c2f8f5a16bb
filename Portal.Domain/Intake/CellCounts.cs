namespace QuanTrac.Portal.Domain.Intake;

/// <summary>Why a cell that was seen is neither taken nor refused.</summary>
public enum LeftOut
{
    /// <summary>It says so ("x").</summary>
    NotAnalysed,

    /// <summary>It repeats an earlier cell with the same value.</summary>
    Repeated,

    /// <summary>Its column is not of the layout.</summary>
    UnknownColumn,
    ColumnWithoutHeader,

    /// <summary>The sheet's row of limits or units.</summary>
    LimitsOrUnits,

    /// <summary>A header in the middle of the sheet.</summary>
    HeaderAgain,

    /// <summary>A remark under the table.</summary>
    Note,
    HiddenSheet,
}

/// <summary>The account of the cells of a file: seen = taken + refused + left out, each with its reason. Cells that tell of which sample a value is are none of them.</summary>
/// <remarks>What is seen is counted when the row comes in; the rest where it is decided. A cell that falls between is so found.</remarks>
public sealed class CellCounts
{
    private readonly int[] leftOut = new int[Enum.GetValues<LeftOut>().Length];

    public int Seen { get; private set; }

    public int Taken { get; private set; }

    public int Refused { get; private set; }

    /// <summary>By reason; reasons without a cell are not there.</summary>
    public IReadOnlyDictionary<LeftOut, int> LeftOut => Enum.GetValues<LeftOut>().Where(reason => leftOut[(int)reason] > 0).ToDictionary(reason => reason, reason => leftOut[(int)reason]);

    /// <summary>The rule of every import.</summary>
    public bool Agree => Seen == Taken + Refused + leftOut.Sum();

    /// <summary>Sheets that are not read at all.</summary>
    public void LeaveHidden(int cells)
    {
        See(cells);
        Leave(Intake.LeftOut.HiddenSheet, cells);
    }

    internal void See(int cells) => Seen += cells;

    internal void Take() => Taken++;

    internal void Refuse(int cells = 1) => Refused += cells;

    internal void Leave(LeftOut reason, int cells = 1) => leftOut[(int)reason] += cells;

    // A taken cell that falls later on.
    internal void TakeBack() => (Taken, Refused) = (Taken - 1, Refused + 1);
}
