using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment.Indices;

/// <summary>The scores of a water sample, by the scales of a table. Oxygen is scored by its saturation and needs the temperature.</summary>
internal static class WqiSample
{
    public const string NoTemperature = "no_temperature";

    private const string Oxygen = "DO";
    private const string Temperature = "Temp";
    private const string OxygenScale = "DO%";

    /// <summary>In the order of the table's scales; parameters that the index does not score are left out.</summary>
    /// <param name="sample">Parameter code → value in the unit of its scale (oxygen mg/L, temperature °C).</param>
    public static List<SubIndex> Score(
        IndexTable table, OxygenSaturation saturation, IReadOnlyDictionary<string, ReportedValue> sample, NonDetects rule)
    {
        var scores = new List<SubIndex>(sample.Count);
        foreach (var scale in table.Scales)
        {
            if (scale.Code == OxygenScale)
            {
                if (sample.TryGetValue(Oxygen, out var oxygen))
                    scores.Add(ScoreOxygen(scale, saturation, oxygen, sample, rule));
            }
            else if (sample.TryGetValue(scale.Code, out var value))
            {
                scores.Add(SubIndex.Of(scale.Code, scale, value, rule));
            }
        }
        return scores;
    }

    /// <summary>The arithmetic mean of the scores of a group; null without any.</summary>
    public static decimal? Mean(List<SubIndex> scores, string group)
    {
        var (sum, count) = (0m, 0);
        foreach (var score in scores)
        {
            if (score.Group == group && score.Value is { } value)
                (sum, count) = (sum + value, count + 1);
        }
        return count == 0 ? null : sum / count;
    }

    /// <summary>The geometric mean of the scores of a group; null without any.</summary>
    public static decimal? GeometricMean(List<SubIndex> scores, string group)
    {
        var (product, count) = (1d, 0);
        foreach (var score in scores)
        {
            if (score.Group == group && score.Value is { } value)
                (product, count) = (product * (double)value, count + 1);
        }
        return count == 0 ? null : Rounding.OfDouble(Math.Pow(product, 1d / count));
    }

    private static SubIndex ScoreOxygen(
        IndexScale scale, OxygenSaturation saturation, ReportedValue oxygen, IReadOnlyDictionary<string, ReportedValue> sample, NonDetects rule)
    {
        if (!sample.TryGetValue(Temperature, out var temperature) || temperature.IsCensored || saturation.At(temperature.Number) <= 0)
            return new(Oxygen, scale.Group, oxygen, 0, null, null, NoTemperature);
        return SubIndex.Of(Oxygen, scale, oxygen, rule, saturation.PercentOf(rule.NumberOf(oxygen), temperature.Number));
    }
}
