using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>A file gone through recognition and check, all in memory.</summary>
internal sealed record CheckedFile(Layout? Layout, IReadOnlyList<CheckedCell> Cells, IReadOnlyList<Problem> Problems, CheckSummary? Summary,
    IReadOnlyList<SheetLimits> LimitRows, IReadOnlyList<CellPlace> TakenBack)
{
    public static readonly DateOnly Today = new(2026, 11, 22);

    public static IReadOnlyList<Layout> Layouts { get; } = LayoutFiles.Read(Path.Combine(Repository.Root, "seed", "layouts"));

    public static Layout LayoutOf(string code) => Layouts.Single(layout => layout.Code == code);

    public static CheckedFile Of(string path, Func<string, KnownSite?>? findSite = null)
    {
        var file = FileReader.Open(path);
        if (file.Problems.HasBlocker || LayoutFiles.Recognise(file, Layouts) is not { } layout)
            return new(null, [], file.Problems.All, null, [], []);
        var check = new RowCheck(layout, SeedBooks.Books, findSite ?? SeedBooks.SeaSites.Find, Today, file.Problems);
        var cells = check.Check(file.Rows(layout.SkipHiddenSheets)).ToList();
        return new(layout, cells, file.Problems.All, check.Summary, check.LimitRows, check.TakenBack);
    }

    public Problem Only(ProblemCode code) => Problems.Single(problem => problem.Code == code);
}
