using System.Globalization;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>Whether it is the same time everywhere: codes of the second step hold for thirty seconds, and what is due hangs on the day in Quảng Ninh.</summary>
public static class ClockJudge
{
    private static readonly TimeSpan Much = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Some = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    /// <param name="before">This machine's time before the server was asked.</param>
    /// <param name="server">What the server said.</param>
    /// <param name="after">This machine's time when the answer was there.</param>
    public static Finding OfServer(DateTimeOffset before, DateTimeOffset server, DateTimeOffset after)
    {
        // An answer from between the two is right, however long it took.
        var skew = server < before ? before - server : server > after ? server - after : TimeSpan.Zero;
        var seconds = skew.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return skew > Much ? Finding.Red("Clock.Much", seconds) : skew > Some ? Finding.Yellow("Clock.Some", seconds) : Finding.Green("Clock.Well");
    }

    /// <param name="synchronised">What timedatectl says: yes, no, or null where it says nothing.</param>
    public static Finding OfSynchronisation(string? synchronised) => synchronised switch
    {
        "yes" => Finding.Green("Ntp.Well"),
        "no" => Finding.Yellow("Ntp.Not"),
        _ => Finding.Yellow("Ntp.Unknown"),
    };

    /// <summary>The offset of the province's time, by this machine's and by the server's tables.</summary>
    public static Finding OfZone(TimeSpan here, TimeSpan server) =>
        here == Vietnam && server == Vietnam ? Finding.Green("Zone.Well") : Finding.Red("Zone.Wrong", here, server);
}
