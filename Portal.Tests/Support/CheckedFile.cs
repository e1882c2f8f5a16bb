using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>A file gone through recognition and check, all in memory.</summary>
internal sealed record CheckedFile(Layout? Layout, IReadOnlyList<CheckedCell> Cells, IReadOnlyList<Problem> Problems, CheckSummary? Summary,
    IReadOnlyList<SheetLimits> LimitRows, IReadOnlyList<CellPlace> TakenBack, CellCounts? Account = null)
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    public static IReadOnlyList<Layout> Layouts { get; } = LayoutFiles.Read(Path.Combine(Repository.Root, "seed", "layouts"));

    public static Layout LayoutOf(string code) => Layouts.Single(layout => layout.Code == code);

    /// <param name="only">The layout, where it is none of the portal's own.</param>
    public static CheckedFile Of(string path, Func<string, KnownSite?>? findSite = null, Layout? only = null)
    {
        var file = FileReader.Open(path);
        if (file.Problems.HasBlocker || (only ?? LayoutFiles.Recognise(file, Layouts)) is not { } layout)
            return new(null, [], file.Problems.All, null, [], []);
        var check = new RowCheck(layout, SeedBooks.Books, findSite ?? SeedBooks.SeaSites.Find, Today, file.Problems);
        var cells = check.Check(file.Rows(layout.SkipHiddenSheets)).ToList();
        check.Cells.LeaveHidden(file.CellsSkipped);
        return new(layout, cells, file.Problems.All, check.Summary, check.LimitRows, check.TakenBack, check.Cells);
    }

    /// <summary>The values that may be stored: "NB1 pH 8", "NB1 Hg &lt;0.0003", in the canonical unit.</summary>
    public IEnumerable<string> Values => Cells.Where(cell => !TakenBack.Contains(cell.Place))
        .Select(cell => FormattableString.Invariant($"{cell.Sample.Site.Code} {cell.Parameter.Code} {cell.Canonical.Sign}{cell.Canonical.Number / 1.0000000000000000000000000000m}"));

    /// <summary>Problems of one severity: "RaisedPart E4".</summary>
    public IEnumerable<string> Told(Severity severity) => Problems.Where(problem => problem.Severity == severity).Select(problem => $"{problem.Code} {problem.ColumnLetter}{problem.Row}".Trim());

    public Problem Only(ProblemCode code) => Problems.Single(problem => problem.Code == code);
}
