using System.Globalization;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Commands;

/// <summary><c>assess compliance</c> over the real seed. Limits are those of the reference; products are by hand.</summary>
public sealed class AssessComplianceTests
{
    private const string Header = "id,parameter,limit,unit,verdict,ratio,clause";

    [Fact]
    public async Task Run_Discharge_PrintsEachRowInItsUnit()
    {
        var (code, output, notes) = await RunAsync(
            """
            id,parameter,unit,value
            1,BOD5,mg/L,29.7
            2,BOD5,mg/L,29.71
            3,TSS,µg/L,99000
            4,pH,,5.9
            5,NH4-N,mg/l,<0.05
            6,Hg,mg/L,<0.006
            7,Coliform,MPN/100ml,>2400
            8,"Tổng dầu, mỡ khoáng",mg/L,9.9
            9,Salinity,‰,30
            """, "--standard", "QCVN 40:2011", "--table", "A", "--kq", "0.9", "--kf", "1.1", "--on", "2025-08-31");

        Assert.Equal((0, ""), (code, notes));
        Assert.Equal(
            [
                Header,
                "1,BOD5,29.7,mg/L,within,1,Bảng 1; C × Kq 0.9 × Kf 1.1",
                "2,BOD5,29.7,mg/L,exceeds,1.0003,Bảng 1; C × Kq 0.9 × Kf 1.1",
                "3,TSS,49500,µg/L,exceeds,2,Bảng 1; C × Kq 0.9 × Kf 1.1",
                "4,pH,6-9,-,exceeds,,Bảng 1",
                "5,NH4-N,4.95,mg/L,within,,Bảng 1; C × Kq 0.9 × Kf 1.1",
                "6,Hg,0.00495,mg/L,cannot judge,,Bảng 1; C × Kq 0.9 × Kf 1.1",
                "7,Coliform,3000,MPN/100mL,cannot judge,,Bảng 1",
                "8,\"Tổng dầu, mỡ khoáng\",4.95,mg/L,exceeds,2,Bảng 1; C × Kq 0.9 × Kf 1.1",
                "9,Salinity,,‰,no limit,,",
            ], output);
    }

    [Fact]
    public async Task Run_ColumnsInAnotherOrderWithMore_AreRead()
    {
        var (code, output, _) = await RunAsync("\uFEFFvalue,site,unit,parameter,id\r\n4.9,x,mg/L,DO,1\r\n", "--standard", "QCVN 10:2023", "--table", "0-6");

        Assert.Equal(0, code);
        Assert.Equal([Header, "1,DO,>=5,mg/L,exceeds,1.0204,Bảng 1; mục 2.1"], output);
    }

    [Fact]
    public async Task Run_RowsThatCannotBeRead_AreToldAndTheOthersPrinted()
    {
        var (code, output, notes) = await RunAsync(
            """
            id,parameter,unit,value
            1,TSS,mg/L,"5,5"
            2,XYZ,mg/L,1
            3,TSS,m,1
            4,TSS,mg/Z,1
            5,TSS,mg/L,
            6,TSS,mg/L
            7,TSS,mg/L,7
            """, "--standard", "QCVN 10:2023", "--table", "0-6");

        Assert.Equal((1, 2), (code, output.Length));
        Assert.StartsWith("7,TSS,50,mg/L,within,0.14,", output[1], StringComparison.Ordinal);
        string[] told = ["line 2, column value", "line 3, column parameter", "line 4, column unit", "line 5, column unit", "line 6, column value", "line 7: the row"];
        Assert.Equal(told.Length + 1, notes.Trim().Split('\n').Length);
        Assert.EndsWith("7 rows of data; 6 rows left out (cells differ from the header: 1; empty cell: 1; no number: 1; unknown parameter: 1; unknown unit: 1; unit does not fit: 1); 0 values left out; 0 columns not used",
            notes.Trim(), StringComparison.Ordinal);
        Assert.All(told.Zip(notes.Trim().Split('\n')), pair => Assert.Contains(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_MissingColumn_IsTold()
    {
        var (code, _, notes) = await RunAsync("id,parameter,value\n1,TSS,1\n", "--standard", "QCVN 10:2023", "--table", "0-6");

        Assert.Equal(1, code);
        Assert.Contains("column unit: the column is missing", notes, StringComparison.Ordinal);
    }

    // 50 until 31/12/2025, 45 from 01/01/2026 (QCVN 05:2023, PM2.5, 24 h); 25 for the year.
    [Theory]
    [InlineData("2025-12-31", "50", "within")]
    [InlineData("2026-01-01", "45", "exceeds")]
    public async Task Run_On_ChoosesTheRowOfTheDay(string day, string limit, string verdict)
    {
        var (_, output, _) = await RunAsync("id,parameter,unit,value\n1,PM2.5,µg/m3,48\n",
            "--standard", "QCVN 05:2023", "--table", "Bảng 1", "--averaging", "24 h", "--on", day);

        Assert.StartsWith($"1,PM2.5,{limit},µg/m3,{verdict},", Assert.Single(output.Skip(1)), StringComparison.Ordinal);
    }

    // TT 01/2025/TT-BNNMT: facilities from before 14/11/2025 keep QCVN 26:2010 until 31/12/2026; from 2027 all follow QCVN 26:2025, whose values are not available.
    [Theory]
    [InlineData("2025-11-13", null, "70", "exceeds", "")]
    [InlineData("2025-11-14", "2025-11-13", "70", "exceeds", "transition")]
    [InlineData("2026-12-31", "2010-05-01", "70", "exceeds", "transition")]
    [InlineData("2026-12-31", "2025-11-14", "", "no limit", "This one follows QCVN 26:2025/BNNMT")]
    [InlineData("2026-06-01", null, "", "no limit", "--facility-date")]
    [InlineData("2027-01-01", "2010-05-01", "", "no limit", "QCVN 26:2025/BNNMT replaces it")]
    public async Task Run_FacilityDate_DecidesWhetherTheOldNoiseLimitIsKept(string day, string? facility, string limit, string verdict, string note)
    {
        string[] options = ["--standard", "QCVN 26:2010", "--table", "ordinary", "--averaging", "06-21", "--on", day];

        var (code, output, notes) = await RunAsync("id,parameter,unit,value\n1,LAeq,dBA,77\n", facility is null ? options : [.. options, "--facility-date", facility]);

        Assert.Equal(0, code);
        Assert.StartsWith($"1,LAeq,{limit},dB(A),{verdict},", Assert.Single(output.Skip(1)), StringComparison.Ordinal);
        Assert.True(note.Length == 0 ? notes.Length == 0 : notes.Contains(note, StringComparison.Ordinal), notes);
    }

    [Fact]
    public async Task Run_EndedStandardWithoutADay_SaysByWhichDayItJudges()
    {
        var (_, output, notes) = await RunAsync("id,parameter,unit,value\n1,LAeq,dBA,77\n", "--standard", "QCVN 26:2010", "--table", "ordinary", "--averaging", "06-21");

        Assert.StartsWith("1,LAeq,70,", Assert.Single(output.Skip(1)), StringComparison.Ordinal);
        Assert.Contains("judged by its last day, 13/11/2025", notes, StringComparison.Ordinal);
    }

    // QCVN 27:2010 goes the same way: production in ordinary areas by day 70 dB.
    [Theory]
    [InlineData("2026-11-30", "2020-01-01", "70", "within")]
    [InlineData("2027-01-01", "2020-01-01", "", "no limit")]
    public async Task Run_FacilityDate_DecidesWhetherTheOldVibrationLimitIsKept(string day, string facility, string limit, string verdict)
    {
        var (_, output, _) = await RunAsync("id,parameter,unit,value\n1,La,dB,69\n",
            "--standard", "QCVN 27:2010", "--table", "production-ordinary", "--averaging", "06-21", "--on", day, "--facility-date", facility);

        Assert.StartsWith($"1,La,{limit},dB,{verdict},", Assert.Single(output.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SeveralAveragings_HaveALineEach()
    {
        var (_, output, _) = await RunAsync("id,parameter,unit,value\n1,LAeq,dBA,54\n", "--standard", "QCVN 26:2010", "--table", "đặc biệt");

        Assert.Equal([Header, "1,LAeq,55,dB(A),within,0.9818,Bảng 1; 06-21", "1,LAeq,45,dB(A),exceeds,1.2,Bảng 1; 21-06"], output);
    }

    // Classes B of rivers and of lakes agree in BOD5 (6), not in TSS (100 and 15).
    [Fact]
    public async Task Run_NameThatFitsTwoColumns_IsRefusedOnlyWhereTheyDiffer()
    {
        var (code, output, notes) = await RunAsync("id,parameter,unit,value\n1,BOD5,mg/L,6\n2,TSS,mg/L,20\n", "--standard", "QCVN 08:2023", "--table", "B");

        Assert.Equal(1, code);
        Assert.Equal([Header, "1,BOD5,6,mg/L,within,1,Bảng 2; annual"], output);
        Assert.Contains("river-B, lake-B", notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StandardWithoutValues_HasNoLimit()
    {
        var (code, output, _) = await RunAsync("id,parameter,unit,value\n1,BOD5,mg/L,6\n", "--standard", "QCVN 40:2025", "--table", "A");

        Assert.Equal(0, code);
        Assert.Equal([Header, "1,BOD5,,mg/L,no limit,,"], output);
    }

    [Fact]
    public async Task Run_LimitInWords_CannotBeJudged()
    {
        var (_, output, _) = await RunAsync("id,parameter,unit,value\n1,La,dB,60\n", "--standard", "QCVN 27:2010", "--table", "construction-special", "--averaging", "18-06");

        Assert.Equal([Header, "1,La,,dB,cannot judge,,Bảng 1; 18-06; Mức nền"], output);
    }

    // The rows held of boilers are of biomass boilers at 7 % O2 and stand in one secondary document; those of turbines are medium.
    [Theory]
    [InlineData("A-boiler-lt20", true)]
    [InlineData("A-turbine-le300", false)]
    public async Task Run_LimitThatIsNotSure_IsSaid(string column, bool said)
    {
        var (code, _, notes) = await RunAsync("id,parameter,unit,value\n1,NOx,mg/Nm3,60\n", "--standard", "QCVN 19:2024", "--table", column);

        Assert.Equal((0, said), (code, notes.Contains("low confidence, not compared with the original text: NOx", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Run_CoefficientsNotGiven_SaysThatTheLimitIsC()
    {
        var (code, output, notes) = await RunAsync("id,parameter,unit,value\n1,SO2,mg/Nm3,520\n", "--standard", "QCVN 19:2009", "--table", "B", "--kp", "1");

        Assert.Equal(0, code);
        Assert.Equal([Header, "1,SO2,500,mg/Nm3,exceeds,1.04,Bảng 1; C × Kp 1"], output);
        Assert.Contains("Kv", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--standard", "QCVN 99:2011", "--table", "A")]
    [InlineData("--standard", "QCVN 40:2011", "--table", "C")]
    [InlineData("--standard", "QCVN 40:2011")]
    [InlineData("--standard", "QCVN 40:2011", "--table", "A", "--kp", "1")]
    [InlineData("--standard", "QCVN 40:2011", "--table", "A", "--kq", "0,9")]
    [InlineData("--standard", "QCVN 40:2011", "--table", "A", "--kq", "0")]
    [InlineData("--standard", "QCVN 40:2011", "--table", "A", "--on", "31/12/2025")]
    [InlineData("--standard", "QCVN 40:2011", "--table", "A", "--averaging", "2 h")]
    [InlineData("--standard", "QCVN 40:2011", "--table", "A", "--facility-date", "01/05/2010")]
    public async Task Run_OptionThatIsNotUnderstood_IsMisuse(params string[] options)
    {
        var (code, _, notes) = await RunAsync("id,parameter,unit,value\n1,TSS,mg/L,1\n", options);

        Assert.Equal(64, code);
        Assert.NotEqual("", notes);
    }

    private static async Task<(int Code, string[] Output, string Notes)> RunAsync(string file, params string[] options)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "values.csv");
        await File.WriteAllTextAsync(path, file);
        using var output = new StringWriter { NewLine = "\n" };
        using var notes = new StringWriter { NewLine = "\n" };
        var code = await Verbs.RunAsync(["assess", "compliance", path, .. options], new CommandTexts(CultureInfo.GetCultureInfo("en")), output, notes);
        return (code, output.ToString().TrimEnd('\n').Split('\n'), notes.ToString());
    }
}
