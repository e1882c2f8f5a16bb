namespace QuanTrac.Portal.Domain.Intake;

/// <summary>The problems of one file. Information comes once for each rule and column with a count; of errors of one rule in one column
/// the first <see cref="Listed"/> stand alone and the last of them counts the rest, so that a spoilt column cannot fill the memory.</summary>
public sealed class ProblemList
{
    /// <summary>How many of one rule in one column are listed singly.</summary>
    public const int Listed = 200;

    private readonly List<Problem> problems = [];
    private readonly Dictionary<(ProblemCode, string?, int?), (int Last, int Count)> kinds = [];

    public IReadOnlyList<Problem> All => problems;

    public bool HasBlocker { get; private set; }

    public void Add(Problem problem)
    {
        HasBlocker |= problem.Severity == Severity.Blocker;
        var kind = (problem.Code, problem.Sheet, problem.Column);
        var (last, count) = kinds.GetValueOrDefault(kind);
        if (count > 0 && (IsMerged(problem) || count >= Listed))
        {
            problems[last] = problems[last] with { Count = problems[last].Count + problem.Count };
            kinds[kind] = (last, count + 1);
            return;
        }
        kinds[kind] = (problems.Count, count + 1);
        problems.Add(problem);
    }

    // Each site, sheet and limit is told of singly; of what is hidden or not read, each column, and all rows together.
    private static bool IsMerged(Problem problem) => problem.Severity == Severity.Information
        ? problem.Code is not (ProblemCode.SiteNameDiffers or ProblemCode.ColumnAbsent or ProblemCode.LimitOnOneSideOnly)
        : problem.Code is ProblemCode.HiddenRow or ProblemCode.HiddenColumn or ProblemCode.ColumnWithoutHeader or ProblemCode.UnknownColumn;
}
