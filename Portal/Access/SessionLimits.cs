using System.Globalization;

namespace QuanTrac.Portal.Access;

/// <summary>How long a session lasts: <see cref="Idle"/> without a sign of life, <see cref="Longest"/> in any case (checklist S07).</summary>
public sealed record SessionLimits(TimeSpan Idle, TimeSpan Longest)
{
    public const string IdleVariable = "QUANTRAC_IDLE_MINUTES";
    public const string LongestVariable = "QUANTRAC_SESSION_HOURS";

    /// <summary>Of the environment: 30 minutes and 10 hours where it says nothing.</summary>
    /// <exception cref="InvalidOperationException">A variable is no number of its range.</exception>
    public static SessionLimits FromEnvironment() => new(
        TimeSpan.FromMinutes(Number(IdleVariable, 30, 1, 24 * 60)), TimeSpan.FromHours(Number(LongestVariable, 10, 1, 24)));

    private static int Number(string variable, int usual, int least, int most) => Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } text ? usual
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new InvalidOperationException($"{variable} must be a whole number from {least} to {most}.");
}
