using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>What a site has measured of one parameter before, in the canonical unit. A value below its limit of detection counts from zero up to that limit.</summary>
/// <param name="Number">How many reviewed results it rests on.</param>
public readonly record struct EarlierRange(int Number, decimal Lowest, decimal Highest)
{
    /// <summary>Fewer results say nothing of what is usual.</summary>
    public const int Enough = 4;

    // Half the width beyond either end; and, since that lets a range that reaches near zero end below it, less than a third of the least: a slipped decimal mark or unit.
    private const decimal Beyond = 0.5m;
    private const decimal FarBelow = 3m;

    /// <summary>Whether a value lies so far outside that whoever reviews it should look twice. It says nothing of limits.</summary>
    public bool MakesUnusual(ReportedValue value)
    {
        if (Number < Enough)
            return false;
        var margin = (Highest - Lowest) * Beyond;
        var tooHigh = value.Censoring != Censoring.Below && value.Number > Highest + margin;
        var tooLow = value.Censoring == Censoring.None && (value.Number < Lowest - margin || value.Number * FarBelow < Lowest);
        return tooHigh || tooLow;
    }
}
