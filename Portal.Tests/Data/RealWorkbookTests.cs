using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>The agency's own workbook and the long CSV beside it, with the counts that issue 2 gives.</summary>
public class RealWorkbookTests
{
    [Fact]
    public void Check_AgencysWorkbook_HasItsCounts()
    {
        var file = CheckedFile.Of(Path("quang-ninh-sea-2021-2023.xlsx"));
        Assert.Equal("agency-sea-wide", file.Layout!.Code);
        Assert.Equal(["năm 2021", "Năm 2022", "Năm 2023"], file.Summary!.Sheets);
        Assert.Equal((1188, 28_992, 28_991, 1), (file.Summary.Samples, file.Summary.Reported, file.Summary.Taken, file.Summary.Refused));
        Assert.Equal(28_991, file.Cells.Count);
        // Counted by another program: "x" in 5,460 cells, 29 limits on each of three sheets, and an empty hidden sheet.
        Assert.True(file.Account!.Agree);
        Assert.Equal((34_539, 28_991, 1), (file.Account.Seen, file.Account.Taken, file.Account.Refused));
        Assert.Equal([(LeftOut.NotAnalysed, 5460), (LeftOut.LimitsOrUnits, 87)], file.Account.LeftOut.Select(reason => (reason.Key, reason.Value)));
        AssertTheTwo(file, ("năm 2021", 42, "U"), ("Năm 2022", 331, "L"));
        Assert.Equal(404, file.Only(ProblemCode.NoteRow).Row);
        Assert.Equal("StartUp", file.Only(ProblemCode.HiddenSheetSkipped).Sheet);
        Assert.Equal(["QCVN 10:2023/BTNMT", "QCVN 10:2023/BTNMT", "QCVN 10:2023/BTNMT"], file.LimitRows.Select(row => row.Standard));
    }

    [Fact]
    public void Check_LongCsvBesideIt_SaysTheSame()
    {
        var workbook = CheckedFile.Of(Path("quang-ninh-sea-2021-2023.xlsx"));
        var csv = CheckedFile.Of(Path("quang-ninh-sea-2021-2023.csv"));
        Assert.Equal("long-csv", csv.Layout!.Code);
        Assert.Equal((1188, 28_992, 28_991, 1), (csv.Summary!.Samples, csv.Summary.Reported, csv.Summary.Taken, csv.Summary.Refused));
        Assert.Equal(13_520, csv.Only(ProblemCode.OtherDecimalMark).Count);
        var values = workbook.Cells.ToDictionary(cell => (cell.Sample.Key, cell.Parameter.Code), cell => cell.Canonical);
        Assert.All(csv.Cells, cell => Assert.Equal(values[(cell.Sample.Key, cell.Parameter.Code)], cell.Canonical));
    }

    [Fact]
    public void Compare_SheetsRowOfLimits_AgreesWithTheLoadedOnes()
    {
        var row = CheckedFile.Of(Path("quang-ninh-sea-2021-2023.xlsx")).LimitRows[0];
        var loaded = row.Cells.SelectMany(cell => SeedBooks.Standards.Resolve(row.Standard, "0-6", cell.Measure.Parameter.Code, CheckedFile.Today))
            .Select(limit => new LoadedLimit(limit.Parameter.Code, new(limit.Canonical.Lower, limit.Canonical.Upper)));
        var comparison = LimitRowCheck.Compare(row, loaded);
        // Of 29 columns, temperature, salinity, turbidity, transparency and BHC have "-".
        Assert.Equal((24, 0), (comparison.Compared, comparison.Different));
    }

    private static void AssertTheTwo(CheckedFile file, (string, int, string) refusedAt, (string, int, string) warnedAt)
    {
        var refused = file.Problems.Single(problem => problem.Severity == Severity.Error);
        Assert.Equal((ProblemCode.NotANumber, "ước ", "Fe"), (refused.Code, refused.Value, refused.Header));
        Assert.Equal(refusedAt, (refused.Sheet!, refused.Row!.Value, refused.ColumnLetter!));
        var warned = file.Only(ProblemCode.RightCensored);
        // 60.5 mg/L of oxygen: no water holds so much; the agency's own slip of the decimal mark.
        var implausible = file.Only(ProblemCode.Implausible);
        Assert.Equal(("Năm 2023", 59, "F", "60,5"), (implausible.Sheet, implausible.Row, implausible.ColumnLetter, implausible.Value));
        Assert.Equal([warned, implausible], file.Problems.Where(problem => problem.Severity == Severity.Warning));
        Assert.Equal((ProblemCode.RightCensored, ">0,02", "Phosphat"), (warned.Code, warned.Value, warned.Header));
        Assert.Equal(warnedAt, (warned.Sheet!, warned.Row!.Value, warned.ColumnLetter!));
    }

    private static string Path(string name)
    {
        Assert.SkipWhen(Repository.Shared is null, "No ../shared beside the working copy, and QUANTRAC_SHARED is not set.");
        return System.IO.Path.Combine(Repository.Shared!, "data", name);
    }
}
