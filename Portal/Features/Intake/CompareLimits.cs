using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Compares the sheet's own row of limits with the loaded limits of the standard that it names.</summary>
internal static class CompareLimits
{
    public static async Task RunAsync(NpgsqlConnection connection, Layout layout, RowCheck check, CancellationToken cancel)
    {
        if (layout.LimitColumn is null)
            return;
        foreach (var sheet in check.LimitRows)
        {
            var loaded = await connection.ListAsync(
                """
                SELECT parameter, canonical_lower, canonical_upper FROM standard_limit
                WHERE standard = $1 AND column_code = $2 AND fraction = '' AND averaging = '' AND kind <> 'class_text'
                """,
                row => new LoadedLimit(row.GetString(0), new Bounds(
                    row.IsDBNull(1) ? null : row.GetDecimal(1),
                    row.IsDBNull(2) ? null : row.GetDecimal(2))), cancel, sheet.Standard, layout.LimitColumn);
            foreach (var problem in LimitRowCheck.Compare(sheet, loaded).Problems)
                check.Problems.Add(problem);
        }
    }
}
