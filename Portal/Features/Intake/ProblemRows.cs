using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>Keeps the problems of a checked file with its submission.</summary>
internal static class ProblemRows
{
    public static async Task WriteAsync(NpgsqlConnection connection, int submission, IReadOnlyList<Problem> problems, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection);
        for (var i = 0; i < problems.Count; i++)
            batch.BatchCommands.Add(Insert(submission, i + 1, problems[i]));
        if (problems.Count > 0)
            await batch.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlBatchCommand Insert(int submission, int ordinal, Problem problem)
    {
        return new NpgsqlBatchCommand(
            """
            INSERT INTO submission_problem (submission_id, ordinal, severity, code, sheet, row_number, column_letter, column_header, value, facts)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """)
        {
            Parameters =
            {
                new() { Value = submission },
                new() { Value = ordinal },
                new() { Value = problem.Severity.ToString().ToLowerInvariant() },
                new() { Value = problem.Code.ToString() },
                new() { Value = problem.Sheet ?? "" },
                new() { Value = problem.Row ?? 0 },
                new() { Value = problem.ColumnLetter ?? "" },
                new() { Value = problem.Header ?? "" },
                new() { Value = Storable(problem.Value ?? "") },
                new() { Value = JsonSerializer.Serialize(ProblemView.Of(problem).Facts), NpgsqlDbType = NpgsqlDbType.Jsonb },
            },
        };
    }

    // A cell may hold anything: NUL cannot be stored, and a page shows no more than a line.
    private static string Storable(string value)
    {
        var clean = value.Replace("\0", "", StringComparison.Ordinal);
        return clean.Length > 500 ? clean[..500] : clean;
    }
}
