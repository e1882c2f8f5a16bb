using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Commands;

/// <summary><c>assess compliance</c>: holds the values of a file against a named part of a standard, without a database.</summary>
/// <remarks>The limit is printed in the unit of the file's row. A part that names several averagings gives one line for each.</remarks>
public sealed class AssessCompliance
{
    private static readonly string[] Columns = ["id", "parameter", "unit", "value"];
    private static readonly string[] Coefficients = ["Kq", "Kf", "Kp", "Kv", "K"];

    /// <summary>0 only if every row was read.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var report = AssessReport.Open(context);
        var (seed, asked) = (report.Seed, Ask(context, report.Seed.Standards));
        var limits = new PartLimits(seed.Standards);
        var file = AssessFile.Read(report.Path, Columns);
        if (After(context, asked) is { } note)
            await context.Notes.WriteLineAsync(note);

        await context.Output.WriteLineAsync("id,parameter,limit,unit,verdict,ratio,clause");
        var (bare, doubtful) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var row in file.Rows)
        {
            if (Read(row, seed, asked) is not { } value || Limits(row, value, limits, asked) is not { } found)
                continue;
            bare.UnionWith(found.SelectMany(limit => limit.Limit.Coefficients).Where(name => !asked.Coefficients.Values.ContainsKey(name)));
            doubtful.UnionWith(found.Where(limit => limit.Confidence == Confidence.Low).Select(limit => limit.Limit.Parameter.Code));
            foreach (var line in ComplianceLine.Of(row, value, found, asked.Coefficients))
                await context.Output.WriteLineAsync(line);
        }
        if (bare.Count > 0)
            await context.Notes.WriteLineAsync(context.Texts["CoefficientsNotGiven", string.Join(", ", bare)]);
        if (doubtful.Count > 0)
            await context.Notes.WriteLineAsync(context.Texts["LimitsDoubtful", string.Join(", ", doubtful)]);
        return await report.EndAsync(file);
    }

    private static Asked Ask(CommandContext context, StandardBook standards)
    {
        var (standard, part) = AskedPart.Of(context, standards, "assess compliance FILE --standard CODE --table NAME");
        var averaging = context.Line.Option("averaging");
        if (averaging is not null && StandardPart.FindAveraging(averaging) is null)
            throw new UsageException(UsageFault.OptionValueInvalid, "averaging", averaging);
        var facility = AskedPart.Day(context, "facility-date");
        return new(standard, part, averaging is null ? null : StandardPart.FindAveraging(averaging), AskedPart.DayOf(context, standard, facility), facility,
            Given(context, standard));
    }

    /// <summary>What is to be said where the standard had ended by the day asked about: who may keep it, and until when.</summary>
    private static string? After(CommandContext context, Asked asked)
    {
        var papers = asked.Standard.Papers;
        if (!(asked.Day > papers.Valid.To))
        {
            // Without a day the last one is taken: a verdict by a text that no longer holds says so.
            return asked.Day == papers.Valid.To && context.Line.Option("on") is null && PortalDay.Of(context.Clock) > asked.Day
                ? context.Texts["JudgedOnLastDay", papers.Code, Written(asked.Day)] : null;
        }
        if (papers.Legacy is not { } legacy || asked.Day > legacy.Until)
            return context.Texts["StandardEnded", papers.Code, Written(papers.Valid.To.Value), papers.SupersededBy ?? ""];
        var key = asked.Facility is null ? "LegacyNeedsDate" : asked.Facility < legacy.FacilitiesBefore ? "LegacyKept" : "LegacyNotKept";
        return context.Texts[key, papers.Code, Written(legacy.FacilitiesBefore), Written(legacy.Until), legacy.InsteadOf];
    }

    private static string Written(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static CoefficientsGiven Given(CommandContext context, Standard standard)
    {
        var figures = new Dictionary<string, decimal>();
        foreach (var name in Coefficients)
        {
            var option = name.ToLowerInvariant();
            if (context.Line.Option(option) is not { } written)
                continue;
            if (standard.Coefficients.All(step => step.Coefficient != name))
                throw new UsageException(UsageFault.CoefficientUnknown, name, standard.Code);
            figures[name] = decimal.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var figure) && figure > 0
                ? figure
                : throw new UsageException(UsageFault.OptionValueInvalid, option, written);
        }
        return CoefficientsGiven.Figures(figures);
    }

    private static ValueToJudge? Read(AssessRow row, ReferenceData seed, Asked asked)
    {
        var medium = asked.Part?.Columns[0].Medium ?? asked.Standard.Papers.Media[0];
        var parameter = seed.Parameters.Find(row["parameter"], medium);
        if (parameter is null)
            row.Refuse("parameter", AssessFault.ParameterUnknown, row["parameter"]);
        // What has no dimension needs no unit.
        var unit = row["unit"].Length == 0 && parameter?.Unit.Code == "-" ? parameter.Unit : seed.Units.Find(row["unit"]);
        if (unit is null)
            row.Refuse("unit", AssessFault.UnitUnknown, row["unit"]);
        else if (parameter is not null && unit.FactorTo(parameter.Unit) is null)
            row.Refuse("unit", AssessFault.UnitDoesNotFit, row["unit"], parameter.Unit.Code);
        var value = row.Value("value");
        return parameter is null || unit?.FactorTo(parameter.Unit) is null || value is null ? null : new(parameter, unit, value.Value);
    }

    private static IReadOnlyList<EffectiveLimit>? Limits(AssessRow row, ValueToJudge value, PartLimits limits, Asked asked)
    {
        if (asked.Part is null)
            return [];
        var found = limits.Find(asked.Standard, asked.Part, value.Parameter.Code, asked.Day, asked.Averaging, asked.Coefficients, asked.Facility);
        if (found is null)
            row.Refuse("parameter", AssessFault.LimitAmbiguous, string.Join(", ", asked.Part.Columns.Select(column => column.Code)));
        return found;
    }

    private sealed record Asked(Standard Standard, StandardPart? Part, Averaging? Averaging, DateOnly Day, DateOnly? Facility, CoefficientsGiven Coefficients);
}

/// <summary>A value of the file as it is understood.</summary>
internal sealed record ValueToJudge(Parameter Parameter, Unit Unit, ReportedValue Value);
