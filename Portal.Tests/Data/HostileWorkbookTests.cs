using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>Small workbooks that would cost much: each is refused before anything of it is expanded, and says where.</summary>
public sealed class HostileWorkbookTests : IDisposable
{
    private readonly TempFolder directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("""<row r="2000000000"/>""", ProblemCode.RowBeyondSheet, 2_000_000_000, "2000000000")]
    [InlineData("""<row r="1048577"/>""", ProblemCode.RowBeyondSheet, 1_048_577, "1048577")]
    [InlineData("""<row r="99999999999999999999999"/>""", ProblemCode.RowBeyondSheet, null, "99999999999999999999…")]
    [InlineData("""<row r="1048576"/><row/>""", ProblemCode.RowBeyondSheet, 1_048_577, "1048577")]
    [InlineData("""<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>""", ProblemCode.ColumnBeyondSheet, 1, "ZZZZZZ")]
    [InlineData("""<row r="1"><c r="XFE1"/></row>""", ProblemCode.ColumnBeyondSheet, 1, "XFE")]
    [InlineData("""<row r="7"><c r="XFD7"/><c/></row>""", ProblemCode.ColumnBeyondSheet, 7, "XFE")]
    [InlineData("""<row r="5"/><row r="4"/>""", ProblemCode.CellsOutOfOrder, 4, "4")]
    [InlineData("""<row r="5"/><row r="5"/>""", ProblemCode.CellsOutOfOrder, 5, "5")]
    [InlineData("""<row r="-5"/>""", ProblemCode.CellsOutOfOrder, null, "-5")]
    [InlineData("""<row r="3"><c r="C3"/><c r="B3"/></row>""", ProblemCode.CellsOutOfOrder, 3, "B3")]
    [InlineData("""<row r="3"><c r="C9"/></row>""", ProblemCode.CellsOutOfOrder, 3, "C9")]
    [InlineData("""<row r="3"><c r="zzzzzz3"/></row>""", ProblemCode.CellsOutOfOrder, 3, "zzzzzz3")]
    public void Open_PlaceOutsideTheGrid_IsRefusedAndNamed(string rows, ProblemCode code, int? row, string found)
    {
        var problem = Refused(RawWorkbook.Write(At(), rows), code);
        Assert.Equal((row, found, "Năm 2022"), (problem.Row, problem.Facts["found"], problem.Sheet));
    }

    /// <summary>Two cells at the ends of the grid are 17 thousand million places to whoever reads what is between them.</summary>
    [Fact]
    public void Open_CellsAtTheEndsOfTheGrid_AreRefused() => Assert.Equal(("1048576", "XFD"), Of(Refused(RawWorkbook.Write(At(),
        """<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"""), ProblemCode.SheetTooWide), "rows", "columns"));

    [Fact]
    public void Open_StrictWorkbook_IsRefusedAndNamed()
    {
        const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";
        var file = RawWorkbook.Write(At(), "", others: ("xl/workbook.xml", $"""<workbook xmlns="{Strict}" conformance="strict"><sheets><sheet name="Năm 2022" sheetId="1"/></sheets></workbook>"""));
        Assert.Equal("Strict Open XML", Refused(file, ProblemCode.NotAWorkbook).Facts["found"]);
    }

    [Fact]
    public void Rows_SheetWithoutAName_AreReadOrRefused()
    {
        var file = FileReader.Open(RawWorkbook.Write(At(), """<row r="1"><c r="A1"><v>1</v></c></row>""", others: ("xl/workbook.xml", RawWorkbook.Workbook("""<sheet sheetId="1" r:id="rId1"/>"""))));
        Assert.True(file.Rows().Count() == 1 || file.Problems.HasBlocker);
    }

    [Fact]
    public void Rows_GapToTheLastRow_CostsLittleAndKeepsTheNumbers()
    {
        var file = FileReader.Open(RawWorkbook.Write(At(), """<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>2</v></c></row>"""));
        Assert.Equal([1, 1_048_576], file.Rows().Where(row => !row.IsEmpty).Select(row => row.Number));
    }

    /// <summary>A format on the last row of the grid is no row of data: the reader stops before it.</summary>
    [Fact]
    public void Rows_OnlyFormattedBelowTheTable_EndWithTheTable()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var file = FileReader.Open(RawWorkbook.Write(At(), """<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="GA1048576" s="1"/></row>"""));
        Assert.Single(file.Rows());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
    }

    [Fact]
    public void Open_MoreRowsThanASheetHas_AreRefusedWithoutNumbersToo() =>
        Refused(RawWorkbook.Write(At(), string.Concat(Enumerable.Repeat("<row/>", 1_048_577))), ProblemCode.RowBeyondSheet);

    [Fact]
    public void Open_MoreCellsThanARowHas_AreRefusedWithoutNumbersToo() =>
        Refused(RawWorkbook.Write(At(), $"<row>{string.Concat(Enumerable.Repeat("<c/>", 16_385))}</row>"), ProblemCode.ColumnBeyondSheet);

    [Fact]
    public void Open_CellLongerThanACell_IsRefused()
    {
        var text = new string('a', 40_000);
        Refused(RawWorkbook.Write(At(), $"""<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>"""), ProblemCode.CellTooLong);
        // In pieces, none of them long.
        var pieces = string.Concat(Enumerable.Repeat($"<r><t>{text[..1000]}</t></r>", 40));
        Refused(RawWorkbook.Write(At(), """<row r="1"><c r="A1" t="s"><v>0</v></c></row>""", $"<si>{pieces}</si>"), ProblemCode.CellTooLong);
        Refused(RawWorkbook.Write(At(), $"""<row r="1"><c r="A1"><v>{new string('1', 40_000)}</v></c></row>"""), ProblemCode.CellTooLong);
    }

    [Fact]
    public void Open_XmlWithoutAnEnd_IsRefused()
    {
        const int many = 300_000;
        Refused(RawWorkbook.Write(At(), string.Concat(Enumerable.Repeat("<a>", many))), ProblemCode.FileBroken);
        Refused(RawWorkbook.Write(At(), $"""<row r="1"><c r="A1" s="{new string(' ', many)}"/></row>"""), ProblemCode.FileBroken);
        Refused(RawWorkbook.Write(At(), $"""<row r="1"><c r="A1" s='{new string('>', many)}'/></row>"""), ProblemCode.FileBroken);
        Refused(RawWorkbook.Write(At(), string.Concat(Enumerable.Range(0, many).Select(number => $"<n{number}/>"))), ProblemCode.FileBroken);
        Refused(RawWorkbook.Write(At(), "", behind: string.Concat(Enumerable.Repeat("""<mergeCell ref="A1:B2"/>""", 1_000_001))), ProblemCode.FileBroken);
        Refused(RawWorkbook.Write(At(), "", others: ("xl/worksheets/sheet1.xml", """<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData/>&b;</worksheet>""")), ProblemCode.FileBroken);
    }

    /// <summary>Whole, and yet more than anybody writes: elements in one another, formats, formulas.</summary>
    [Fact]
    public void Open_MoreThanAnybodyWrites_IsRefused()
    {
        const int deep = 100;
        Refused(RawWorkbook.Write(At(), "", behind: string.Concat(Enumerable.Repeat("<a>", deep)) + string.Concat(Enumerable.Repeat("</a>", deep))), ProblemCode.FileBroken);
        Refused(RawWorkbook.Write(At(), "", others: ("xl/styles.xml", $"<styleSheet>{string.Concat(Enumerable.Repeat("<xf/>", 500_001))}</styleSheet>")), ProblemCode.ZipBomb);
        Refused(RawWorkbook.Write(At(), string.Concat(Enumerable.Repeat($"<row>{string.Concat(Enumerable.Repeat("<c><f>1</f></c>", 1000))}</row>", 101))), ProblemCode.TooManyFormulas);
    }

    /// <summary>What the guard looked at must be what the reader reads.</summary>
    [Fact]
    public void Open_PackageThatReadersReadDifferently_IsRefused()
    {
        const string far = """<worksheet><sheetData><row r="2000000000"/></sheetData></worksheet>""";
        Refused(RawWorkbook.Write(At(), "", others: ("XL/worksheets/Sheet1.xml", far)), ProblemCode.FileBroken);
        Refused(RawWorkbook.Write(At(), "", others: ("xl\\worksheets\\sheet1.xml", far)), ProblemCode.FileBroken);
        Refused(RawWorkbook.Write(At(), "", others: ("xl/workbook.bin", "")), ProblemCode.FileBroken);
        Refused(RawWorkbook.Write(At(), "", others: ("xl/workbook.xml", RawWorkbook.Workbook("""<sheet name="a" sheetId="1" r:id="rId1"/><sheet name="b" sheetId="2" r:id="rId1"/>"""))), ProblemCode.FileBroken);
    }

    [Fact]
    public void Open_Cancelled_EndsAtOnce()
    {
        var path = AgencySheet.WithEveryOddity().Write(At());
        Assert.Throws<OperationCanceledException>(() => FileReader.Open(path, cancel: new(true)));
        using var cut = new CancellationTokenSource();
        var file = FileReader.Open(path, cancel: cut.Token);
        var read = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in file.Rows())
            {
                if (++read == 2)
                    cut.Cancel();
            }
        });
        Assert.Equal(2, read);
    }

    private string At() => Path.Combine(directory.Path, $"{Guid.NewGuid():N}.xlsx");

    private static (string, string) Of(Problem problem, string first, string second) => (problem.Facts[first], problem.Facts[second]);

    private static Problem Refused(string path, ProblemCode code)
    {
        var file = FileReader.Open(path);
        Assert.Empty(file.Rows());
        var problem = file.Problems.All.Single(problem => problem.Severity == Severity.Blocker);
        Assert.Equal(code, problem.Code);
        return problem;
    }
}
