using System.Globalization;
using System.Text;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>Makes the made-up values: round a usual level, with memory from campaign to campaign, changed where a story says so. The same on
/// every machine: the noise is our own, not that of a library.</summary>
internal sealed class DemoSeries
{
    // Change it and every value changes.
    private const string Seed = "QuanTrac demo 1";

    // A high spring does not last, nor is it gone the next quarter.
    private const double Memory = 0.55;

    // Numbers that a table of most probable numbers knows.
    private static readonly double[] MostProbable = [1.1, 1.5, 2.1, 2.8, 4.3, 7.5, 9.3, 11];

    private readonly ILookup<string, Level> levels = DemoFiles.Rows("levels.csv").ToLookup(row => row["programme"], row => new Level(
        row["programme"], row["parameter"], row["unit"], DemoFiles.Number(row["level"]), DemoFiles.Number(row["spread"]), DemoFiles.Number(row["season"]),
        row["rounding"], row["lod"]));

    private readonly List<Story> stories = DemoFiles.Rows("stories.csv").Select(row => new Story(
        row["programme"], row["site"], row["parameter"], DemoFiles.Day(row["from"]), row["to"].Length == 0 ? DateOnly.MaxValue : DemoFiles.Day(row["to"]),
        row["times"].Length == 0 ? 1 : DemoFiles.Number(row["times"]), row["lod"])).ToList();

    /// <summary>The values of a sample as a laboratory would report them: parameter, unit, value.</summary>
    /// <param name="step">The number of the campaign in its programme.</param>
    public IEnumerable<(string Parameter, string Unit, string Value)> Sample(string programme, string site, int step, DateOnly day) =>
        levels[programme].Select(level => (level.Parameter, level.Unit, Value(level, site, step, day)));

    private string Value(Level level, string site, int step, DateOnly day)
    {
        var story = stories.Find(story => story.Programme == level.Programme && story.Site == site && story.Parameter == level.Parameter
            && story.From <= day && day <= story.To);
        if (story is { Lod.Length: > 0 })
            return "<" + story.Lod;
        var key = $"{Seed}|{level.Programme}|{site}|{level.Parameter}";
        var season = 1 + level.Season * Math.Cos((day.Month - 7) * Math.PI / 6);
        var value = level.Usual * season * (story?.Times ?? 1) * Math.Exp(level.Spread * (0.6 * Noise(key + "|site") + 0.8 * Remembered(key, step)));
        return level.Lod.Length > 0 && value < DemoFiles.Number(level.Lod) ? "<" + level.Lod : Rounded(value, level.Rounding);
    }

    private static string Rounded(double value, string rounding)
    {
        if (rounding != "mpn")
            return value.ToString("F" + rounding, CultureInfo.InvariantCulture);
        var decade = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return (MostProbable.MinBy(number => Math.Abs(number - value / decade)) * decade).ToString("0.#", CultureInfo.InvariantCulture);
    }

    private static double Remembered(string key, int step)
    {
        var state = Noise($"{key}|0");
        for (var i = 1; i <= step; i++)
            state = Memory * state + Math.Sqrt(1 - Memory * Memory) * Noise(string.Create(CultureInfo.InvariantCulture, $"{key}|{i}"));
        return state;
    }

    // Near enough to normal, and never beyond six: the sum of twelve uniform numbers of SplitMix64, started by FNV-1a of the key.
    private static double Noise(string key)
    {
        var state = 14695981039346656037UL;
        foreach (var octet in Encoding.UTF8.GetBytes(key))
            state = (state ^ octet) * 1099511628211UL;
        var sum = -6.0;
        for (var i = 0; i < 12; i++)
        {
            state += 0x9E3779B97F4A7C15UL;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            sum += ((mixed ^ (mixed >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
        return sum;
    }

    /// <param name="Usual">The middle of the values, in <paramref name="Unit"/>.</param>
    /// <param name="Spread">Of the logarithm: 0.3 is about a third up or down.</param>
    /// <param name="Season">The share that July adds and January takes.</param>
    /// <param name="Rounding">Decimals, or "mpn".</param>
    /// <param name="Lod">The limit of detection as the laboratory writes it; empty for none.</param>
    private sealed record Level(
        string Programme, string Parameter, string Unit, double Usual, double Spread, double Season, string Rounding, string Lod);

    /// <summary>What happens at a site for some time: a multiple of the usual, or a method that cannot see so low.</summary>
    private sealed record Story(string Programme, string Site, string Parameter, DateOnly From, DateOnly To, double Times, string Lod);
}
