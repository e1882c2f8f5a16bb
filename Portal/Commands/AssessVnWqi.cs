using QuanTrac.Portal.Domain.Assessment.Indices;

namespace QuanTrac.Portal.Commands;

/// <summary><c>assess vn-wqi</c>: VN_WQI of each sample of a file, without a database. Units: mg/L; pesticides µg/L; MPN/100 mL; °C; salinity ‰.</summary>
public sealed class AssessVnWqi
{
    private const string Id = "id";
    private const string Medium = "surface_water";

    /// <summary>0 only if every row was read.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var report = AssessReport.Open(context);
        var index = new VnWqi(report.Seed.Indices.Newest(VnWqi.Kind));
        var (form, rule) = (FormOf(context, index), report.NonDetects);
        var file = AssessFile.Read(report.Path, [Id], new AssessHeader(report.Seed, Medium, index.Uses));
        var parameters = file.Columns.Where(column => column != Id).ToList();
        file.RequireOneOf([.. index.Table.Scales.Select(scale => scale.Code == "DO%" ? "DO" : scale.Code)]);

        await report.LineAsync("id", "wqi", "band", "wqi_i", "wqi_ii", "wqi_iii", "wqi_iv", "wqi_v", "form", "reason", "warnings");
        foreach (var row in file.Rows)
        {
            cancel.ThrowIfCancellationRequested();
            var sample = row.Values(parameters);
            if (!row.IsGood)
                continue;
            var result = index.Assess(sample, form, rule);
            var groups = result.Groups;
            await report.LineAsync(
                row[Id], AssessReport.Whole(result.Index), result.Band?.NameVi ?? "",
                AssessReport.Decimals(groups.I), AssessReport.Decimals(groups.II), AssessReport.Decimals(groups.III),
                AssessReport.Decimals(groups.IV), AssessReport.Decimals(groups.V), result.Form == 0 ? "" : AssessReport.Whole(result.Form), result.Reason,
                string.Join(' ', NotScored(result).Select(score => $"{score.Reason}:{score.Parameter}").Concat(result.Warnings)));
            foreach (var score in NotScored(result))
                await report.WarnAsync(row.Line, score.Reason, score.Parameter, row[score.Parameter]);
            foreach (var warning in result.Warnings)
                await report.WarnAsync(row.Line, warning);
            if (context.Line.Has("explain"))
                await report.ExplainAsync(VnWqiExplanation.Of(index, report.Seed.Parameters, sample, form, rule));
        }
        return await report.EndAsync(file);
    }

    // A value that was measured and yet does not count is said beside the index, not only with --explain.
    private static IEnumerable<SubIndex> NotScored(VnWqiResult result) => result.SubIndices.Where(score => score.Value is null);

    private static WqiForm FormOf(CommandContext context, VnWqi index) => context.Line.Option("form") switch
    {
        null => index.DefaultForm,
        "3" => WqiForm.ThreeOrFour,
        "5" => WqiForm.Five,
        var other => throw new UsageException(UsageFault.OptionValueInvalid, "form", other),
    };
}
