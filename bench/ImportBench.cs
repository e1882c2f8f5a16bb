using System.Globalization;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Bench;

/// <summary>The agency's own workbook, from the file to the map; each time in a new database.</summary>
internal static class ImportBench
{
    public static async Task RunAsync(Figures figures)
    {
        var folder = Environment.GetEnvironmentVariable("QUANTRAC_SHARED") ?? Path.Combine(PortalHome.Folder, "..", "shared");
        var path = Path.GetFullPath(Path.Combine(folder, "data", "quang-ninh-sea-2021-2023.xlsx"));
        if (!File.Exists(path))
        {
            figures.Note($"Skipped: {path} is not there; the agency's data are no part of the project.");
            return;
        }
        List<double> check = [], accept = [];
        var added = 0;
        for (var run = 0; run < Figures.Runs; run++)
        {
            await using var bed = await Bed.OpenAsync();
            var manager = await bed.AccountAsync("province", Role.Manager, "SONNMT");
            var reviewer = await bed.AccountAsync("reviewer", Role.Manager, "SONNMT");
            var submission = 0;
            check.Add(await Figures.OnceAsync(async () => submission = await CheckAsync(bed, manager, path)));
            await bed.WithAsync<SubmitSubmission, SubmissionProblemCode?>(submit => submit.RunAsync(manager, submission, new Dictionary<int, string> { [0] = "Đo" }, default));
            accept.Add(await Figures.OnceAsync(async () =>
                (added, _) = await bed.WithAsync<AcceptSubmission, (int, SubmissionProblemCode?)>(use => use.RunAsync(reviewer, submission, default))));
        }
        figures.Add("the agency's workbook: check and stage", check, "ms");
        figures.Add("the agency's workbook: accept (store, assess, refresh)", accept, "ms");
        figures.Add("the agency's workbook: all of it", check.Zip(accept, (a, b) => a + b).ToArray(), "ms");
        figures.Note(string.Create(CultureInfo.InvariantCulture, $"{added:#,##0} results were added. A new database for each run; the first includes compiling."));
    }

    private static async Task<int> CheckAsync(Bed bed, Domain.Access.Access manager, string path)
    {
        await using var content = File.OpenRead(path);
        var submission = await bed.WithAsync<HandInFile, int>(handIn => handIn.RunAsync(manager, content, Path.GetFileName(path), "", false, default));
        await bed.WithAsync<CheckSubmission, CheckOutcome?>(use => use.RunAsync(manager, submission, default));
        return submission;
    }
}
