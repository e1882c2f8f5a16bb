using System.Globalization;
using System.Text.Json;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Commands;

public sealed class AssessTrendTests : IDisposable
{
    // EPA 530/R-09-007 Unified Guidance, Example 17-6: sulfate; the answers as EnvStats prints them (Cases/trend-vectors.json).
    private const string Sulfate =
        "89.6,480\n89.8,450\n90.1,490\n90.3,520\n90.6,485\n90.8,510\n91.1,510\n91.3,530\n91.6,510\n91.8,560\n92.1,560\n92.6,540\n"
        + "93.1,590\n93.6,550\n94.1,600\n94.6,700\n95.1,570\n95.6,610\n95.8,650\n96.1,620\n96.3,830\n96.6,720\n96.8,590\n";

    private static readonly string[] Names =
        ["n", "S", "varS", "z", "p", "tau_a", "tau_b", "slope", "slope_low", "slope_high", "slope_per", "change_point", "reason", "warnings"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("\ufeff")]
    public async Task Run_PublishedSeries_PrintsItsFigures(string mark)
    {
        var (code, figures, notes) = await RunAsync(mark + "time,value\n" + Sulfate, "mann-kendall");

        Assert.Equal((0, ""), (code, notes));
        Assert.Equal(Names, figures.EnumerateObject().Select(figure => figure.Name));
        Assert.Equal((23, 194, 1428.0), (figures.GetProperty("n").GetInt32(), figures.GetProperty("S").GetInt64(), figures.GetProperty("varS").GetDouble()));
        Assert.Equal(5.107322, figures.GetProperty("z").GetDouble(), 5e-7);
        Assert.Equal(3.267574e-07, figures.GetProperty("p").GetDouble(), 5e-14);
        Assert.Equal(0.7667984, figures.GetProperty("tau_a").GetDouble(), 5e-8);
        Assert.Equal(26.6666667, figures.GetProperty("slope").GetDouble(), 5e-8);
        Assert.Equal(20, figures.GetProperty("slope_low").GetDouble(), 5e-6);
        Assert.Equal(35.71182, figures.GetProperty("slope_high").GetDouble(), 5e-6);
        Assert.Equal("unit", figures.GetProperty("slope_per").GetString());
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("change_point").ValueKind);
    }

    [Fact]
    public async Task Run_ColumnsAndRowsInAnotherOrder_PrintsTheSame()
    {
        var turned = string.Concat(Sulfate.Split('\n', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(row => string.Join(',', row.Split(',').Reverse()) + "\n"));
        var (one, other) = (await RunAsync("time,value\n" + Sulfate, "mann-kendall"), await RunAsync("value,time\n" + turned, "mann-kendall"));

        Assert.Equal(one.Figures.GetRawText(), other.Figures.GetRawText());
        Assert.Equal(0, other.Code);
    }

    [Fact]
    public async Task Run_Dates_GivesTheSlopeOfAYear()
    {
        var rows = string.Concat(Enumerable.Range(2010, 12).Select(year => $"{year}-03-01,{(year - 2010) * 0.5m}\n"));
        var (code, figures, _) = await RunAsync("time,value\n" + rows.Replace("2012-03-01", "2012-03-01T09:30", StringComparison.Ordinal), "mann-kendall");

        Assert.Equal((0, "year"), (code, figures.GetProperty("slope_per").GetString()));
        Assert.Equal(0.5, figures.GetProperty("slope").GetDouble(), 0.001);
    }

    [Theory]
    [InlineData("2023-03-15", 2023, 3, 15, 0)]
    [InlineData("2023-03", 2023, 3, 1, 0)]
    [InlineData("2023-03-15T07:00", 2023, 3, 15, 7)]
    [InlineData("2023-03-15 07:00:00", 2023, 3, 15, 7)]
    [InlineData("2023-03-15T07:00:00+07:00", 2023, 3, 15, 7)]
    [InlineData("2023-03-15T00:00Z", 2023, 3, 15, 7)]
    [InlineData("2023-03-15T00:00:00+0000", 2023, 3, 15, 7)]
    [InlineData("2023-03-15 02:00 +02", 2023, 3, 15, 7)]
    [InlineData("2023-03-14T24:00", 2023, 3, 15, 0)]
    public void Moment_Iso8601_IsInTheProvincesTime(string text, int year, int month, int day, int hour) =>
        Assert.Equal(new DateTime(year, month, day, hour, 0, 0), AssessTime.Moment(text));

    [Theory]
    [InlineData("15/03/2023")]
    [InlineData("2023-02-30")]
    [InlineData("2023-3-1")]
    [InlineData("Q1/2023")]
    [InlineData("2023-03-15T24:30")]
    [InlineData("2023-03-15T07:00+15:00")]
    [InlineData("2023-03-15T07:00+07:75")]
    [InlineData("2023-03-15T07:00+٠٧")]
    [InlineData("")]
    public void Moment_AnythingElse_IsNone(string text) => Assert.Null(AssessTime.Moment(text));

    // Which moment a row without a zone means among rows that name one is not known: the first row decides, the others are refused and counted.
    [Theory]
    [InlineData("2023-03-15T07:00Z", "2023-03-16T07:00")]
    [InlineData("2023-03-15T07:00", "2023-03-16T07:00+07:00")]
    public async Task Run_ZonesMixed_AreRefused(string first, string other)
    {
        var (code, figures, notes) = await RunAsync($"time,value\n{first},1\n{other},2\n2023-04,3\n", "mann-kendall");

        Assert.Equal((1, 2), (code, figures.GetProperty("n").GetInt32()));
        Assert.Contains("line 3, column time", notes, StringComparison.Ordinal);
        Assert.Contains("3 rows of data; 1 rows left out (time zone not clear: 1)", notes, StringComparison.Ordinal);
    }

    // Page's series of 1955 (Pettitt 1979, Table 1): the change after the 17th value, K = 232.
    [Fact]
    public async Task Run_Pettitt_PrintsTheChangePoint()
    {
        double[] values = [-1.05, 0.96, 1.22, 0.58, -0.98, -0.03, -1.54, -0.71, -0.35, 0.66, 0.44, 0.91, -0.02, -1.42, 1.26, -1.02, -0.81, 1.66, 1.05, 0.97,
            2.14, 1.22, -0.24, 1.60, 0.72, -0.12, 0.44, 0.03, 0.66, 0.56, 1.37, 1.66, 0.10, 0.80, 1.29, 0.49, -0.07, 1.18, 3.29, 1.84];
        var rows = string.Concat(values.Select((value, at) => string.Create(CultureInfo.InvariantCulture, $"{at},{value}\n")));
        var (code, figures, _) = await RunAsync("time,value\n" + rows, "pettitt");

        Assert.Equal((0, 17, 232, "16"), (code, figures.GetProperty("change_point").GetInt32(), figures.GetProperty("K").GetInt32(), figures.GetProperty("change_time").GetString()));
        Assert.Equal(0.0146, figures.GetProperty("p").GetDouble(), 5e-5);
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("S").ValueKind);
    }

    [Fact]
    public async Task Run_Seasons_KeepThePlaceOfMissingValues()
    {
        // Three seasons on three levels; the values of a season rise by one each cycle; every fifth is missing.
        var rows = string.Concat(Enumerable.Range(0, 45).Select(at => $"{at},{(at % 5 == 4 ? "" : $"{at % 3 * 100 + at / 3}")}\n"));
        var (code, figures, _) = await RunAsync("time,value\n" + rows, "seasonal-kendall", "--period", "3");

        Assert.Equal((0, 36, 1.0), (code, figures.GetProperty("n").GetInt32(), figures.GetProperty("tau_a").GetDouble()));
        Assert.Equal(1 / 3.0, figures.GetProperty("slope").GetDouble(), 1e-12);
    }

    [Fact]
    public async Task Run_CensoredValues_AreToldWithTheirPairs()
    {
        var (code, figures, _) = await RunAsync(
            "time,value\n1,<0.05\n2,0.06\n3,<0.05\n4,0.07\n5,0.08\n6,\n7,0.09\n8,0.10\n9,0.11\n10,0.12\n11,>0.2\n12,0.04\n", "mann-kendall");

        Assert.Equal((0, 11), (code, figures.GetProperty("n").GetInt32()));
        Assert.Equal(
            """[{"code":"censored_values","below":2,"above":1,"pairs":55,"censored_pairs":27},{"code":"detection_limit_changes","lowest":0.05,"highest":0.05,"measured_below":0.04}]""",
            JsonSerializer.Serialize(figures.GetProperty("warnings")));
    }

    [Fact]
    public async Task Run_TooFewValues_SaysWhyAndGivesNoP()
    {
        var (code, figures, _) = await RunAsync("time,value\n1,3\n2,4\n3,5\n", "mann-kendall");

        Assert.Equal((0, "too_few_values", 3), (code, figures.GetProperty("reason").GetString(), figures.GetProperty("S").GetInt32()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (figures.GetProperty("p").ValueKind, figures.GetProperty("slope").ValueKind));
    }

    [Theory]
    [InlineData("2,abc", "line 3, column value: ")]
    [InlineData("2,\"1,000\"", "line 3, column value: ")]
    [InlineData("2,<-1", "line 3, column value: ")]
    [InlineData("2,1e-40", "line 3, column value: ")]
    [InlineData("2,0,02", "line 3: ")]
    [InlineData("x,1", "line 3, column time: “x” is no time")]
    [InlineData("2023-01-01,1", "line 3, column time: “2023-01-01” is no time")]
    [InlineData(",1", "line 3, column time: ")]
    [InlineData("2,=1+1", "line 3, column value: ")]
    [InlineData("2,\"0,5\"", "line 3, column value: ")]
    public async Task Run_RowThatCannotBeRead_IsNamedAndTheRestIsTaken(string row, string expected)
    {
        var (code, figures, notes) = await RunAsync($"time,value\n1,5\n{row}\n\n3,7.5e-1\n", "mann-kendall");

        Assert.Equal((1, 2), (code, figures.GetProperty("n").GetInt32()));
        Assert.Contains(expected, notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time,wert\n1,2\n", "column value: the column is missing")]
    [InlineData("time,value,value\n1,2,3\n", "column value: this column stands twice")]
    [InlineData("", "column time: the column is missing")]
    public async Task Run_NoTableOfTimeAndValue_PrintsNothing(string content, string expected)
    {
        using var output = new StringWriter();
        using var notes = new StringWriter();
        var code = await Verbs.RunAsync(
            ["assess", "trend", folder.Write("series.csv", content), "--test", "pettitt"], new CommandTexts(CultureInfo.GetCultureInfo("en")), output, notes);

        Assert.Equal((1, ""), (code, output.ToString()));
        Assert.Contains(expected, notes.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--test", "pearson")]
    [InlineData("--test", "seasonal-kendall", "--period", "1")]
    [InlineData("--test", "seasonal-kendall", "--period", "quarter")]
    public async Task Run_OptionsThatCannotBe_AreMisuse(params string[] options)
    {
        using var output = new StringWriter();
        Assert.Equal(64, await Verbs.RunAsync(
            ["assess", "trend", folder.Write("series.csv", "time,value\n"), .. options], new CommandTexts(CultureInfo.GetCultureInfo("en")), output, output));
    }

    [Fact]
    public async Task Run_NoSuchFile_IsMisuse()
    {
        using var output = new StringWriter();
        Assert.Equal(64, await Verbs.RunAsync(
            ["assess", "trend", Path.Combine(folder.Path, "none.csv"), "--test", "pettitt"], new CommandTexts(CultureInfo.GetCultureInfo("en")), output, output));
    }

    private async Task<(int Code, JsonElement Figures, string Notes)> RunAsync(string content, string test, params string[] options)
    {
        using var output = new StringWriter();
        using var notes = new StringWriter();
        var code = await Verbs.RunAsync(
            ["assess", "trend", folder.Write("series.csv", content), "--test", test, .. options], new CommandTexts(CultureInfo.GetCultureInfo("en")), output, notes);
        return (code, JsonDocument.Parse(output.ToString()).RootElement, notes.ToString());
    }
}
