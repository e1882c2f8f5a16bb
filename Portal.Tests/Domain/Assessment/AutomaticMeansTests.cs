using QuanTrac.Portal.Domain.Assessment;

namespace QuanTrac.Portal.Tests.Domain.Assessment;

/// <summary>Readings every five minutes, worked out by hand.</summary>
public sealed class AutomaticMeansTests
{
    private static readonly DateTime Nine = new(2026, 1, 15, 9, 0, 0);

    // Twelve readings end in the hour: 1 … 12, mean 6.5. That of 08:00 belongs to the hour before.
    private static IEnumerable<AutomaticReading> Hour => Enumerable.Range(0, 14).Select(i => new AutomaticReading(Nine.AddMinutes(-60 + 5 * i), i, "00"));

    [Fact]
    public void Of_Hour_TakesTheReadingsThatEndInIt() =>
        Assert.Equal(new AutomaticMean(6.5m, 12, 0, false), AutomaticMeans.Of(Hour, Nine, TimeSpan.FromHours(1), 9));

    // Without 11 and 12 (calibrating, device error): 55 ÷ 10.
    [Fact]
    public void Of_ReadingsNotTakenWhileMeasuring_AreLeftOutAndCounted()
    {
        var readings = Hour.Select(reading => reading.Value switch { 11 => reading with { Status = "01" }, 12 => reading with { Status = "02" }, _ => reading });

        Assert.Equal(new AutomaticMean(5.5m, 10, 2, false), AutomaticMeans.Of(readings.Reverse(), Nine, TimeSpan.FromHours(1), 9));
        Assert.True(AutomaticMeans.Of(readings, Nine, TimeSpan.FromHours(1), 11)!.Indicative);
    }

    [Fact]
    public void Of_NothingMeasured_IsNone() =>
        Assert.Null(AutomaticMeans.Of(Hour.Select(reading => reading with { Status = "02" }), Nine, TimeSpan.FromHours(1), 1));
}
