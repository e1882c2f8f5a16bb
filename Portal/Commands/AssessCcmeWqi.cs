using System.Globalization;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Commands;

/// <summary><c>assess ccme-wqi</c>: CCME WQI of each site of a file against a named part of a standard, without a database. A row is a sampling;
/// values are in the canonical units of seed/parameters.csv.</summary>
/// <remarks>Whoever names a column whose limits ask for a mean holds single values against it all the same.</remarks>
public sealed class AssessCcmeWqi
{
    private const string Usage = "assess ccme-wqi FILE --standard CODE --table NAME";
    private static readonly string[] Keys = ["site", "time", "id"];

    /// <summary>0 only if every row was read.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var report = AssessReport.Open(context);
        var (standard, part) = AskedPart.Of(context, report.Seed.Standards, Usage);
        var index = new CcmeWqi(report.Seed.Indices.Newest(CcmeWqi.Kind));
        var medium = part?.Columns[0].Medium ?? standard.Papers.Media[0];
        var file = AssessFile.Read(report.Path, [], header => Keys.Contains(header) ? header : report.Seed.Parameters.Find(header, medium)?.Code);
        // A parameter without a limit is said by its name; a file without any parameter is not read.
        file.RequireOneOf([.. file.Columns.Except(Keys), .. standard.Limits.Select(limit => limit.Parameter.Code).Distinct()]);
        var limits = await LimitsAsync(report, file, standard, part);

        await report.LineAsync("site", "index", "band", "f1", "f2", "f3", "nse", "variables", "failed_variables", "tests", "failed_tests", "left_out", "reason");
        foreach (var site in Tests(file, limits).GroupBy(test => test.Site, test => test.Test))
        {
            cancel.ThrowIfCancellationRequested();
            var result = index.Assess(site.OfType<CcmeTest>());
            await report.LineAsync(LineOf(site.Key, result));
            if (context.Line.Has("explain"))
                await report.ExplainAsync(CcmeExplanation.Of(index, report.Seed.Parameters, result));
        }
        return await report.EndAsync(file);
    }

    private static string[] LineOf(string site, CcmeResult result)
    {
        if (result.Index is not { } index)
            return [site, "", "", "", "", "", "", AssessReport.Whole(result.Variables), "", "", "", AssessReport.Whole(result.LeftOut), result.Reason];
        return
        [
            site, AssessReport.Whole(index), result.Band!.NameVi, Figure(result.F1), Figure(result.F2), Figure(result.F3), Figure(result.Nse),
            AssessReport.Whole(result.Variables), AssessReport.Whole(result.FailedVariables), AssessReport.Whole(result.Tests),
            AssessReport.Whole(result.FailedTests), AssessReport.Whole(result.LeftOut), "",
        ];
    }

    // A site without any test has a line too: no test stands for it.
    private static IEnumerable<(string Site, CcmeTest? Test)> Tests(AssessFile file, Dictionary<string, Bounds> limits)
    {
        var parameters = file.Columns.Except(Keys).ToList();
        var samplings = new Dictionary<(string Site, string Time), int>();
        foreach (var row in file.Rows)
        {
            var values = row.Values(parameters);
            if (!row.IsGood)
                continue;
            // Rows of one site and time, at several depths perhaps, are one sampling.
            var (site, time) = (row.Optional("site"), row.Optional("time"));
            var key = (site, time.Length > 0 ? time : $"#{row.Line}");
            var sampling = samplings.TryGetValue(key, out var known) ? known : samplings[key] = samplings.Count;
            yield return (site, null);
            foreach (var (parameter, value) in values)
            {
                if (limits.TryGetValue(parameter, out var bounds))
                    yield return (site, new CcmeTest(parameter, sampling, value, bounds));
            }
        }
    }

    private static async Task<Dictionary<string, Bounds>> LimitsAsync(AssessReport report, AssessFile file, Standard standard, StandardPart? part)
    {
        var (limits, without, bare) = (new Dictionary<string, Bounds>(), new List<string>(), new SortedSet<string>(StringComparer.Ordinal));
        var (book, day) = (new PartLimits(report.Seed.Standards), AskedPart.DayOf(report.Context, standard));
        foreach (var parameter in file.Columns.Except(Keys))
        {
            var found = part is null ? [] : book.Find(standard, part, parameter, day, null, CoefficientsGiven.None);
            if (found is null || found.Count > 1)
            {
                file.Refuse(1, parameter, AssessFault.LimitAmbiguous, string.Join(", ",
                    found?.Select(row => $"{row.Limit.Place.Column} {row.Limit.Averaging.Code}".TrimEnd()) ?? part!.Columns.Select(column => column.Code)));
            }
            else if (found is [{ Bounds: { } bounds } row])
            {
                limits[parameter] = bounds;
                bare.UnionWith(row.Limit.Coefficients);
            }
            else
            {
                without.Add(parameter);
            }
        }
        if (without.Count > 0)
            await report.Context.Notes.WriteLineAsync(report.Context.Texts["ParametersWithoutLimit", standard.Code, string.Join(", ", without)]);
        if (bare.Count > 0)
            await report.Context.Notes.WriteLineAsync(report.Context.Texts["CoefficientsNotGiven", string.Join(", ", bare)]);
        return limits;
    }

    private static string Figure(double number) =>
        double.IsInfinity(number) ? "inf" : Math.Round(number, 4, MidpointRounding.AwayFromZero).ToString("0.0000", CultureInfo.InvariantCulture);
}
