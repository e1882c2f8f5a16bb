using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>What a sheet shows and what it holds: the portal takes no value that nobody who looks at the sheet would read there.</summary>
public sealed class ShownCellTests : IDisposable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    // Columns A-H: site, quarter, temperature, pH, DO, ammonium, coliforms, lead.
    private static readonly string[] Header = ["KHM", "Quý", "Nhiệt độ", "pH", "DO", "Amoni", "Coliform", "Pb"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("<r><t>8,0</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>a</t></r>", "RaisedPart")]
    [InlineData("<r><t>10</t></r><r><rPr><vertAlign val=\"superscript\"/><sz val=\"8\"/></rPr><t>3</t></r>", "RaisedPart")]
    [InlineData("<r><t>7,5</t></r><r><rPr><vertAlign val=\"subscript\"/></rPr><t>2</t></r>", "RaisedPart")]
    [InlineData("<t>7,5¹</t>", "RaisedPart")]
    [InlineData("<t>7,5①</t>", "RaisedPart")]
    [InlineData("<t>7,5ᵃ</t>", "RaisedPart")]
    [InlineData("<r><rPr><strike/></rPr><t>7,5</t></r><r><t>8</t></r>", "StruckCell")]
    [InlineData("<r><rPr><strike val=\"1\"/></rPr><t>7,5</t></r>", "StruckCell")]
    [InlineData("<t>7,5*</t>", "NotANumber")]
    [InlineData("<t>7,5 (1)</t>", "NotANumber")]
    [InlineData("<r><rPr><vertAlign val=\"baseline\"/><strike val=\"0\"/></rPr><t>7,5</t></r>", null)]
    public void Check_TextInParts_IsTakenOnlyWhereNothingIsGluedOrStruck(string text, string? refused)
    {
        foreach (var (cell, texts) in new[] { ($"""<c r="D4" t="inlineStr"><is>{text}</is></c>""", (string?)null), ("""<c r="D4" t="s"><v>1</v></c>""", $"<si><t>khác</t></si><si>{text}</si>") })
        {
            var file = Check(Row(4, "NB1", cell), texts);
            Assert.Equal(refused is null ? [] : [$"{refused} D4"], file.Told(Severity.Error));
            Assert.Equal(refused is null ? ["NB1 pH 7.5"] : [], file.Values);
        }
    }

    [Theory]
    [InlineData("<r><t>NB1</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>2</t></r>", "RaisedPart A4")]
    [InlineData("<t>NB1²</t>", "RaisedPart A4")]
    [InlineData("<t>NB1①</t>", "RaisedPart A4")]
    [InlineData("<r><rPr><strike/></rPr><t>NB12</t></r>", "StruckCell A4")]
    public void Check_NoteAtTheSite_DoesNotMakeItAnotherSite(string site, string refused)
    {
        var file = Check($"""<row r="4"><c r="A4" t="inlineStr"><is>{site}</is></c>{Text("B4", "Quý 3 2025")}<c r="D4"><v>8</v></c></row>""");
        Assert.Equal([refused], file.Told(Severity.Error));
        Assert.Empty(file.Values);
    }

    [Theory]
    [InlineData("\"<\"0.00", 0.03, "<0,03")]
    [InlineData("[<0.05]\"<0.05\";0.00", 0.03, "<0,05")]
    [InlineData("[<0.05]\"<0.05\";0.00", 0.3, null)]
    [InlineData("0.00;-0.00;\"KPH\"", 0.0, "KPH")]
    [InlineData("0.00;-0.00;\"KPH\"", 0.2, null)]
    [InlineData("\\<0.00", 0.03, "<0,03")]
    [InlineData("0%", 0.21, "21%")]
    [InlineData("0.0,", 2400.0, "2,4")]
    [InlineData("0.00\" µg/L\"", 1.5, "1,50 µg/L")]
    [InlineData(";;;", 0.3, "")]
    [InlineData("_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", 0.0, "-")]
    [InlineData("_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", 0.25, null)]
    [InlineData("#,##0.000", 0.03, null)]
    [InlineData("[Red]0.0", 0.03, null)]
    [InlineData("0.00E+00", 0.03, null)]
    [InlineData("General", 0.03, null)]
    public void Check_NumberFormat_IsRefusedWhereItShowsSomethingElse(string format, double held, string? shown)
    {
        var file = Check(Row(4, "NB1", FormattableString.Invariant($"""<c r="F4" s="1"><v>{held}</v></c>""")), styles: Styles(format));
        Assert.Equal(shown is null ? [] : ["ShowsOther F4"], file.Told(Severity.Error));
        Assert.Equal(shown, file.Problems.FirstOrDefault(problem => problem.Code == ProblemCode.ShowsOther)?.Value);
        Assert.Equal(shown is null ? 1 : 0, file.Values.Count());
    }

    [Theory]
    [InlineData("""<row r="5" hidden="1">""", "")]
    [InlineData("""<row r="5" ht="0" customHeight="1">""", "")]
    [InlineData("""<row r="5" hidden="true" outlineLevel="1">""", "")]
    [InlineData("""<row r="5">""", """<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>""")]
    public void Check_RowThatNobodySees_IsAskedAbout(string row, string before)
    {
        var file = Check("""<row r="4" ht="15">""" + Row(4, "NB1", """<c r="D4"><v>8</v></c>""")[11..] + row + Row(5, "NB2", """<c r="D5"><v>7</v></c>""")[11..], before: before);
        Assert.Equal(["HiddenRow 5"], file.Told(Severity.Warning));
    }

    [Theory]
    [InlineData("""<cols><col min="4" max="4" width="9" hidden="1"/></cols>""", "HiddenColumn D4")]
    [InlineData("""<cols><col min="3" max="6" width="0" customWidth="1"/></cols>""", "HiddenColumn D4")]
    [InlineData("""<cols><col min="4" max="4" width="9" hidden="1" outlineLevel="1" collapsed="1"/></cols>""", "HiddenColumn D4")]
    [InlineData("""<cols><col min="1" max="1" width="9" hidden="1"/></cols>""", "HiddenColumn A4")]
    [InlineData("""<sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="3" width="9"/></cols>""", "HiddenColumn D4")]
    [InlineData("""<cols><col min="3" max="3" width="9" hidden="1"/></cols>""", null)]
    public void Check_ColumnThatNobodySees_IsAskedAboutWhereItHasValues(string before, string? warned)
    {
        var file = Check(Row(4, "NB1", """<c r="D4"><v>8</v></c>""") + Row(5, "NB2", """<c r="D5"><v>7</v></c>"""), before: before);
        Assert.Equal(warned is null ? [] : [warned], file.Told(Severity.Warning));
        Assert.Equal(warned is null ? 0 : 2, file.Problems.Where(problem => problem.Severity == Severity.Warning).Sum(problem => problem.Count));
    }

    [Fact]
    public void Check_CellStruckByItsFormat_IsRefused()
    {
        var file = Check(Row(4, "NB1", """<c r="D4" s="1"><v>8</v></c><c r="E4"><v>6</v></c>"""), styles: Styles("General", "<font><strike/></font>"));
        Assert.Equal(["StruckCell D4"], file.Told(Severity.Error));
        Assert.Equal(["NB1 DO 6"], file.Values);
    }

    [Theory]
    [InlineData("D4:E4", "MergedValue E4", new[] { "NB1 pH 8", "NB2 pH 7", "NB2 DO 6" })]
    [InlineData("D4:D5", "MergedValue D5", new[] { "NB1 pH 8", "NB1 DO 6", "NB2 DO 6" })]
    [InlineData("B4:B5", null, new[] { "NB1 pH 8", "NB1 DO 6", "NB2 pH 7", "NB2 DO 6" })]
    public void Check_MergedCells_ShowTheirFirst(string merge, string? refused, string[] values)
    {
        var file = Check(Row(4, "NB1", """<c r="D4"><v>8</v></c><c r="E4"><v>6</v></c>""") + Row(5, "NB2", """<c r="D5"><v>7</v></c><c r="E5"><v>6</v></c>"""),
            behind: $"""<mergeCells><mergeCell ref="{merge}"/></mergeCells>""");
        Assert.Equal(refused is null ? [] : [refused], file.Told(Severity.Error));
        Assert.Equal(values, file.Values);
    }

    [Fact]
    public void Check_HeaderUnderAMergedCell_IsNone()
    {
        var file = Check(Row(4, "NB1", """<c r="D4"><v>8</v></c><c r="E4"><v>6</v></c>"""), behind: """<mergeCells><mergeCell ref="D2:E2"/></mergeCells>""");
        Assert.Equal(["ColumnWithoutHeader E4"], file.Told(Severity.Warning));
        Assert.Equal(["NB1 pH 8"], file.Values);
    }

    [Theory]
    [InlineData(";;;", "", false)]
    [InlineData("0.00;-0.00;0;\"KPH\"", "KPH", false)]
    [InlineData("0.00;-0.00;0;@", null, true)]
    [InlineData("@", null, true)]
    public void Check_FormatOfATextCell_IsRefusedWhereItShowsSomethingElse(string format, string? shown, bool taken)
    {
        var file = Check(Row(4, "NB1", """<c r="D4" s="1" t="inlineStr"><is><t>7,5</t></is></c>"""), styles: Styles(format));
        Assert.Equal(shown, file.Problems.FirstOrDefault(problem => problem.Code == ProblemCode.ShowsOther)?.Value);
        Assert.Equal(taken ? ["NB1 pH 7.5"] : [], file.Values);
    }

    // 45,839.4 is 09:36 of 1 July 2025.
    [Theory]
    [InlineData("\"Quý 3/\"yyyy", "2025-Q3", null)]
    [InlineData("\"Q\"\"3 \"yyyy", "2025-Q3", null)]
    [InlineData("h:mm", null, "09:36")]
    [InlineData("dddd", null, "01")]
    [InlineData("yyyy", null, "2025")]
    public void Check_DateThatShowsSomethingElse_IsReadAsItShows(string format, string? period, string? refused)
    {
        var file = Check($"""<row r="4">{Text("A4", "NB1")}<c r="B4" s="1"><v>45839.4</v></c><c r="D4"><v>8</v></c></row>""", styles: Styles(format));
        Assert.Equal(period is null ? [] : [period], file.Cells.Select(cell => cell.Sample.Key.Period.ToString()));
        Assert.Equal(refused, file.Problems.FirstOrDefault(problem => problem.Code == ProblemCode.PeriodUnreadable)?.Value);
    }

    [Theory]
    [InlineData("""<c r="D4"><v>7,5</v></c>""")]
    [InlineData("""<c r="D4" t="n"><v>1,234.5</v></c>""")]
    [InlineData("""<c r="D4"><v>7.5</v><v>8</v></c>""")]
    [InlineData("""<c r="D4" t="inlineStr"><is><t>7,5</t></is><v>8</v></c>""")]
    public void Check_CellThatIsNoCellOfASpreadsheet_IsABrokenFile(string cell) => Assert.Equal(["FileBroken 4"], Check(Row(4, "NB1", cell)).Told(Severity.Blocker));

    // "KHM" and "Quý" stand in two rows each, the second of them that of the units.
    [Theory]
    [InlineData("A2:A3", "B2:B3")]
    [InlineData("A1:A3", "B1:B3")]
    public void Check_HeaderMergedWithTheRowBelow_IsOneHeader(string site, string period)
    {
        var file = Check($"""<row r="3">{Text("C3", "oC")}{Text("E3", "mg/l")}{Text("H3", "µg/l")}</row>""" + Row(4, "NB1", """<c r="H4"><v>1.6</v></c>"""),
            behind: $"""<mergeCells><mergeCell ref="{site}"/><mergeCell ref="{period}"/></mergeCells>""", above: site.StartsWith("A1", StringComparison.Ordinal) ? Text("A1", "KHM") + Text("B1", "Quý") : null);
        Assert.Equal(["NB1 Pb 0.0016"], file.Values);
    }

    // A cell that the library of cells passes over is found by the count.
    [Theory]
    [InlineData("""<c r="D4"><is><t>8</t></is></c>""")]
    [InlineData("""<c r="D4" t="n"><v> </v><is><t>8</t></is></c>""")]
    public void Check_CellThatIsLostOnTheWay_RefusesTheFile(string cell)
    {
        var file = Check(Row(4, "NB1", cell));
        Assert.True(file.Values.SequenceEqual(["NB1 pH 8"]) || file.Told(Severity.Blocker).SequenceEqual(["FileBroken 4"]), string.Join(", ", file.Told(Severity.Blocker)) + string.Join(", ", file.Values));
    }

    [Theory]
    [InlineData("""<c r="D4" t="e"><v>#DIV/0!</v></c>""")]
    [InlineData("""<c r="D4" t="e"><f>1/0</f><v>#DIV/0!</v></c>""")]
    [InlineData("""<c r="D4" t="inlineStr"><is><t>#N/A</t></is></c>""")]
    public void Check_ErrorCell_IsRefusedAndCounted(string cell)
    {
        var file = Check(Row(4, "NB1", cell));
        Assert.Equal(["ErrorCell D4"], file.Told(Severity.Error));
        Assert.Equal((1, 1), (file.Account!.Seen, file.Account.Refused));
    }

    [Fact]
    public void Check_TextIndexBeyondTheTexts_IsABrokenFile()
    {
        Assert.Equal(["FileBroken 4"], Check(Row(4, "NB1", """<c r="D4" t="s"><v>2</v></c>"""), "<si><t>a</t></si><si><t>b</t></si>").Told(Severity.Blocker));
        Assert.Equal(["FileBroken 4"], Check(Row(4, "NB1", """<c r="D4" t="s"><v>-1</v></c>""")).Told(Severity.Blocker));
    }

    [Fact]
    public void Check_SignBesideAValue_RefusesTheRow()
    {
        var file = Check(Row(4, "NB1", $"""<c r="D4"><v>8</v></c><c r="H4"><v>0.03</v></c>{Text("I4", "<")}""") + Row(5, "NB2", """<c r="D5"><v>7</v></c>"""));
        Assert.Equal(["SignBesideValue I4"], file.Told(Severity.Error));
        Assert.Equal(["NB2 pH 7"], file.Values);
    }

    // Column I: what stands in it may be a value of its own, unless its header says that it is a sign.
    [Theory]
    [InlineData("Niken", "<0,01", false)]
    [InlineData("Niken", "KPH", false)]
    [InlineData("Niken", "<", true)]
    [InlineData("Pb_flag", "<0,01", true)]
    [InlineData("Dấu Pb", "KPH", true)]
    [InlineData("Pb (ND)", "1", true)]
    [InlineData("Cờ", "=", false)]
    public void Check_ColumnThatIsNotRead_RefusesItsRowOnlyWhereItIsASign(string header, string text, bool refused)
    {
        var file = Check(Row(4, "NB1", $"""<c r="D4"><v>8</v></c><c r="H4"><v>0.03</v></c>{Text("I4", text)}"""), last: header);
        Assert.Equal(refused ? ["SignBesideValue I4"] : [], file.Told(Severity.Error));
        Assert.Equal(refused ? [] : ["NB1 pH 8", "NB1 Pb 0.03"], file.Values);
    }

    [Theory]
    [InlineData("Mã trạm", "pH", "Nhiệt độ", "UnderUnknownHeader 7")]
    [InlineData("Site", "Pb", "Amoni", "UnderUnknownHeader 7")]
    [InlineData("Mã điểm", "Kiềm tổng", "Độ cứng tổng", "UnderUnknownHeader 7")]
    [InlineData("Trạm", "1", "2", "UnderUnknownHeader 7")]
    public void Check_SecondTableOfAnotherKind_IsNotRead(string site, string first, string second, string refused)
    {
        var file = Check(Row(4, "NB1", """<c r="D4"><v>8</v></c>""") + $"""<row r="6">{Text("A6", site)}{Text("B6", "Kỳ")}{Text("C6", first)}{Text("D6", second)}</row>""" + Row(7, "NB2", """<c r="C7"><v>8</v></c><c r="D7"><v>27</v></c>"""));
        Assert.Equal([refused], file.Told(Severity.Error));
        Assert.Equal(["NB1 pH 8"], file.Values);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Check_UnitsRow_IsReadWhereverItStandsUnderTheHeader(int at)
    {
        var file = Check($"""<row r="{at}">{Text($"C{at}", "oC")}{Text($"E{at}", "mg/l")}{Text($"H{at}", "µg/l")}</row>""" + Row(at + 1, "NB1", $"""<c r="H{at + 1}"><v>1.6</v></c>"""));
        Assert.Equal(["NB1 Pb 0.0016"], file.Values);
        Assert.Equal(("Pb", "µg/l", "mg/L"), (file.Only(ProblemCode.UnitsRowDiffers).Facts["parameter"], file.Only(ProblemCode.UnitsRowDiffers).Facts["unit"], file.Only(ProblemCode.UnitsRowDiffers).Facts["expected"]));
    }

    [Theory]
    [InlineData("(µg/l)", "NB1 Pb 0.0016", null)]
    [InlineData("[ug/L]", "NB1 Pb 0.0016", null)]
    [InlineData("microgam/lít", null, "UnknownUnit H4")]
    public void Check_UnitsRowInOtherSpelling_IsReadOrRefused(string unit, string? value, string? refused)
    {
        var file = Check($"""<row r="3">{Text("C3", "(oC)")}{Text("F3", unit)}{Text("H3", unit)}</row>""" + Row(4, "NB1", """<c r="H4"><v>1.6</v></c>"""));
        Assert.Equal(value is null ? [] : [value], file.Values);
        Assert.Equal(refused is null ? [] : [refused], file.Told(Severity.Error));
    }

    [Theory]
    [InlineData("µg/l", "NB1 Pb 0.0016", null)]
    [InlineData("mcg/l", null, "UnknownUnit H4")]
    public void Check_OneUnitBesideAWordForUnits_IsReadOrRefused(string unit, string? value, string? refused)
    {
        var file = Check($"""<row r="3">{Text("A3", "Đơn vị")}{Text("H3", unit)}</row>""" + Row(4, "NB1", """<c r="H4"><v>1.6</v></c>"""));
        Assert.Equal(value is null ? [] : [value], file.Values);
        Assert.Equal(refused is null ? [] : [refused], file.Told(Severity.Error));
    }

    [Theory]
    [InlineData("H3", "≤ 20 µg/L", 4)]
    [InlineData("H3", "20 (ug/l)", 4)]
    [InlineData("H4", "µg/l", 5)]
    public void Check_UnitInALimitOrUnderALabel_IsThatOfItsColumn(string place, string text, int row)
    {
        var file = Check($"""<row r="{place[1..]}">{Text("A" + place[1..], "Đơn vị")}{Text(place, text)}</row>""" + Row(row, "NB1", $"""<c r="H{row}"><v>1.6</v></c>"""));
        Assert.Equal(["NB1 Pb 0.0016"], file.Values);
        Assert.Equal([$"UnitsRowDiffers H{row}"], file.Told(Severity.Warning));
    }

    [Theory]
    [InlineData("Kim loại nặng (đơn vị: µg/L)", "UnitInTitle A1")]
    [InlineData("Kết quả quan trắc, ng/l", "UnitInTitle A1")]
    [InlineData("Đơn vị tính: mg/L", null)]
    [InlineData("Kết quả quan trắc quý 3", null)]
    public void Check_UnitInTheTitle_IsAskedAboutWhereTheLayoutHasAnother(string title, string? warned)
    {
        var file = Check(Row(4, "NB1", """<c r="H4"><v>0.0016</v></c>"""), above: Text("A1", title));
        Assert.Equal(warned is null ? [] : [warned], file.Told(Severity.Warning));
        Assert.Equal(["NB1 Pb 0.0016"], file.Values);
    }

    [Fact]
    public void Check_TableWithoutLimits_HasItsFirstSampleInTheirPlace()
    {
        var file = Check(Row(3, "NB1", """<c r="D3"><v>8</v></c>""") + Row(4, "NB2", """<c r="D4"><v>7</v></c>"""));
        Assert.Equal(["NB1 pH 8", "NB2 pH 7"], file.Values);
    }

    [Fact]
    public void Check_EveryHeaderMergedWithTheRowBelow_IsNoRowOfUnits()
    {
        var merges = string.Concat("ABCDFGH".Select(column => $"""<mergeCell ref="{column}2:{column}3"/>"""));
        var file = Check($"""<row r="3">{Text("E3", "mg/l")}</row>""" + Row(4, "NB1", """<c r="D4"><v>8</v></c><c r="E4"><v>6</v></c>"""), behind: $"<mergeCells>{merges}</mergeCells>");
        Assert.Equal(["NB1 pH 8", "NB1 DO 6"], file.Values);
        Assert.Empty(file.Told(Severity.Error));
    }

    [Fact]
    public void Check_HeaderAgainWithItsLimits_TakesThemForLimits()
    {
        var file = Check(Row(4, "NB1", """<c r="D4"><v>8</v></c>""")
            + $"""<row r="6">{Text("A6", "KHM")}{Text("B6", "Quý")}{Text("C6", "pH")}{Text("D6", "DO")}</row><row r="7">{Text("A7", "QCVN 10")}{Text("C7", "6,5 - 8,5")}{Text("D7", "≥5")}</row>"""
            + Row(8, "NB2", """<c r="C8"><v>7</v></c>"""));
        Assert.Equal(["NB1 pH 8", "NB2 pH 7"], file.Values);
        Assert.Empty(file.Told(Severity.Error));
    }

    [Fact]
    public void Check_HeaderAgainWithoutUnits_KeepsThoseOfTheSheet()
    {
        var file = Check($"""<row r="3">{Text("H3", "µg/l")}</row>""" + Row(4, "NB1", """<c r="H4"><v>1.6</v></c>""")
            + $"""<row r="6">{Text("A6", "KHM")}{Text("B6", "Quý")}{Text("C6", "Pb")}{Text("D6", "pH")}</row>""" + Row(7, "NB2", """<c r="C7"><v>2</v></c><c r="D7"><v>8</v></c>"""));
        Assert.Equal(["NB1 Pb 0.0016", "NB2 Pb 0.002", "NB2 pH 8"], file.Values);
    }

    [Fact]
    public void Check_UnitsRowThatDoesNotFit_RefusesItsColumn()
    {
        var file = Check($"""<row r="3">{Text("E3", "mg/l")}{Text("F3", "mg/l")}{Text("G3", "mg/l")}{Text("H3", "bushel")}</row>""" + Row(4, "NB1", """<c r="F4"><v>0.1</v></c><c r="G4"><v>90</v></c><c r="H4"><v>1</v></c>"""));
        Assert.Equal(["UnitDoesNotFit G4", "UnknownUnit H4"], file.Told(Severity.Error));
        Assert.Equal(["NB1 N-NH4 0.1"], file.Values);
    }

    [Theory]
    [InlineData("1,200", "8,2", 0)]
    [InlineData("1,200", "930", 1)]
    [InlineData("1,200", "8.15", 1)]
    public void Check_ThreeDigitsBehindTheMark_AreAskedAboutBesideWholeHundreds(string text, string other, int refused)
    {
        var file = Check(Row(4, "NB1", Text("F4", text)) + Row(5, "NB2", Text("F5", other)));
        Assert.Equal(refused, file.Told(Severity.Error).Count(problem => problem.StartsWith("AmbiguousSeparator", StringComparison.Ordinal)));
        Assert.Equal(2 - refused, file.Values.Count());
    }

    private CheckedFile Check(string rows, string? texts = null, string? styles = null, string before = "", string behind = "", string? above = null, string last = "")
    {
        var header = $"""<row r="1" ht="15">{above ?? Text("A1", "Bảng")}</row><row r="2" ht="15">{string.Concat(Header.Append(last).Select((text, column) => Text($"{ColumnName.Of(column)}2", text)))}</row>""";
        var sheet = ("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Main}">{before}<sheetData>{header}{rows}</sheetData>{behind}</worksheet>""");
        var others = styles is null ? new[] { sheet } : [sheet, ("xl/styles.xml", styles)];
        var file = CheckedFile.Of(RawWorkbook.Write(Path.Combine(folder.Path, $"{Guid.NewGuid():N}.xlsx"), "", texts, "", others));
        Assert.True(file.Account?.Agree != false);
        return file;
    }

    private static string Row(int number, string site, string cells) => $"""<row r="{number}">{Text($"A{number}", site)}{Text($"B{number}", "Quý 3 2025")}{cells}</row>""";

    private static string Text(string place, string text) => $"""<c r="{place}" t="inlineStr"><is><t>{System.Security.SecurityElement.Escape(text)}</t></is></c>""";

    private static string Styles(string format, string font = "<font/>") => $"""
        <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="170" formatCode="{System.Security.SecurityElement.Escape(format)}"/></numFmts>
        <fonts count="2"><font/>{font}</fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>
        <cellXfs count="2"><xf numFmtId="0" fontId="0"/><xf numFmtId="170" fontId="1"/></cellXfs></styleSheet>
        """;
}
