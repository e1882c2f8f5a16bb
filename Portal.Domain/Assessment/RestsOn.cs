namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>The results that a status, a mean or an index is made of: no reader is shown a figure made of what they may not see.</summary>
public static class RestsOn
{
    /// <summary>Every result; what is not yet reviewed enters no mean and no index.</summary>
    public const string All = "all";

    /// <summary>What guests see: reviewed results of campaigns that are released.</summary>
    public const string Released = "released";

    /// <summary>What those see whom an inspection concerns: reviewed results of inspections that are concluded.</summary>
    public const string Concluded = "concluded";
}
