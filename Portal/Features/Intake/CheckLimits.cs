using System.Globalization;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>What the check of one file may cost: <see cref="Time"/> from its beginning, <see cref="Bytes"/> of managed memory above what was in use then. Beyond it the check is
/// cut and the submission refused with a sentence.</summary>
public sealed record CheckLimits(TimeSpan Time, long Bytes)
{
    public const string TimeVariable = "QUANTRAC_CHECK_SECONDS";
    public const string MemoryVariable = "QUANTRAC_CHECK_MEGABYTES";

    /// <summary>Of the environment: 300 seconds and 1,024 MB where it says nothing. (A workbook of 2.9 million cells takes 75 s and 200 MB.)</summary>
    /// <exception cref="InvalidOperationException">A variable is no number of its range.</exception>
    public static CheckLimits FromEnvironment() => new(TimeSpan.FromSeconds(Number(TimeVariable, 300, 10, 3600)), Number(MemoryVariable, 1024, 128, 65_536) * 1024L * 1024);

    private static int Number(string variable, int usual, int least, int most) => Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new InvalidOperationException($"{variable} must be a whole number from {least} to {most}.");
}
