using System.Globalization;
using QuanTrac.Portal.Bench;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Dictionary<string, Func<Figures, Task>> all = new()
{
    ["map"] = MapBench.RunAsync,
    ["intake"] = IntakeBench.RunAsync,
    ["workbook"] = WorkbookBench.RunAsync,
    ["import"] = ImportBench.RunAsync,
    ["start"] = StartBench.RunAsync,
    ["series"] = SeriesBench.RunAsync,
    ["scope"] = ScopeBench.RunAsync,
    ["visible"] = ScopeBench.VisibleAsync,
    ["index"] = IndexBench.RunAsync,
    ["trend"] = TrendBench.RunAsync,
};
var unknown = args.Except(all.Keys).ToList();
if (unknown.Count > 0)
{
    await Console.Error.WriteLineAsync($"No benchmark {string.Join(", ", unknown)}. There are: {string.Join(", ", all.Keys)}.");
    return 64;
}
foreach (var name in args.Length == 0 ? all.Keys : args.AsEnumerable())
{
    var figures = new Figures(name);
    await all[name](figures);
    await figures.KeepAsync();
}
return 0;
