using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>The small files of <c>Cases/intake</c>, each of which was once read wrongly without a word. Their right values were found by looking at them in a spreadsheet.</summary>
public sealed class IntakeCaseTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "Portal.Tests", "Cases", "intake");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder).Where(path => !path.EndsWith(".json", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)).Order()];

    /// <summary>File; values taken; errors and blockers; warnings.</summary>
    public static TheoryData<string, string[], string[], string[]> Answers => new()
    {
        { "c01-wide-unquoted-decimal-commas.csv", [], ["DecimalCommaSeparates 4"], [] },
        { "c02-superscript-footnote.xlsx", ["NB1 DO 6.1"], ["RaisedPart E4", "RaisedPart J4"], [] },
        { "c03-number-format-shows-less-than.xlsx", ["NB1 pH 8"], ["ShowsOther K4"], [] },
        { "c04-units-row-in-place-of-limits.xlsx", ["NB1 pH 8", "NB1 As 0.0016", "NB1 Hg 0.0002", "NB1 Pb 0.0009"], [], ["UnitsRowDiffers Q4", "UnitsRowDiffers R4", "UnitsRowDiffers S4"] },
        {
            "c05-second-table-other-order.xlsx",
            [
                "NB1 pH 8", "NB1 DO 6.1", "NB1 TSS 12", "NB2 pH 8.1", "NB2 DO 6.2", "NB2 TSS 13",
                "NB50 pH 7.9", "NB50 Temp 28.1", "NB50 Salinity 31", "NB50 DO 6.4", "NB51 pH 7.9", "NB51 Temp 28.1", "NB51 Salinity 31", "NB51 DO 6.4",
            ],
            [], []
        },
        {
            "c06-hidden-row-and-column.xlsx", ["NB1 pH 8", "NB1 DO 6.1", "NB1 TSS 12", "NB1 Fe 0.9", "NB2 pH 8.1", "NB2 DO 6.2", "NB2 TSS 13", "NB2 Fe 0.9", "NB3 pH 7"],
            [], ["HiddenColumn U4", "HiddenRow 6"]
        },
        { "c07-merged-site-stale-value.xlsx", ["NB1 pH 8", "NB1 pH 8.1"], [], [] },
        { "c08-merged-site.xlsx", ["NB1 pH 8", "NB1 pH 8.1"], [], [] },
        { "c09-error-cell.xlsx", ["NB1 pH 8", "NB1 DO 6.1", "NB1 TSS 12", "NB2 pH 8.1", "NB2 DO 6.2", "NB2 TSS 13"], ["ErrorCell U4"], [] },
        { "c10-thousands-comma.xlsx", ["NB1 pH 8", "NB2 pH 8", "NB3 pH 8", "NB3 Coliform 930"], ["AmbiguousSeparator P4", "AmbiguousSeparator P5"], [] },
        { "c11-lead-in-air.csv", ["NB1 Pb_air 3", "NB1 Pb_air 3"], [], [] },
        { "c12-qualifier-column.csv", ["NB1 Hg <0.0003", "NB2 Hg 0.0004"], [], [] },
        {
            "c18-impossible-values.xlsx", ["NB1 pH 78", "NB1 DO 65", "NB1 Salinity 310", "NB2 Temp 255", "NB2 pH 8"],
            ["SentinelValue D4"], ["Implausible E4", "Implausible F4", "Implausible G4", "Implausible D5"]
        },
        { "c19-tide-spellings.csv", ["NB1 pH 8"], ["DepthUnreadable G5"], [] },
        { "c20-short-row.csv", ["NB3 pH 8.2"], [], ["FieldsFewer 2", "FieldsFewer 3"] },
        { "c32-below-zero-bound.csv", [], ["NegativeBound G2"], [] },
        { "c36-dangling-text-index.xlsx", [], ["FileBroken 4"], [] },
    };

    [Theory, MemberData(nameof(Answers))]
    public void Check_Case_IsReadRightOrAskedAbout(string file, string[] values, string[] refused, string[] warned)
    {
        var found = CheckedFile.Of(Path.Combine(Folder, file));
        Assert.Equal(refused, found.Told(Severity.Blocker).Concat(found.Told(Severity.Error)));
        Assert.Equal(values, found.Values);
        Assert.Equal(warned, found.Told(Severity.Warning));
    }

    [Fact]
    public void Check_TideInThreeSpellings_IsOneSample()
    {
        var file = CheckedFile.Of(Path.Combine(Folder, "c19-tide-spellings.csv"));
        Assert.Equal((1, 2, "CT"), (file.Summary!.Samples, file.Summary.Repeated, file.Cells[0].Sample.Key.Tide));
    }

    [Fact]
    public void Check_MergedSite_KeepsTheQuartersOfItsRows() =>
        Assert.Equal(["2025-Q3", "2025-Q4"], CheckedFile.Of(Path.Combine(Folder, "c07-merged-site-stale-value.xlsx")).Cells.Select(cell => cell.Sample.Key.Period.ToString()));

    [Fact]
    public void Check_NumberFormat_TellsWhatIsShownAndWhatIsHeld()
    {
        var problem = CheckedFile.Of(Path.Combine(Folder, "c03-number-format-shows-less-than.xlsx")).Only(ProblemCode.ShowsOther);
        Assert.Equal(("<0,03", "0,03"), (problem.Value, problem.Facts["holds"]));
    }

    [Fact]
    public void Check_Qualifier_StandsInWhatWasReported() =>
        Assert.Equal(["<0.0003", "0.0004"], CheckedFile.Of(Path.Combine(Folder, "c12-qualifier-column.csv")).Cells.Select(cell => cell.ReportedText));

    [Fact]
    public void Check_MonthAndTimeCells_AreTheMonthAndTheDay()
    {
        var file = CheckedFile.Of(Path.Combine(Folder, "c17-month-and-time-cells.xlsx"), only: Assert.Single(LayoutFiles.Read(Folder)));
        Assert.Equal(["NB1 2025-07", "NB2 2025-07-13", "NB3 2025-07", "NB4 2025-07-13", "NB6 2025-07-13"], file.Cells.Select(cell => $"{cell.Sample.Site.Code} {cell.Sample.Key.Period}"));
        Assert.Equal(["PeriodUnreadable B6"], file.Told(Severity.Error));
    }

    [Theory, MemberData(nameof(Files))]
    public void Check_EveryCase_AccountsForEachCell(string file)
    {
        var found = CheckedFile.Of(Path.Combine(Folder, file), only: file.StartsWith("c17", StringComparison.Ordinal) ? Assert.Single(LayoutFiles.Read(Folder)) : null);
        if (found.Problems.Any(problem => problem.Severity == Severity.Blocker))
            return;
        Assert.True(found.Account!.Agree);
        Assert.Equal(found.Values.Count(), found.Account.Taken);
    }

    // Whatever becomes of a file, no cell falls between: rows and cells of the cases are moved, lost, doubled and spoilt, a hundred times each.
    [Theory, MemberData(nameof(Files))]
    public void Check_SpoiltCase_AccountsForEachCell(string name)
    {
        var file = FileReader.Open(Path.Combine(Folder, name));
        var rows = file.Rows().ToList();
        if (file.Problems.HasBlocker)
            return;
        var layout = name.StartsWith("c17", StringComparison.Ordinal) ? Assert.Single(LayoutFiles.Read(Folder)) : LayoutFiles.Recognise(file, CheckedFile.Layouts)!;
        for (var seed = 0; seed < 100; seed++)
        {
            var check = new RowCheck(layout, SeedBooks.Books, SeedBooks.SeaSites.Find, CheckedFile.Today, new ProblemList());
            var cells = check.Check(Spoil(rows, layout, new Random(seed))).Count();
            Assert.True(check.Problems.HasBlocker || check.Cells.Agree, $"seed {seed}: {check.Cells.Seen} seen, {check.Cells.Taken} taken, {check.Cells.Refused} refused, {check.Cells.LeftOut.Values.Sum()} left out");
            Assert.True(check.Problems.HasBlocker || check.Cells.Taken == cells - check.TakenBack.Count, $"seed {seed}");
        }
    }

    private static IEnumerable<RawRow> Spoil(IReadOnlyList<RawRow> rows, Layout layout, Random random)
    {
        string[] texts = ["x", "<", "7,5*", "2,400", "#N/A", "mg/l", "pH", "KHM", "NB7", "ghi chú", "<0", "-999", "=1+1", "7,5¹", "Quý 3 2025", ""];
        var number = 0;
        foreach (var row in rows.SelectMany(row => Enumerable.Repeat(row, row.Number <= layout.HeaderRow ? 1 : random.Next(0, 4))))
        {
            var cells = row.Cells.ToList();
            for (var change = random.Next(0, 4); change > 0 && row.Number > layout.HeaderRow; change--)
            {
                var text = RawCell.OfText(texts[random.Next(texts.Length)]);
                var at = random.Next(cells.Count + 2);
                if (at >= cells.Count)
                    cells.Add(text);
                else
                    cells[at] = random.Next(4) switch { 0 => text, 1 => cells[at].AsCovered(), 2 => cells[at].With(CellMarks.Merged), _ => default };
            }
            number = row.Number <= layout.HeaderRow ? row.Number : Math.Max(number, layout.HeaderRow) + 1;
            yield return row with { Number = number, Cells = cells };
        }
    }
}
