using Npgsql;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Bench;

/// <summary>A workbook of 250,000 results from the file to the map, and storing beside COPY of the same rows into the same table.</summary>
internal static class IntakeBench
{
    private const int SiteCount = 2_000;
    private const int QuarterCount = 5;

    public static async Task RunAsync(Figures figures)
    {
        await using var bed = await Bed.OpenAsync();
        await using var owner = await bed.OpenOwnerAsync();
        var manager = await bed.AccountAsync("province", Role.Manager, "SONNMT");
        var reviewer = await bed.AccountAsync("reviewer", Role.Manager, "SONNMT");
        await LargeWorkbook.AddSitesAsync(owner, SiteCount);
        List<double> check = [], store = [], accept = [], copy = [];
        for (var run = 0; run < Figures.Runs; run++)
        {
            // Five quarters each: every run adds its rows to those of the runs before.
            var path = Path.Combine(bed.Host.Data.Path, $"intake-{run}.xlsx");
            LargeWorkbook.Write(path, SiteCount, QuarterCount, firstQuarter: run * QuarterCount, numbers: 25);
            var submission = 0;
            check.Add(await Figures.OnceAsync(async () => submission = await CheckAsync(bed, manager, path)));
            await bed.WithAsync<SubmitSubmission, SubmissionProblemCode?>(submit => submit.RunAsync(manager, submission, new Dictionary<int, string> { [0] = "Đo" }, default));
            store.Add(await StoreAsync(bed, owner, manager, submission));
            accept.Add(await Figures.OnceAsync(() => AcceptAsync(bed, reviewer, submission)));
            copy.Add(await CopyAsync(owner, submission));
        }
        figures.Add("250,000 results: check and stage the workbook (10,000 rows)", check, "ms");
        figures.Add("250,000 results: accept (store, assess, refresh)", accept, "ms");
        figures.Add("250,000 results: all of it", check.Zip(accept, (a, b) => a + b).ToArray(), "ms", 60_000);
        figures.Add("250,000 results: storing alone", store, "ms");
        figures.Add("COPY of the same rows into the same table (yardstick)", copy, "ms");
        figures.AddRatio("storing against the yardstick", store, copy, 2.5);
        figures.Note("Storing: from the staged cells to samples and results through the policies, with the comparison and the locks, in a transaction that is rolled back; "
            + "acceptance then stores them again. The rows are deleted, the table vacuumed, and the same rows copied back as its owner in text format.");
        figures.Note($"Accepting, run by run: {string.Join(", ", accept.Select(time => FormattableString.Invariant($"{time / 1000:0.0} s")))}.");
        figures.Note("Nothing is unmeasured: the first run includes compiling. Each run adds 250,000 results to the table, so the last finds a million there.");
    }

    private static async Task<int> CheckAsync(Bed bed, Domain.Access.Access manager, string path)
    {
        await using var content = File.OpenRead(path);
        var submission = await bed.WithAsync<HandInFile, int>(handIn => handIn.RunAsync(manager, content, Path.GetFileName(path), "", false, default));
        var outcome = await bed.WithAsync<CheckSubmission, CheckOutcome?>(check => check.RunAsync(manager, submission, default));
        return outcome is { New: 250_000, Refused: 0 } ? submission : throw new InvalidOperationException($"The workbook was read otherwise: {outcome}.");
    }

    private static async Task<double> StoreAsync(Bed bed, NpgsqlConnection owner, Domain.Access.Access manager, int submission)
    {
        await using var db = await bed.OpenAsync(manager);
        await using var transaction = await db.Connection.BeginTransactionAsync();
        var time = await Figures.OnceAsync(() => StoreResults.RunAsync(db.Connection, submission, default));
        await transaction.RollbackAsync();
        await owner.ExecuteAsync("VACUUM result", default);
        await owner.ExecuteAsync("VACUUM sample", default);
        await owner.ExecuteAsync("VACUUM submission_row", default);
        return time;
    }

    private static async Task AcceptAsync(Bed bed, Domain.Access.Access reviewer, int submission)
    {
        var (added, problem) = await bed.WithAsync<AcceptSubmission, (int, SubmissionProblemCode?)>(accept => accept.RunAsync(reviewer, submission, default));
        if (added != 250_000)
            throw new InvalidOperationException($"{added} results were added: {problem}.");
    }

    private static async Task<double> CopyAsync(NpgsqlConnection owner, int submission)
    {
        string rows;
        using (var reader = await owner.BeginTextExportAsync($"COPY (SELECT * FROM result WHERE submission_id = {submission} ORDER BY id) TO STDOUT"))
            rows = await reader.ReadToEndAsync();
        await owner.ExecuteAsync("DELETE FROM result WHERE submission_id = $1", default, submission);
        await owner.ExecuteAsync("VACUUM result", default);
        return await Figures.OnceAsync(async () =>
        {
            await using var writer = await owner.BeginTextImportAsync("COPY result FROM STDIN");
            await writer.WriteAsync(rows);
        });
    }
}
