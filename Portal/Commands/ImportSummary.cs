using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Commands;

/// <summary>What <c>import</c> prints.</summary>
/// <param name="Submission">Its number; null for a dry run.</param>
/// <param name="Sheets">How many sheets were read.</param>
/// <param name="Results">Values that may be stored: new ones and those already present.</param>
/// <param name="Added">Values stored by this run; for a dry run, those that would be.</param>
/// <param name="CellsSeen">Cells that may be values: results + refused + left out.</param>
/// <param name="LeftOut">Cells neither taken nor refused, by reason.</param>
public sealed record ImportSummary(
    int? Submission, string State, int Sheets, int Rows, int Samples, int Results, int Added, int AlreadyPresent,
    int CellsSeen, int Refused, IReadOnlyDictionary<string, int> LeftOut, IReadOnlyList<ImportProblem> Problems)
{
    public static ImportSummary Of(int? submission, string state, CheckOutcome outcome, int added, IEnumerable<ImportProblem> problems) => new(
        submission, state, outcome.Sheets.Count, outcome.Rows, outcome.Samples, outcome.Results, added, outcome.Present,
        outcome.Seen, outcome.Refused, outcome.LeftOut ?? new Dictionary<string, int>(), problems.ToList());
}

/// <summary>A problem with its sentence in the language of the terminal.</summary>
/// <param name="Rule">The code of the rule.</param>
/// <param name="Column">Its letter.</param>
public sealed record ImportProblem(string Severity, string Rule, string Sheet, int? Row, string Column, string Value, string Message)
{
    public static ImportProblem Of(ProblemView problem, CommandTexts texts) => new(
        problem.Severity, problem.Code, problem.Sheet, problem.Row == 0 ? null : problem.Row, problem.Column, problem.Value,
        ProblemSentence.Sentence(ProblemTexts.In(texts.Language), problem));
}
