using System.Globalization;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Bench;

/// <summary>Checking a workbook of 100,000 rows: its time, and the memory of the process above idle.</summary>
internal static class WorkbookBench
{
    private const int SiteCount = 2_500;
    private const int QuarterCount = 40;

    private static readonly DateOnly Today = new(2026, 1, 15);

    public static async Task RunAsync(Figures figures)
    {
        await using var bed = await Bed.OpenAsync();
        await using var owner = await bed.OpenOwnerAsync();
        var manager = await bed.AccountAsync("province", Role.Manager, "SONNMT");
        await LargeWorkbook.AddSitesAsync(owner, SiteCount);
        var path = Path.Combine(bed.Host.Data.Path, "large.xlsx");
        LargeWorkbook.Write(path, SiteCount, QuarterCount, firstQuarter: 0, numbers: 29);
        var reference = await IntakeBooksReader.ReadAsync(owner, default);
        GC.Collect();
        var idle = Environment.WorkingSet;

        List<double> memory = [];
        var check = await Figures.TimeAsync(() => WatchAsync(idle, memory, () => Task.Run(() => Check(path, reference))));
        figures.Add("100,000 rows, 2.9 million cells: read and check", check, "ms", 20_000);
        figures.Add("100,000 rows: memory above idle", memory, "MB", 300);
        memory.Clear();
        var staged = await Figures.TimeAsync(() => WatchAsync(idle, memory, () => StageAsync(bed, manager, path)));
        figures.Add("100,000 rows: check, stage 2.9 million cells in the database and compare them", staged, "ms");
        figures.Add("100,000 rows: memory above idle while staging", memory, "MB");
        figures.Note(string.Create(CultureInfo.InvariantCulture, $"The workbook has {new FileInfo(path).Length / 1e6:0} MB; each row holds 29 values."));
        figures.Note("Memory is the highest working set of the process, looked at every 20 ms, above the working set before the first check.");
    }

    private static void Check(string path, IntakeReference reference)
    {
        var file = FileReader.Open(path);
        var layout = LayoutFiles.Recognise(file, LayoutFiles.Read(PortalHome.Layouts))!;
        var check = new RowCheck(layout, reference.Books, reference.Sites.Find, Today, file.Problems);
        var cells = check.Check(file.Rows(layout.SkipHiddenSheets)).Count();
        if (cells != SiteCount * QuarterCount * 29)
            throw new InvalidOperationException($"{cells} cells were taken.");
    }

    private static async Task StageAsync(Bed bed, Domain.Access.Access manager, string path) =>
        await bed.WithAsync<CheckSubmission, (CheckOutcome, IReadOnlyList<Problem>)>(check => check.TryAsync(manager, path, "", default));

    private static async Task WatchAsync(long idle, List<double> memory, Func<Task> step)
    {
        var work = step();
        var peak = 0L;
        do
        {
            peak = Math.Max(peak, Environment.WorkingSet);
        }
        while (await Task.WhenAny(work, Task.Delay(20)) != work);
        await work;
        memory.Add((peak - idle) / 1e6);
    }
}
