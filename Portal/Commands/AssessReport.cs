using System.Globalization;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Features.Assessment;

namespace QuanTrac.Portal.Commands;

/// <summary>What the verbs that assess a file share: the reference data of this program, CSV lines as the answer, problems beside them.</summary>
/// <param name="Seed">Read from the files of the program, without a database.</param>
internal sealed record AssessReport(CommandContext Context, string Path, ReferenceData Seed)
{
    private const int RowsRefused = 1;

    /// <exception cref="UsageException">There is no such file.</exception>
    public static AssessReport Open(CommandContext context)
    {
        var path = context.Line.Arguments[0];
        return File.Exists(path) ? new(context, path, ReferenceFiles.Load(PortalHome.Seed)) : throw new UsageException(UsageFault.FileUnknown, path);
    }

    /// <summary>The choice of --nondetect; the limit of detection where none was made.</summary>
    public NonDetects NonDetects => Context.Line.Option("nondetect") is not { } written ? NonDetects.AtLimit
        : NonDetectRules.Find(written) ?? throw new UsageException(UsageFault.OptionValueInvalid, "nondetect", written);

    /// <summary>One line of the answer.</summary>
    public Task LineAsync(params ReadOnlySpan<string> fields) => Context.Output.WriteLineAsync(Line(fields));

    /// <summary>The sentences of an explanation as comments, in the language of the terminal.</summary>
    public async Task ExplainAsync(Explanation explanation)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Context.Texts.Language;
        await Context.Output.WriteLineAsync($"# {ExplanationSentence.Title(explanation)} · {explanation.Instrument}");
        foreach (var step in explanation.Steps)
        {
            var notes = new[] { ExplanationSentence.Clause(step), ExplanationSentence.Doubt(step) }.OfType<string>().ToList();
            await Context.Output.WriteLineAsync($"# {ExplanationSentence.Of(step)}{(notes.Count == 0 ? "" : $" [{string.Join("; ", notes)}]")}");
        }
        await Context.Output.WriteLineAsync($"# {ExplanationSentence.Engine(explanation)}");
    }

    /// <summary>A remark on a row that was read.</summary>
    public Task WarnAsync(int line, string code, params object[] facts) =>
        Context.Notes.WriteLineAsync(Context.Texts["AssessWarning", Path, line, Context.Texts[$"AssessWarning.{code}", facts]]);

    /// <summary>Says what could not be read, each for itself, then how much of it there was.</summary>
    /// <returns>The exit code: 0 only if every row was read.</returns>
    public async Task<int> EndAsync(AssessFile file)
    {
        foreach (var problem in file.Problems.OrderBy(problem => problem.Line))
        {
            await Context.Notes.WriteLineAsync(Context.Texts[
                problem.Column.Length == 0 ? "AssessProblemOfRow" : "AssessProblem", Path, problem.Line, problem.Column, Context.Texts.Of(problem.Fault, problem.Facts)]);
        }
        if (file.Problems.Count > 0)
            await SumUpAsync(file);
        return file.IsWhole ? 0 : RowsRefused;
    }

    private async Task SumUpAsync(AssessFile file)
    {
        var ofRows = file.Problems.Where(problem => problem.Line > 1).ToLookup(problem => problem.OnlyValue);
        var rows = ofRows[false].DistinctBy(problem => problem.Line).ToList();
        var values = ofRows[true].ToList();
        await Context.Notes.WriteLineAsync(Context.Texts["AssessSummary", Path, file.RowsSeen, rows.Count, Reasons(rows), values.Count, Reasons(values),
            file.Problems.Count(problem => problem.Fault is AssessFault.ColumnUnknown or AssessFault.ColumnUnclear)]);
    }

    // " (nhỏ hơn 0: 7; không phải là số: 1)"
    private string Reasons(List<AssessProblem> problems) => problems.Count == 0 ? "" : $" ({string.Join("; ",
        problems.GroupBy(problem => problem.Fault).OrderBy(fault => fault.Key).Select(fault => $"{Context.Texts[$"AssessReason.{fault.Key}"]}: {fault.Count()}"))})";

    /// <summary>Four decimals, half up; empty for none.</summary>
    public static string Decimals(decimal? number) =>
        number is { } known ? decimal.Round(known, 4, MidpointRounding.AwayFromZero).ToString("0.0000", CultureInfo.InvariantCulture) : "";

    /// <summary>Fields as a line of CSV.</summary>
    public static string Line(params ReadOnlySpan<string> fields)
    {
        var quoted = new string[fields.Length];
        for (var place = 0; place < fields.Length; place++)
            quoted[place] = fields[place].AsSpan().IndexOfAny("\",\n\r") < 0 ? fields[place] : $"\"{fields[place].Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        return string.Join(',', quoted);
    }

    public static string Whole(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
