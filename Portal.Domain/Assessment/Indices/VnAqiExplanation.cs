using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>How the VN_AQI of an hour or a day came about.</summary>
public static class VnAqiExplanation
{
    private const int HoursOfDay = 24;
    private const string Dust = "PM";

    public static Explanation OfHour(VnAqi index, ParameterBook parameters, HourlyAir air, DateTime hour)
    {
        var steps = new StepList(index.Table, parameters);
        var nowCast = new NowCast(index.Table);
        steps.Add(StepCode.HourOf, hour);
        for (var pollutant = 0; pollutant < HourlyAir.Pollutants.Count; pollutant++)
        {
            var name = HourlyAir.Pollutants[pollutant];
            if (IsDust(name))
                steps.AddNowCast(nowCast, air, pollutant, hour);
            else if (air[pollutant, hour] is { } mean)
                steps.Add(StepCode.HourMean, steps.Name(name), Concentration(index, name, mean));
        }
        return steps.Finish(index.OfHour(air, hour));
    }

    public static Explanation OfDay(VnAqi index, ParameterBook parameters, HourlyAir air, DateOnly day)
    {
        var steps = new StepList(index.Table, parameters);
        steps.Add(StepCode.DayOf, day);
        var hours = new decimal?[HoursOfDay];
        for (var pollutant = 0; pollutant < HourlyAir.Pollutants.Count; pollutant++)
        {
            var name = HourlyAir.Pollutants[pollutant];
            air.CopyBack(pollutant, day.AddDays(1).ToDateTime(TimeOnly.MinValue), hours);
            var present = hours.OfType<decimal>().ToList();
            if (present.Count == 0)
                continue;
            var dust = IsDust(name);
            steps.Add(dust ? StepCode.DayMean : StepCode.DayHighest,
                steps.Name(name), present.Count, HoursOfDay, Concentration(index, name, dust ? present.Average() : present.Max()));
            if (name == "O3")
                steps.AddRolling(index, air, day);
        }
        return steps.Finish(index.OfDay(air, day));
    }

    private static void AddNowCast(this StepList steps, NowCast nowCast, HourlyAir air, int pollutant, DateTime hour)
    {
        var (name, table) = (HourlyAir.Pollutants[pollutant], steps.Table);
        var newestFirst = new decimal?[nowCast.Hours];
        air.CopyBack(pollutant, hour, newestFirst);
        var present = newestFirst.OfType<decimal>().ToList();
        if (present.Count == 0)
            return;
        if (nowCast.Of(newestFirst) is not { } mean)
        {
            var recent = (int)table.Constant("nowcast_recent");
            steps.AddOf(table.OriginOf("nowcast_recent_required"), StepCode.NowCastTooFew, steps.Name(name),
                newestFirst.Take(recent).Count(value => value is not null), recent, (int)table.Constant("nowcast_recent_required"));
            return;
        }
        var unit = table.Scale(name)!.Unit.Code;
        steps.AddOf(table.OriginOf("nowcast_weight_min"), StepCode.NowCastMean, steps.Name(name), present.Count, nowCast.Hours,
            present.Min(), present.Max(), nowCast.Weight(newestFirst)!.Value, new Quantity(mean, unit));
    }

    private static void AddRolling(this StepList steps, VnAqi index, HourlyAir air, DateOnly day)
    {
        var (scale, means) = (index.Table.Scale("O3_8h")!, index.RollingMeans(air, day).OfType<RollingMean>().ToList());
        var mean = means.Max(one => one.Mean);
        var highest = new Quantity(mean, scale.Unit.Code);
        steps.AddOf(index.Table.OriginOf("rolling_hours"), StepCode.DayRolling, steps.Name("O3"), (int)index.Table.Constant("rolling_hours"), means.Count, highest);
        if (scale.Find(mean) is null)
            steps.AddOf(scale.Origin, StepCode.DayRollingAbove, steps.Name("O3"), highest, new Quantity(scale.Segments[^1].To!.Value, scale.Unit.Code));
    }

    private static Explanation Finish(this StepList steps, VnAqiResult result)
    {
        foreach (var sub in result.SubIndices)
        {
            steps.AddScore(sub);
            if (sub.Hours.Few)
                steps.AddChoice("few_hours_below", StepCode.FewHours, new Term($"Series.{sub.Series}"), sub.Hours.Present, sub.Hours.Span);
        }
        if (result is { Index: { } index, Main: { } main, Band: { } band })
        {
            steps.Add(StepCode.AirHighest, new Term($"Series.{main}"), index);
            steps.AddClass(index, band);
        }
        else
        {
            steps.Add(StepCode.DustMissing);
        }
        return steps.Explain();
    }

    private static void AddScore(this StepList steps, AqiSubIndex sub)
    {
        var (scale, step) = (steps.Table.Scale(sub.Series)!, sub.Segment);
        var (series, value) = (new Term($"Series.{sub.Series}"), new Quantity(sub.Concentration, scale.Unit.Code));
        var origin = step.Origin ?? scale.Origin;
        if (step.IsFlat)
            steps.AddOf(origin, StepCode.AirScoreFlat, series, value, step, sub.Index);
        else
            steps.AddOf(origin, StepCode.AirScore, series, value, step,
                step.IndexTo, step.IndexFrom, step.To!.Value, step.From!.Value, sub.Concentration, sub.Value, sub.Index);
    }

    private static Quantity Concentration(VnAqi index, string pollutant, decimal value) =>
        new(value, index.Table.Scales.First(scale => scale.Group == pollutant || scale.Code == pollutant).Unit.Code);

    private static bool IsDust(string pollutant) => pollutant.StartsWith(Dust, StringComparison.Ordinal);
}
