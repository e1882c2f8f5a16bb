using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuanTrac.Portal.Domain.Assessment.Trend;

namespace QuanTrac.Portal.Commands;

/// <summary><c>assess trend</c>: one test on one series; needs no database.</summary>
public sealed class AssessTrend
{
    private const string Time = "time";
    private const string Value = "value";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>0 only if every row was read; the result is that of the rows that were.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var test = Test(context.Line);
        var report = AssessReport.Open(context);
        var file = AssessFile.Read(report.Path, Time, Value);
        if (file.HasHeader)
        {
            var points = new TrendPoints();
            foreach (var row in file.Rows)
                points.Add(row);
            await context.Output.WriteLineAsync(JsonSerializer.Serialize(TrendFigures.Of(test(new TrendSeries(points.All)), points), Json));
        }
        return await report.EndAsync(file);
    }

    private static Func<TrendSeries, TrendResult> Test(CommandLine line)
    {
        var typed = line.Option("period") ?? "12";
        if (!int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var period) || period is < 2 or > 366)
            throw new UsageException(UsageFault.OptionValueInvalid, "period", typed);
        return line.Option("test") switch
        {
            "mann-kendall" => TrendTest.MannKendall,
            "seasonal-kendall" => series => TrendTest.SeasonalKendall(series, period),
            "pettitt" => TrendTest.Pettitt,
            null => throw new UsageException(UsageFault.OptionLacksValue, "test"),
            var other => throw new UsageException(UsageFault.OptionValueInvalid, "test", other),
        };
    }

    /// <summary>The rows as points of a series. The first row that has a time says what all times are: moments or plain numbers.</summary>
    internal sealed class TrendPoints
    {
        private readonly List<TrendPoint> points = [];
        private readonly Dictionary<double, string> written = [];
        private readonly AssessTime clock = new();

        public IReadOnlyList<TrendPoint> All => points;

        /// <summary>Whether the times are moments; null without any.</summary>
        public bool? Moments { get; private set; }

        /// <summary>A time as the file writes it.</summary>
        public string Written(double time) => written[time];

        public void Add(AssessRow row)
        {
            var text = row[Time];
            double? number = AssessTime.Number(text), moment = clock.Moment(row, Time) is { } found ? TrendPoint.Years(found) : null;
            var mixed = !row.IsGood;
            Moments ??= number is null && moment is null ? null : moment is not null;
            var value = row[Value].Length == 0 ? null : row.Value(Value);
            if ((Moments == true ? moment : number) is not { } time)
            {
                if (!mixed)
                    row.Refuse(Time, AssessFault.NotATime, text);
                return;
            }
            points.Add(new(time, value));
            written.TryAdd(time, text);
        }
    }

    /// <summary>What is printed; names as in the literature.</summary>
    internal sealed record TrendFigures(
        [property: JsonPropertyName("n")] int N,
        [property: JsonPropertyName("S")] long? S,
        [property: JsonPropertyName("varS")] double? VarS,
        [property: JsonPropertyName("z")] double? Z,
        [property: JsonPropertyName("p")] double? P,
        [property: JsonPropertyName("tau_a")] double? TauA,
        [property: JsonPropertyName("tau_b")] double? TauB,
        [property: JsonPropertyName("slope")] double? Slope,
        [property: JsonPropertyName("slope_low")] double? SlopeLow,
        [property: JsonPropertyName("slope_high")] double? SlopeHigh,
        [property: JsonPropertyName("slope_per")] string SlopePer,
        [property: JsonPropertyName("change_point")] int? ChangePoint,
        [property: JsonPropertyName("change_time"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ChangeTime,
        [property: JsonPropertyName("K"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? K,
        [property: JsonPropertyName("reason")] string? Reason,
        [property: JsonPropertyName("warnings")] IReadOnlyList<IReadOnlyDictionary<string, object>> Warnings)
    {
        public static TrendFigures Of(TrendResult result, TrendPoints points) => new(
            result.N, result.S, result.VarS, result.Z, result.P, result.TauA, result.TauB, result.Slope, result.SlopeLow, result.SlopeHigh,
            points.Moments == true ? "year" : "unit", result.ChangePoint, result.ChangeTime is { } time ? points.Written(time) : null, result.K,
            result.Gap is { } gap ? Code(gap.ToString()) : null, [.. result.Warnings.Select(warning => Facts(warning, result))]);

        private static Dictionary<string, object> Facts(TrendWarning warning, TrendResult result)
        {
            var facts = new Dictionary<string, object> { ["code"] = Code(warning.ToString()) };
            switch (warning)
            {
                case TrendWarning.CensoredValues:
                    (facts["below"], facts["above"]) = (result.Below, result.Above);
                    if (result.Pairs > 0)
                        (facts["pairs"], facts["censored_pairs"]) = (result.Pairs, result.CensoredPairs);
                    break;
                case TrendWarning.DetectionLimitChanges:
                    (facts["lowest"], facts["highest"]) = (result.Limits!.Lowest, result.Limits.Highest);
                    if (result.Limits.MeasuredBelow is { } below)
                        facts["measured_below"] = below;
                    break;
                case TrendWarning.SameTime:
                    facts["values"] = result.SameTime;
                    break;
                case TrendWarning.SeasonsWithoutPairs:
                    facts["seasons"] = result.SeasonsWithoutPairs;
                    break;
            }
            return facts;
        }

        private static string Code(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
    }
}
