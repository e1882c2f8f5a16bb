using System.Diagnostics;
using System.Globalization;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Bench;

/// <summary>The figures of one benchmark: printed as they come, kept as a section of <c>bench/results.md</c>.</summary>
internal sealed class Figures(string name)
{
    /// <summary>Runs of every measured step; the median counts.</summary>
    public const int Runs = 5;

    private readonly List<string> lines = [];
    private readonly List<string> notes = [];
    private readonly string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>Measures a step five times, after some unmeasured runs.</summary>
    /// <returns>Milliseconds of each run.</returns>
    /// <param name="prepare">Done before each run, not measured.</param>
    public static async Task<double[]> TimeAsync(Func<Task> step, int warm = 0, Func<Task>? prepare = null)
    {
        var times = new double[Runs];
        for (var run = -warm; run < Runs; run++)
        {
            await (prepare?.Invoke() ?? Task.CompletedTask);
            var time = await OnceAsync(step);
            if (run >= 0)
                times[run] = time;
        }
        return times;
    }

    /// <summary>Measures two steps turn by turn, so that a busy moment of the machine meets both.</summary>
    public static async Task<(double[] First, double[] Second)> TimeBothAsync(Func<Task> first, Func<Task> second, int warm)
    {
        var (one, two) = (new double[Runs], new double[Runs]);
        for (var run = -warm; run < Runs; run++)
        {
            var (a, b) = (await OnceAsync(first), await OnceAsync(second));
            if (run >= 0)
                (one[run], two[run]) = (a, b);
        }
        return (one, two);
    }

    /// <summary>Milliseconds of one run.</summary>
    public static async Task<double> OnceAsync(Func<Task> step)
    {
        var since = Stopwatch.GetTimestamp();
        await step();
        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <summary>One row: the median and the spread, and the reach where there is one.</summary>
    /// <param name="most">The reach; null for a figure that is only stated.</param>
    public void Add(string what, IReadOnlyCollection<double> values, string unit, double? most = null)
    {
        var median = Median(values);
        var spread = values.Count > 1 ? $"{Number(values.Min())} - {Number(values.Max())}" : "";
        var verdict = most is null ? "" : median <= most ? "reached" : "**missed**";
        var line = $"| {what} | {Number(median)} {unit} | {spread} | {(most is { } reach ? $"≤ {Number(reach)} {unit}" : "")} | {verdict} |";
        lines.Add(line);
        Console.WriteLine(line);
    }

    /// <summary>A row for a step against its yardstick, whose runs were measured beside its own.</summary>
    public void AddRatio(string what, IReadOnlyList<double> values, IReadOnlyList<double> yardstick, double most) =>
        Add(what, values.Zip(yardstick, (value, free) => value / free).ToArray(), "times", most);

    /// <summary>What a reader must know to judge the figures.</summary>
    public void Note(string text)
    {
        notes.Add(text);
        Console.WriteLine(text);
    }

    /// <summary>Replaces the section of this benchmark in <c>bench/results.md</c>.</summary>
    public async Task KeepAsync()
    {
        var file = Path.Combine(PortalHome.Folder, "bench", "results.md");
        var old = File.Exists(file) ? await File.ReadAllTextAsync(file) : "# Figures\n\nWritten by the benchmarks; see README.md.\n";
        var sections = old.Split("\n## ").ToList();
        sections.RemoveAll(section => section.StartsWith(name + "\n", StringComparison.Ordinal));
        sections.Add($"{name}\n\n{Machine()}\n\n| figure | median of {Runs} | spread | reach | |\n|---|---|---|---|---|\n{string.Join('\n', lines)}\n"
            + (notes.Count > 0 ? $"\n{string.Join('\n', notes.Select(note => $"- {note}"))}\n" : ""));
        var ordered = sections.Skip(1).Order(StringComparer.Ordinal).Select(section => section.TrimEnd() + "\n");
        await File.WriteAllTextAsync(file, string.Join("\n## ", [sections[0].TrimEnd() + "\n", .. ordered]));
    }

    private string Machine()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores, {memory:0} GiB, PostgreSQL on the same machine; {day}; load of the machine before: {load}.");
    }

    private static string Number(double value) => value.ToString(value < 10 ? "0.##" : value < 100 ? "0.#" : "#,##0", CultureInfo.InvariantCulture);
}
