using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

internal static class LongCsv
{
    public const string Header = "station,station_name,year,quarter,parameter,unit,reported\n";
}

public sealed class LongCsvTests : IDisposable
{
    private readonly TempFolder directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(",", "")]
    [InlineData(";", "")]
    [InlineData(",", "\ufeff")]
    public void Check_LongCsv_TakesEachRow(string separator, string mark)
    {
        var text = LongCsv.Header + "NB1,,2021,1,pH,-,7.79\nNB1,,2021,1,Phosphat,mg/l,<0.02\n\nNB1,,2021,1,Hg,ug/L,x\nNB2,,2021,II,Temp,°C,22.0\n";
        var file = Check(mark + text.Replace(",", separator, StringComparison.Ordinal));
        Assert.Equal("long-csv", file.Layout!.Code);
        Assert.Equal((3, 2, 1), (file.Summary!.Taken, file.Summary.Samples, file.Summary.NotAnalysed));
        Assert.Equal(new CellPlace("", 6, 6), file.Cells[^1].Place);
        Assert.Equal(("P-PO4", "<0.02"), (file.Cells[1].Parameter.Code, file.Cells[1].ReportedText));
    }

    [Fact]
    public void Check_CommaInPointFile_IsOneNoteForTheColumn()
    {
        var file = Check(LongCsv.Header + "NB1,,2021,1,P-PO4,mg/L,\"<0,02\"\nNB1,,2021,2,P-PO4,mg/L,\"<0,02\"\nNB1,,2021,3,P-PO4,mg/L,\"1,000\"\n");
        Assert.Equal((Severity.Information, 2, "G"), (file.Only(ProblemCode.OtherDecimalMark).Severity, file.Only(ProblemCode.OtherDecimalMark).Count, file.Only(ProblemCode.OtherDecimalMark).ColumnLetter));
        Assert.Equal(4, file.Only(ProblemCode.AmbiguousSeparator).Row);
    }

    [Theory]
    [InlineData("Unobtainium,mg/L", ProblemCode.UnknownParameter, "E")]
    [InlineData("Hg,bushel", ProblemCode.UnknownUnit, "F")]
    [InlineData("Hg,Mg/L", ProblemCode.UnknownUnit, "F")]
    [InlineData("Hg,°C", ProblemCode.UnitDoesNotFit, "F")]
    [InlineData("pH,mg/L", ProblemCode.UnitDoesNotFit, "F")]
    public void Check_ParameterOrUnit_IsNeverGuessed(string parameterAndUnit, ProblemCode expected, string column)
    {
        var file = Check(LongCsv.Header + $"NB1,,2021,1,{parameterAndUnit},1\n");
        Assert.Equal((Severity.Error, 2, column), (file.Only(expected).Severity, file.Only(expected).Row, file.Only(expected).ColumnLetter));
        Assert.Equal((0, 1), (file.Summary!.Taken, file.Summary.Refused));
    }

    [Fact]
    public void Check_OtherUnitOfTheQuantity_IsConverted()
    {
        var cell = Assert.Single(Check(LongCsv.Header + "NB1,,2021,1,Hg,µg/L,<0.5\n").Cells);
        Assert.Equal((new ReportedValue(0.5m, Censoring.Below), new ReportedValue(0.0005m, Censoring.Below)), (cell.Reported, cell.Canonical));
    }

    [Fact]
    public void Check_PortalLong_ReadsMediumGroupAndSampleFromColumns()
    {
        var file = Check("""
            site,medium,group,campaign,period_start,period_end,precision,parameter,unit,value,laboratory,report
            NB1,sea_water,a,2024-Q1,2024-01-01,2024-03-31,quarter,pH,-,7.8,Phòng mẫu,BC-1
            NB1,sediment,a,2024-Q1,2024-02-05,2024-02-05,day,Pb_solid,mg/kg,<1,Phòng mẫu,BC-2
            NB1,mud,a,2024-Q1,2024-01-01,2024-03-31,quarter,pH,-,7.8,Phòng mẫu,BC-1
            NB1,sea_water,f,2024-Q1,2024-01-01,2024-03-31,quarter,pH,-,7.8,Phòng mẫu,BC-1
            NB1,sea_water,a,2024-Q1,2024-01-01,2024-03-31,quarter,DO,mg/L,6.1,Phòng khác,BC-1
            NB1,sea_water,a,2024-Q1,2024-01-01,2024-01-31,quarter,DO,mg/L,6.1,Phòng mẫu,BC-1

            """);
        Assert.Equal("portal-long", file.Layout!.Code);
        Assert.Equal(["sea_water 2024-Q1 BC-1", "sediment 2024-02-05 BC-2"],
            file.Cells.Select(cell => $"{cell.Sample.Key.Medium} {cell.Sample.Key.Period} {cell.Sample.Notes.Report}"));
        Assert.Equal([ProblemCode.UnknownMedium, ProblemCode.UnknownDataGroup, ProblemCode.SampleContradicts, ProblemCode.PeriodUnreadable],
            file.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Check_FormulaText_IsRefusedWhereverItStands()
    {
        var file = Check(LongCsv.Header + "NB1,,2021,1,pH,-,=1+1\n=cmd|'/c calc'!A0,,2021,1,pH,-,7\nNB1,,=2021,1,pH,-,7\n");
        Assert.Equal(["G2", "A3", "C4"], file.Problems.Where(problem => problem.Code == ProblemCode.FormulaCell).Select(problem => $"{problem.ColumnLetter}{problem.Row}"));
        Assert.Empty(file.Cells);
    }

    private CheckedFile Check(string content) => CheckedFile.Of(directory.Write("file.csv", content));
}
