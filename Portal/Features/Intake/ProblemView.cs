using System.Globalization;
using System.Text.Json;
using Npgsql;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>A problem as pages, the marked file and the command line tell it; empty strings and 0 where the problem has no such place.</summary>
/// <param name="Ordinal">From 1 in its submission; 0 where nothing is kept.</param>
/// <param name="Severity">blocker, error, warning or information.</param>
/// <param name="Code">A <see cref="ProblemCode"/> by name.</param>
/// <param name="Column">The letter.</param>
/// <param name="Facts">As documented at the code, and "count": how many like it this one stands for.</param>
/// <param name="Reason">Why a warning is taken all the same.</param>
public sealed record ProblemView(
    int Ordinal, string Severity, string Code, string Sheet, int Row, string Column, string Header, string Value,
    IReadOnlyDictionary<string, string> Facts, string Reason = "")
{
    /// <summary>The columns that <see cref="Read"/> expects, in its order.</summary>
    public const string Columns = "ordinal, severity, code, sheet, row_number, column_letter, column_header, value, facts::text, reason";

    /// <summary>Whether it stands at a row or cell of which something may have been taken.</summary>
    public bool HasSurroundings => Row > 0 && (Severity is "error" or "warning" || (Severity == "information" && Column.Length > 0));

    /// <summary>How many like it this one stands for.</summary>
    public int Count => Code != nameof(ProblemCode.ExternalLinks)
        && int.TryParse(Facts.GetValueOrDefault("count"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1;

    /// <summary>A problem that is not kept.</summary>
    public static ProblemView Of(Problem problem)
    {
        var facts = new Dictionary<string, string>(problem.Facts);
        facts.TryAdd("count", problem.Count.ToString(CultureInfo.InvariantCulture));
        return new(0, problem.Severity.ToString().ToLowerInvariant(), problem.Code.ToString(), problem.Sheet ?? "", problem.Row ?? 0,
            problem.ColumnLetter ?? "", problem.Header ?? "", problem.Value ?? "", facts);
    }

    public static ProblemView Read(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt32(4), row.GetString(5), row.GetString(6), row.GetString(7),
        JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(8)) ?? [], row.GetString(9));
}
