using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Compares the sheet's own row of limits with the loaded limits of the standard that it names.</summary>
internal static class CompareLimits
{
    public static async Task RunAsync(NpgsqlConnection connection, Layout layout, RowCheck check, IntakeBooks books, CancellationToken cancel)
    {
        if (layout.LimitColumn is null)
            return;
        foreach (var row in check.LimitRows)
        {
            var loaded = await connection.ListAsync(
                "SELECT parameter, kind, unit, lower, upper FROM standard_limit WHERE standard = $1 AND column_code = $2 AND fraction = ''",
                limit => InLayoutUnit(layout, books, limit), cancel, row.Standard, layout.LimitColumn);
            foreach (var problem in LimitRowCheck.Compare(row, loaded.OfType<StatedLimit>().ToList()).Problems)
                check.Problems.Add(problem);
        }
    }

    // The sheet states its limits in the units of its columns.
    private static StatedLimit? InLayoutUnit(Layout layout, IntakeBooks books, NpgsqlDataReader limit)
    {
        var parameter = limit.GetString(0);
        var unit = layout.Parameters.FirstOrDefault(header => header.Parameter == parameter)?.Unit;
        if (unit is null || books.Units.Find(unit) is not { } wanted || books.Units[limit.GetString(2)].FactorTo(wanted) is not { } factor)
            return null;
        return new(parameter, Enum.Parse<LimitKind>(limit.GetString(1).Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            limit.IsDBNull(3) ? null : limit.GetDecimal(3) * factor,
            limit.IsDBNull(4) ? null : limit.GetDecimal(4) * factor);
    }
}
