using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Bench;

/// <summary>VN_WQI and VN_AQI on one core: samples, hours and days a second, and what each leaves to the garbage collector. The yardstick interpolates
/// as many times in plain decimals, without tables and records.</summary>
internal static class IndexBench
{
    private const int Samples = 20_000;
    private const int Hours = 24 * 365;
    private const int Days = 365;

    // As many parameters as a full sample of the status network has.
    private static readonly string[] Scored =
        ["pH", "BOD5", "COD", "TOC", "N-NH4", "N-NO3", "N-NO2", "P-PO4", "Coliform", "E.coli", "As", "Cd", "Pb", "Cr6", "Cu", "Zn", "Hg", "DO"];

    public static async Task RunAsync(Figures figures)
    {
        var seed = ReferenceFiles.Load(PortalHome.Seed);
        await WaterAsync(figures, new(seed.Indices.Newest(VnWqi.Kind)));
        await AirAsync(figures, new(seed.Indices.Newest(VnAqi.Kind)));
        figures.Note($"One thread. A sample has {Scored.Length} scored parameters, every tenth value a non-detect; the year of air has six pollutants, every twentieth hour missing.");
        figures.Note("Yardstick: as many straight lines in decimal, (a − b) × (c − x) ÷ (c − d) + b, as the index has scores; nothing is looked up, rounded or kept.");
    }

    private static async Task WaterAsync(Figures figures, VnWqi index)
    {
        var samples = Enumerable.Range(0, Samples).Select(number => Sample(index.Table, number)).ToArray();
        var (plain, scored) = await Figures.TimeBothAsync(
            () => Run(() => Interpolate(Samples * Scored.Length)),
            () => Run(() => Assess(index, samples)), warm: 2);
        figures.Add("VN_WQI: samples a second", Rate(scored, Samples), "");
        figures.Add("VN_WQI against the yardstick", [.. scored.Zip(plain, (value, free) => value / free)], "times");
        figures.Add("VN_WQI: allocated for each sample", [Allocated(() => Assess(index, samples)) / Samples], "bytes");
    }

    private static async Task AirAsync(Figures figures, VnAqi index)
    {
        var first = new DateTime(2026, 1, 1, 1, 0, 0);
        var air = Air(first);
        var (plain, hours) = await Figures.TimeBothAsync(
            () => Run(() => Interpolate(Hours * 6)),
            () => Run(() => AssessHours(index, air, first)), warm: 2);
        var days = await Figures.TimeAsync(() => Run(() => AssessDays(index, air, first)), warm: 2);
        figures.Add("VN_AQI: hours a second", Rate(hours, Hours), "");
        figures.Add("VN_AQI of hours against the yardstick", [.. hours.Zip(plain, (value, free) => value / free)], "times");
        figures.Add("VN_AQI: allocated for each hour", [Allocated(() => AssessHours(index, air, first)) / Hours], "bytes");
        figures.Add("VN_AQI: days a second", Rate(days, Days), "");
        figures.Add("VN_AQI: allocated for each day", [Allocated(() => AssessDays(index, air, first)) / Days], "bytes");
    }

    private static int Assess(VnWqi index, Dictionary<string, ReportedValue>[] samples)
    {
        var sum = 0;
        foreach (var sample in samples)
            sum += index.Assess(sample, WqiForm.ThreeOrFour, NonDetects.AtLimit).Index ?? 0;
        return sum;
    }

    private static int AssessHours(VnAqi index, HourlyAir air, DateTime first)
    {
        var sum = 0;
        for (var hour = 0; hour < Hours; hour++)
            sum += index.OfHour(air, first.AddHours(hour)).Index ?? 0;
        return sum;
    }

    private static int AssessDays(VnAqi index, HourlyAir air, DateTime first)
    {
        var (sum, day) = (0, DateOnly.FromDateTime(first));
        for (var i = 0; i < Days; i++)
            sum += index.OfDay(air, day.AddDays(i)).Index ?? 0;
        return sum;
    }

    private static int Interpolate(int times)
    {
        var (sum, q1, q2, to, from) = (0m, 100m, 75m, 6m, 4m);
        for (var i = 0; i < times; i++)
        {
            var value = 4 + i % 200 / 100m;
            sum += (q1 - q2) * (to - value) / (to - from) + q2;
        }
        return (int)decimal.Remainder(sum, 1000);
    }

    // Between nothing and twice the last breakpoint.
    private static Dictionary<string, ReportedValue> Sample(IndexTable table, int number)
    {
        var sample = new Dictionary<string, ReportedValue> { ["Temp"] = new(20 + number % 10) };
        for (var i = 0; i < Scored.Length; i++)
        {
            var top = Scored[i] == "DO" ? 5m : table.Scale(Scored[i])!.Segments[^1].From!.Value;
            var share = (uint)HashCode(number, i) % 2000 / 1000m;
            sample[Scored[i]] = new(decimal.Round(top * share, 4), (number + i) % 10 == 0 && Scored[i] is not ("pH" or "DO") ? Censoring.Below : Censoring.None);
        }
        return sample;
    }

    private static HourlyAir Air(DateTime first)
    {
        var air = new HourlyAir(first, first.AddHours(Hours));
        decimal[] usual = [30, 60, 80, 5000, 60, 90];
        for (var pollutant = 0; pollutant < usual.Length; pollutant++)
        {
            for (var hour = 0; hour < Hours; hour++)
            {
                if ((uint)HashCode(hour, pollutant) % 20 != 0)
                    air[pollutant, first.AddHours(hour)] = usual[pollutant] * ((uint)HashCode(pollutant, hour) % 2000 + 1) / 1000m;
            }
        }
        return air;
    }

    // The same numbers in every run, which HashCode.Combine would not give.
    private static int HashCode(int one, int two) => unchecked((one * 73_856_093) ^ (two * 19_349_663) ^ (one * two * 83_492_791));

    private static Task Run(Func<int> step) => step() == int.MinValue ? Task.FromException(new InvalidOperationException("No index at all.")) : Task.CompletedTask;

    private static double Allocated(Func<int> step)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        step();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double[] Rate(IEnumerable<double> milliseconds, int count) => [.. milliseconds.Select(time => count / time * 1000)];
}
