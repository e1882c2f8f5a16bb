using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Commands;

/// <summary>What <c>import</c> prints.</summary>
/// <param name="Submission">Its number; null for a dry run.</param>
/// <param name="Sheets">How many sheets were read.</param>
/// <param name="Results">Values that may be stored: new ones and those already present.</param>
/// <param name="Added">Values stored by this run; for a dry run, those that would be.</param>
public sealed record ImportSummary(
    int? Submission, string State, int Sheets, int Rows, int Samples, int Results, int Added, int AlreadyPresent, IReadOnlyList<ImportProblem> Problems)
{
    [JsonIgnore]
    public int Refused { get; private init; }

    public static ImportSummary Of(int? submission, string state, CheckOutcome outcome, int added, IEnumerable<ImportProblem> problems) => new(
        submission, state, outcome.Sheets.Count, outcome.Rows, outcome.Samples, outcome.Results, added, outcome.Present, problems.ToList())
    {
        Refused = outcome.Refused,
    };
}

/// <summary>A problem with its sentence in the language of the terminal.</summary>
/// <param name="Rule">The code of the rule.</param>
/// <param name="Column">Its letter.</param>
public sealed record ImportProblem(string Severity, string Rule, string Sheet, int? Row, string Column, string Value, string Message)
{
    public static ImportProblem Of(Problem problem, CommandTexts texts) => new(
        problem.Severity.ToString().ToLowerInvariant(), problem.Code.ToString(), problem.Sheet ?? "", problem.Row, problem.ColumnLetter ?? "",
        problem.Value ?? "", Sentence(problem.Code.ToString(), problem.Facts, texts));

    public static ImportProblem Of(NpgsqlDataReader row, CommandTexts texts) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3) == 0 ? null : row.GetInt32(3), row.GetString(4), row.GetString(6),
        Sentence(row.GetString(1), JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(7))!, texts));

    private static string Sentence(string code, IReadOnlyDictionary<string, string> facts, CommandTexts texts) =>
        $"{code} {string.Join(", ", facts.Select(fact => $"{fact.Key}={fact.Value}"))}";
}
