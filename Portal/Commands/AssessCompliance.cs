using System.Globalization;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Commands;

/// <summary><c>assess compliance</c>: holds the values of a file against a named part of a standard, without a database.</summary>
/// <remarks>The limit is printed in the unit of the file's row. A part that names several averagings gives one line for each.</remarks>
public sealed class AssessCompliance
{
    private const int RowsRefused = 1;
    private static readonly string[] Columns = ["id", "parameter", "unit", "value"];
    private static readonly string[] Coefficients = ["Kq", "Kf", "Kp", "Kv", "K"];

    /// <summary>0 only if every row was read.</summary>
    public async Task<int> RunAsync(CommandContext context, CancellationToken cancel)
    {
        var path = context.Line.Arguments[0];
        if (!File.Exists(path))
            throw new UsageException(UsageFault.FileUnknown, path);
        var seed = ReferenceFiles.Load(PortalHome.Seed);
        var asked = Ask(context, seed.Standards);
        var limits = new PartLimits(seed.Standards);
        var file = AssessFile.Read(path, Columns);

        await context.Output.WriteLineAsync("id,parameter,limit,unit,verdict,ratio,clause");
        var bare = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in file.Rows)
        {
            if (Read(row, seed, asked) is not { } value || Limits(row, value, limits, asked) is not { } found)
                continue;
            bare.UnionWith(found.SelectMany(limit => limit.Limit.Coefficients).Where(name => !asked.Coefficients.Values.ContainsKey(name)));
            foreach (var line in ComplianceLine.Of(row, value, found, asked.Coefficients))
                await context.Output.WriteLineAsync(line);
        }
        if (bare.Count > 0)
            await context.Notes.WriteLineAsync(context.Texts["CoefficientsNotGiven", string.Join(", ", bare)]);
        foreach (var problem in file.Problems.OrderBy(problem => problem.Line))
        {
            await context.Notes.WriteLineAsync(context.Texts[
                problem.Column.Length == 0 ? "AssessProblemOfRow" : "AssessProblem", path, problem.Line, problem.Column, context.Texts.Of(problem.Fault, problem.Facts)]);
        }
        return file.Problems.Count == 0 ? 0 : RowsRefused;
    }

    private static Asked Ask(CommandContext context, StandardBook standards)
    {
        var (code, name) = (context.Line.Option("standard"), context.Line.Option("table"));
        if (code is null || name is null)
            throw new UsageException(UsageFault.ArgumentsWrong, "assess compliance FILE --standard CODE --table NAME");
        var standard = standards.Named(code)
            ?? throw new UsageException(UsageFault.StandardUnknown, code, string.Join(", ", standards.All.Select(known => known.Code).Order(StringComparer.Ordinal)));
        var part = StandardPart.Find(standard, name);
        // A standard whose values are not known has nothing that could be named: all is without limit.
        if (part is null && standard.Limits.Count > 0)
            throw new UsageException(UsageFault.TableUnknown, name, standard.Code, Parts(standard));
        var averaging = context.Line.Option("averaging");
        if (averaging is not null && StandardPart.FindAveraging(averaging) is null)
            throw new UsageException(UsageFault.OptionValueInvalid, "averaging", averaging);
        return new(standard, part, averaging is null ? null : StandardPart.FindAveraging(averaging), Day(context, standard), Given(context, standard));
    }

    private static string Parts(Standard standard) => string.Join("; ", standard.Columns.Select(column => $"{column.Code} ({column.NameVi})")
        .Concat(standard.Limits.Select(limit => limit.Place.Table).Distinct()));

    // Today, or the nearest day on which the standard is in force.
    private static DateOnly Day(CommandContext context, Standard standard)
    {
        if (context.Line.Option("on") is { } written)
        {
            return DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? day
                : throw new UsageException(UsageFault.OptionValueInvalid, "on", written);
        }
        var today = PortalDay.Of(context.Clock);
        var valid = standard.Papers.Valid;
        return today > valid.To ? valid.To.Value : today < valid.From ? valid.From.Value : today;
    }

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
        var found = limits.Find(asked.Standard, asked.Part, value.Parameter.Code, asked.Day, asked.Averaging, asked.Coefficients);
        if (found is null)
            row.Refuse("parameter", AssessFault.LimitAmbiguous, string.Join(", ", asked.Part.Columns.Select(column => column.Code)));
        return found;
    }

    private sealed record Asked(Standard Standard, StandardPart? Part, Averaging? Averaging, DateOnly Day, CoefficientsGiven Coefficients);
}

/// <summary>A value of the file as it is understood.</summary>
internal sealed record ValueToJudge(Parameter Parameter, Unit Unit, ReportedValue Value);
