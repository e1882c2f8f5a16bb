using System.Text.Json;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Indices;

/// <summary>Cases/vn-aqi.json: the worked examples of QĐ 1459/QĐ-TCMT (status official), public vectors of NowCast, and identities of the table.</summary>
public sealed class VnAqiTests
{
    private static readonly VnAqi Index = new(SeedBooks.Indices.Newest(VnAqi.Kind));
    private static readonly NowCast NowCast = new(SeedBooks.Indices.Newest(VnAqi.Kind));
    private static readonly Dictionary<string, JsonElement> All = Cases.Read("vn-aqi.json").EnumerateArray().ToDictionary(one => one.GetProperty("id").GetString()!);

    public static TheoryData<string> Of(string kind) => [.. All.Values.Where(one => one.GetProperty("kind").GetString() == kind).Select(one => one.GetProperty("id").GetString()!)];

    [Theory]
    [MemberData(nameof(Of), "nowcast")]
    public void NowCast_Vector_HasItsMean(string id)
    {
        var (input, expected) = (All[id].GetProperty("input"), All[id].GetProperty("expected"));
        var newestFirst = input.TryGetProperty("values_newest_first", out _) ? input.Numbers("values_newest_first") : input.Numbers("values_chronological").Reverse().ToArray();

        var mean = NowCast.Of(newestFirst);

        if (expected.Number("nowcast_1dp") is { } published)
        {
            Assert.Equal(published, decimal.Round(mean!.Value, 1, MidpointRounding.AwayFromZero));
            Assert.Equal(expected.Number("w_star_2dp"), decimal.Round(NowCast.Weight(newestFirst)!.Value, 2, MidpointRounding.AwayFromZero));
        }
        else
        {
            Assert.Equal(expected.Number("nowcast"), mean);
        }
    }

    [Theory]
    [MemberData(nameof(Of), "sub_index")]
    public void Score_Vector_HasItsIndex(string id)
    {
        var (input, expected) = (All[id].GetProperty("input"), All[id].GetProperty("expected"));

        var sub = Index.Score(input.GetProperty("series").GetString()!, input.Number("concentration")!.Value)!;

        // The decision prints 60 for NO2 = 118.7, which its own formula does not give: (100 − 50) ÷ (200 − 100) × 18.7 + 50 = 59.35.
        Assert.Equal(id == "VN-03" ? 59 : (int)expected.Number("aqi")!.Value, sub.Index);
        if (expected.Number("formula_unrounded") is { } unrounded)
            Close.Equal(unrounded, sub.Value, 0.00005m);
    }

    [Fact]
    public void Combine_HourOfTheDecision_IsTheHighest()
    {
        var result = Index.Combine([Index.Score("O3_1h", 136.1m)!, Index.Score("NO2", 118.7m)!, Index.Score("PM2.5", 20.3m)!]);

        // Printed: 60; by the formula 59 (VN-09).
        Assert.Equal((59, "NO2", "Trung bình"), (result.Index, result.Main, result.Band!.NameVi));
    }

    [Fact]
    public void Combine_DayOfTheDecision_IsTheHighest()
    {
        var result = Index.Combine([Index.Score("O3_8h", 89.3m)!, Index.Score("O3_1h", 114.6m)!, Index.Score("NO2", 130.8m)!, Index.Score("PM2.5", 55.7m)!]);

        Assert.Equal((110, "PM2.5", "Kém"), (result.Index, result.Main, result.Band!.NameVi)); // VN-10
    }

    [Fact]
    public void RollingMeans_OfTheDecision_AreAsPrinted()
    {
        var (input, expected) = (All["VN-11"].GetProperty("input").Numbers("values_chronological"), All["VN-11"].GetProperty("expected"));
        var first = new DateTime(2026, 1, 14, 18, 0, 0);
        var air = new HourlyAir(first, first.AddHours(30));
        for (var i = 0; i < input.Length; i++)
            air[2, first.AddHours(i)] = input[i];

        var means = Index.RollingMeans(air, new DateOnly(2026, 1, 15));

        // Hours and means are both printed to one decimal, each up to 0.05 away: the 12th mean of the printed hours is 44.6375, printed is 44.7.
        Assert.All(expected.Numbers("means_01:00_to_00:00_1dp").Zip(means), pair => Close.Equal(pair.First, pair.Second!.Value.Mean, 0.1m));
        Close.Equal(expected.Number("max"), VnAqi.Highest(means)!.Value.Mean, 0.1m);
    }

    // UN-05: the scale of 8-hour means ends at 400; above it the hour's index counts alone.
    [Fact]
    public void OfDay_EightHourMeanAbove400_CountsTheHourOnly()
    {
        var day = new DateOnly(2026, 1, 15);
        var air = Day(day, (0, _ => 10), (2, hour => hour is >= 8 and < 16 ? 437.5m : 100));
        air[2, day.ToDateTime(new TimeOnly(12, 0))] = 500;

        var result = Index.OfDay(air, day);

        Assert.Equal((225, null, 225), (result.Of("O3_1h"), result.Of("O3_8h"), result.Index));
    }

    // QĐ 1459 sets no minimum of hours for means of a day: 17 hours of 10 are 10 (index 20), and marked below three quarters of them.
    [Theory]
    [InlineData(18, false)]
    [InlineData(17, true)]
    [InlineData(1, true)]
    public void OfDay_FewHours_CountAndAreMarked(int present, bool few)
    {
        var day = new DateOnly(2026, 1, 15);

        var result = Index.OfDay(Day(day, (0, hour => hour <= present ? 10 : null), (5, _ => 40)), day);

        Assert.Equal((20, 20), (result.Index, result.Of("PM2.5")));
        Assert.Equal(new HoursCounted(present, 24, few), result.SubIndices.Single(sub => sub.Series == "PM2.5").Hours);
    }

    [Fact]
    public void OfDay_NoDust_HasNoIndex()
    {
        var day = new DateOnly(2026, 1, 15);

        var result = Index.OfDay(Day(day, (5, _ => 40)), day);

        Assert.Equal((null, VnAqi.DustMissing, 20), (result.Index, result.Reason, result.Of("NO2")));
    }

    // Three hours of ozone, 120 in the mean of the last window that holds them all.
    [Fact]
    public void OfDay_EightHourMeanOfFewHours_CountsAndIsMarked()
    {
        var day = new DateOnly(2026, 1, 15);

        var result = Index.OfDay(Day(day, (0, _ => 10), (2, hour => hour is >= 10 and <= 12 ? 120 : null)), day);

        Assert.Equal((120m, new HoursCounted(3, 8, true)), (result.SubIndices.Single(sub => sub.Series == "O3_8h").Concentration, result.SubIndices.Single(sub => sub.Series == "O3_8h").Hours));
    }

    // A day is the hours that end at 01:00 … 00:00.
    [Fact]
    public void OfDay_HourOfMidnight_BelongsToTheDayBefore()
    {
        var day = new DateOnly(2026, 1, 15);
        var air = Day(day, (0, _ => 10));
        air[5, day.ToDateTime(TimeOnly.MinValue)] = 3000;
        for (var hour = 1; hour <= 24; hour++)
            air[5, day.ToDateTime(TimeOnly.MinValue).AddHours(hour)] = 10;

        Assert.Equal(5, Index.OfDay(air, day).Of("NO2"));
    }

    [Fact]
    public void OfHour_NoDust_HasNoIndex()
    {
        var hour = new DateTime(2026, 1, 15, 9, 0, 0);
        var air = new HourlyAir(hour, hour) { [5, hour] = 100 };

        Assert.Equal((null, VnAqi.DustMissing), (Index.OfHour(air, hour).Index, Index.OfHour(air, hour).Reason));
    }

    [Fact]
    public void Scales_HaveNoJumpAndRise()
    {
        foreach (var scale in Index.Table.Scales)
        {
            Assert.All(scale.Segments.Zip(scale.Segments.Skip(1)), pair => Assert.Equal(pair.First.IndexTo, pair.Second.IndexFrom));
            Assert.All(scale.Segments, segment => Assert.True(segment.IndexTo >= segment.IndexFrom));
        }
    }

    // Hours of the day and of the evening before, by pollutant.
    private static HourlyAir Day(DateOnly day, params (int Pollutant, Func<int, decimal?> Value)[] series)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var air = new HourlyAir(midnight.AddHours(-6), midnight.AddHours(24));
        foreach (var (pollutant, value) in series)
        {
            for (var hour = 1; hour <= 24; hour++)
                air[pollutant, midnight.AddHours(hour)] = value(hour);
        }
        return air;
    }
}
