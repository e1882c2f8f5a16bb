using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>A small sheet of the agency's layout, and each thing that can be wrong with one.</summary>
public sealed class AgencySheetTests : IDisposable
{
    private readonly TempFolder directory = new();

    public void Dispose() => directory.Dispose();

    private string At(string name) => Path.Combine(directory.Path, name);

    [Fact]
    public void Check_SheetWithEveryOddity_TakesAllButTheOneThatIsNoNumber()
    {
        var file = Check(AgencySheet.WithEveryOddity());
        Assert.Equal("agency-sea-wide", file.Layout!.Code);
        Assert.Equal(["năm 2021"], file.Summary!.Sheets);
        Assert.Equal(new CheckSummary([], Rows: 8, Samples: 8, Reported: 51, Taken: 50, Refused: 1, Repeated: 0, NotAnalysed: 4) with { Sheets = file.Summary.Sheets }, file.Summary);
        Assert.Equal(50, file.Cells.Count);
        var refused = file.Only(ProblemCode.NotANumber);
        Assert.Equal((Severity.Error, "năm 2021", 6, "G", "Amoni", "ước "), (refused.Severity, refused.Sheet, refused.Row, refused.ColumnLetter, refused.Header, refused.Value));
        var censored = file.Only(ProblemCode.RightCensored);
        Assert.Equal((Severity.Warning, 7, "H", ">0,02"), (censored.Severity, censored.Row, censored.ColumnLetter, censored.Value));
        Assert.Equal((1, "<0.03"), (file.Only(ProblemCode.OtherDecimalMark).Count, file.Only(ProblemCode.OtherDecimalMark).Value));
        Assert.Equal(("StartUp", 13), (file.Only(ProblemCode.HiddenSheetSkipped).Sheet, file.Only(ProblemCode.NoteRow).Row));
        Assert.DoesNotContain(file.Problems, problem => problem.Severity == Severity.Blocker);
    }

    [Fact]
    public void Check_Cell_KeepsWhatWasReportedAndItsPlace()
    {
        var cells = Check(AgencySheet.WithEveryOddity()).Cells;
        var aldrin = cells.First(cell => cell.Parameter.Code == "Aldrin");
        Assert.Equal(("NB1", "2021-Q4", "<0,01", "µg/L"), (aldrin.Sample.Site.Code, aldrin.Sample.Key.Period.ToString(), aldrin.ReportedText, aldrin.Unit.Code));
        Assert.Equal(new ReportedValue(0.01m, Censoring.Below), aldrin.Reported);
        Assert.Equal(new CellPlace("năm 2021", 7, 9), aldrin.Place);
        var sum = cells.Single(cell => cell.Sample.Site.Code == "NB2" && cell.Sample.Key.Period.ToString() == "2021-Q1" && cell.Parameter.Code == "N-NH4");
        Assert.Equal(("0,3", 0.3m), (sum.ReportedText, sum.Reported.Number));
    }

    [Fact]
    public void Check_UnknownSite_RefusesTheRow()
    {
        var file = Check(AgencySheet.WithRows(Row("XX1"), Row("NB2")));
        Assert.Equal(("XX1", "7", 4, "B"), (file.Only(ProblemCode.UnknownSite).Value, file.Only(ProblemCode.UnknownSite).Facts["refused"], file.Only(ProblemCode.UnknownSite).Row, file.Only(ProblemCode.UnknownSite).ColumnLetter));
        Assert.Equal((7, 7), (file.Summary!.Taken, file.Summary.Refused));
    }

    [Fact]
    public void Check_SiteOfAnotherOrganisation_RefusesTheRow()
    {
        var path = AgencySheet.WithRows(Row("NB1")).Write(At("sheet.xlsx"));
        var file = CheckedFile.Of(path, code => SeedBooks.SeaSites.Find(code)! with { MayHandIn = false });
        Assert.Equal(Severity.Error, file.Only(ProblemCode.SiteOfAnotherOrganisation).Severity);
        Assert.Empty(file.Cells);
    }

    [Theory]
    [InlineData("Quý 1 2027", ProblemCode.PeriodInFuture)]
    [InlineData("Quý 5 2023", ProblemCode.PeriodUnreadable)]
    [InlineData(null, ProblemCode.PeriodUnreadable)]
    public void Check_WrongPeriod_RefusesTheRow(string? period, ProblemCode expected)
    {
        var file = Check(AgencySheet.WithRows(Row("NB1", period)));
        Assert.Equal((Severity.Error, 4, "C"), (file.Only(expected).Severity, file.Only(expected).Row, file.Only(expected).ColumnLetter));
        Assert.Empty(file.Cells);
    }

    [Theory]
    [InlineData("1.000", ProblemCode.AmbiguousSeparator)]
    [InlineData("<-0,1", ProblemCode.NegativeBound)]
    [InlineData(-0.1, ProblemCode.NegativeValue)]
    [InlineData("=cmd|'/c calc'!A0", ProblemCode.FormulaCell)]
    public void Check_WrongValue_RefusesTheCell(object value, ProblemCode expected)
    {
        var file = Check(AgencySheet.WithRows(Row("NB1", value: value)));
        Assert.Equal((Severity.Error, 4, "G", "Amoni"), (file.Only(expected).Severity, file.Only(expected).Row, file.Only(expected).ColumnLetter, file.Only(expected).Header));
        Assert.Equal((6, 1), (file.Summary!.Taken, file.Summary.Refused));
    }

    [Fact]
    public void Check_FormulaCell_IsRefusedThoughItShowsANumber()
    {
        var file = Check(AgencySheet.WithRows(Row("NB1", value: new FormulaCell("SUM(E4:F4)", 0.05))));
        Assert.Equal(("G", 4, "0,05"), (file.Only(ProblemCode.FormulaCell).ColumnLetter, file.Only(ProblemCode.FormulaCell).Row, file.Only(ProblemCode.FormulaCell).Value));
        Assert.DoesNotContain(file.Cells, cell => cell.Parameter.Code == "N-NH4");
    }

    [Fact]
    public void Check_NegativeTemperature_IsTaken()
    {
        var row = Row("NB1");
        row[3] = -1.5;
        Assert.Equal(7, Check(AgencySheet.WithRows(row)).Summary!.Taken);
    }

    [Fact]
    public void Check_SameRowTwice_IsTakenOnceWithANoteForEachColumn()
    {
        var file = Check(AgencySheet.WithRows(Row("NB1"), Row("NB1"), Row("NB 1")));
        Assert.Equal((21, 7, 0, 14), (file.Summary!.Reported, file.Summary.Taken, file.Summary.Refused, file.Summary.Repeated));
        var notes = file.Problems.Where(problem => problem.Code == ProblemCode.DuplicateSame).ToList();
        Assert.Equal(7, notes.Count);
        Assert.All(notes, note => Assert.Equal((2, "4"), (note.Count, note.Facts["row"])));
    }

    [Fact]
    public void Check_SameSampleOtherValue_RefusesBoth()
    {
        var file = Check(AgencySheet.WithRows(Row("NB1", value: 0.05), Row("NB1", value: 0.06)));
        var problem = file.Only(ProblemCode.DuplicateDiffers);
        Assert.Equal((Severity.Error, 5, "0,06", "4", "G", "0.05 mg/L"), (problem.Severity, problem.Row, problem.Value, problem.Facts["row"], problem.Facts["column"], problem.Facts["value"]));
        Assert.Equal(new CellPlace("Năm 2022", 4, 6), Assert.Single(file.TakenBack));
        Assert.Equal((14, 6, 2, 6), (file.Summary!.Reported, file.Summary.Taken, file.Summary.Refused, file.Summary.Repeated));
    }

    [Fact]
    public void Check_OtherSiteName_IsToldOnceForASite()
    {
        var row = Row("NB1");
        row[0] = "Bãi tắm khác";
        var file = Check(AgencySheet.WithRows(row, [.. row[..2], "Quý 2 2022", .. row[3..]]));
        Assert.Equal(("Bãi tắm khác", "NB1"), (file.Only(ProblemCode.SiteNameDiffers).Value, file.Only(ProblemCode.SiteNameDiffers).Facts["site"]));
        Assert.Equal(14, file.Summary!.Taken);
    }

    [Fact]
    public void Check_SiteMissing_RefusesTheRow() =>
        Assert.Equal("7", Check(AgencySheet.WithRows(Row(null))).Only(ProblemCode.SiteMissing).Facts["refused"]);

    [Fact]
    public void Check_UnknownColumn_IsAWarningAndTheRestIsTaken()
    {
        string[] header = [.. AgencySheet.Header[..^1], "Chất lạ"];
        var file = Check(new AgencySheet().Sheet("Năm 2022", [], header, [null], Row("NB1")));
        Assert.Equal((Severity.Warning, "J", "Chất lạ"), (file.Only(ProblemCode.UnknownColumn).Severity, file.Only(ProblemCode.UnknownColumn).ColumnLetter, file.Only(ProblemCode.UnknownColumn).Header));
        Assert.Equal(6, file.Summary!.Taken);
    }

    [Fact]
    public void Check_WrongHeaderOnASecondSheet_IsABlocker()
    {
        var file = Check(AgencySheet.WithRows(Row("NB1")).Sheet("Bìa", ["Báo cáo"], ["Trạm", "Ngày"]));
        var problem = file.Only(ProblemCode.WrongHeader);
        Assert.Equal((Severity.Blocker, "Bìa", 2, "Trạm, Ngày"), (problem.Severity, problem.Sheet, problem.Row, problem.Facts["found"]));
        Assert.StartsWith("KHM, Quý", problem.Facts["expected"], StringComparison.Ordinal);
    }

    [Fact]
    public void Check_HeaderTwice_IsABlocker()
    {
        var file = Check(new AgencySheet().Sheet("Năm 2022", [], [.. AgencySheet.Header, "Amoni"], [null], Row("NB1")));
        Assert.Equal(("K", "G"), (file.Only(ProblemCode.HeaderTwice).ColumnLetter, file.Only(ProblemCode.HeaderTwice).Facts["first"]));
        Assert.Equal(Severity.Blocker, file.Only(ProblemCode.HeaderTwice).Severity);
    }

    [Fact]
    public void Check_SpoiltColumn_IsListedUpToACount()
    {
        var rows = Enumerable.Range(0, 300).Select(_ => Row("NB1", value: "hỏng")).ToArray();
        var file = Check(AgencySheet.WithRows(rows));
        var problems = file.Problems.Where(problem => problem.Code == ProblemCode.NotANumber).ToList();
        Assert.Equal((ProblemList.Listed, 300), (problems.Count, problems.Sum(problem => problem.Count)));
    }

    private CheckedFile Check(AgencySheet sheet) => CheckedFile.Of(sheet.Write(At("sheet.xlsx")));

    // Seven values: temperature, pH, DO, ammonium, phosphate, mercury and aldrin.
    private static object?[] Row(string? site, string? period = "Quý 1 2022", object? value = null) =>
        [null, site, period, 22.0, 7.8, 7.4, value ?? 0.05, "<0,02", "<0,0005", "<0,01"];
}
