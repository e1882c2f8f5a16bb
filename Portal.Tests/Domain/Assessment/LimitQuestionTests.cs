using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment;

/// <summary>Which limit applies, over the real seed. Products are by hand: BOD5 of column A is 30 mg/L (QCVN 40:2011), Kq 1.0 for 50 &lt; Q ≤ 200 m3/s,
/// Kf 1.1 for 50 &lt; F ≤ 500 m3/day.</summary>
public sealed class LimitQuestionTests
{
    private const string Old = "QCVN 40:2011/BTNMT";
    private const string New = "QCVN 40:2025/BTNMT";
    private static readonly DateOnly LastDay = new(2025, 8, 31);
    private static readonly LimitBook Book = LimitBook.Of(SeedBooks.Standards);

    [Theory]
    [InlineData(50, 50, "32.4")]
    [InlineData(50.01, 50.01, "33")]
    [InlineData(200, 500, "33")]
    [InlineData(200.01, 500.01, "33")]
    [InlineData(500.01, 5000.01, "32.4")]
    public void On_RiverAndDischarge_GiveKqAndKf(double river, double discharge, string upper)
    {
        var row = Assert.Single(Book.On(Ask("BOD5") with { Coefficients = Variables(("Q", river), ("F", discharge)) }).Limits);

        Assert.Equal(Number(upper), row.Bounds!.Value.Upper);
    }

    // V ≤ 10^7 m3: 0.6; ≤ 10^8: 0.8; above: 1.0. F of 1000 m3/day: 1.0.
    [Theory]
    [InlineData(10_000_000, "18")]
    [InlineData(10_000_001, "24")]
    [InlineData(100_000_001, "30")]
    public void On_Lake_GivesItsOwnKq(double volume, string upper) => Assert.Equal(Number(upper),
        Assert.Single(Book.On(Ask("BOD5") with { Coefficients = Variables(("V", volume), ("F", 1000)) }).Limits).Bounds!.Value.Upper);

    [Fact]
    public void On_FigureGiven_GoesBeforeTheTable()
    {
        var given = Variables(("Q", 10), ("F", 1000)) with { Values = new Dictionary<string, decimal> { ["Kq"] = 1.3m } };

        Assert.Equal(39m, Assert.Single(Book.On(Ask("BOD5") with { Coefficients = given }).Limits).Bounds!.Value.Upper);
    }

    [Theory]
    [InlineData("pH", "6", "9")]
    [InlineData("Temp", "", "40")]
    [InlineData("Coliform", "", "3000")]
    [InlineData("Gross_alpha", "", "0.1")]
    public void On_RowThatIsNotMultiplied_StandsAsPrinted(string parameter, string lower, string upper)
    {
        var row = Assert.Single(Book.On(Ask(parameter) with { Coefficients = Variables(("Q", 10), ("F", 10)) }).Limits);

        Assert.Equal((Number(lower), Number(upper)), (row.Bounds!.Value.Lower, row.Bounds.Value.Upper));
    }

    // A river and a lake at once: nothing is chosen for the reader.
    [Fact]
    public void Explain_TwoCasesFit_TheCoefficientIsNotKnown()
    {
        var answer = Book.Explain(Ask("BOD5") with { Coefficients = Variables(("Q", 10), ("V", 10), ("F", 1000)) });

        Assert.Equal(30m, Assert.Single(answer.Found.Limits).Bounds!.Value.Upper);
        Assert.Contains(answer.Steps, step => step.Code == LimitStepCode.CoefficientNotKnown && step.Facts.SequenceEqual(["Kq"]));
    }

    // A market from 1,500 m2: K 1.0, below 1.2 (QCVN 14:2008); column A, BOD5 30 mg/L.
    [Theory]
    [InlineData(1500, "30")]
    [InlineData(1499.9, "36")]
    public void On_CaseInWords_ChoosesAmongTheSteps(double area, string upper)
    {
        var given = Variables(("S", area)) with { Cases = new Dictionary<string, string> { ["K"] = "Chợ" } };
        var question = Ask("BOD5") with { Assigned = [new("QCVN 14:2008/BTNMT", "A", DateInterval.Always)], Coefficients = given };

        Assert.Equal(Number(upper), Assert.Single(Book.On(question).Limits).Bounds!.Value.Upper);
    }

    [Theory]
    [InlineData("2025-08-31", "2025-09-01", Old)]
    [InlineData("2025-09-01", "2025-08-31", Old)]
    [InlineData("2031-12-31", "2020-01-01", Old)]
    [InlineData("2032-01-01", "2020-01-01", "")]
    [InlineData("2025-09-01", "2025-09-01", "")]
    [InlineData("2025-09-01", null, "")]
    public void On_FacilityDate_DecidesWhetherTheOldStandardIsKept(string day, string? facility, string standard)
    {
        var found = Book.On(Ask("BOD5") with { Day = Date(day)!.Value, FacilityDate = Date(facility) });

        Assert.Equal(standard, found.Limits.Count == 0 ? "" : Assert.Single(found.Limits).Standard);
        Assert.Equal(standard.Length == 0 ? LimitBook.ColumnNotAssigned : "", found.Reason);
    }

    // Who keeps the old standard is not judged by the new one beside it.
    [Fact]
    public void On_OldKeptAndNewAssigned_OnlyTheOldJudges()
    {
        var limits = SeedBooks.Standards.Limits.Where(limit => limit.Place.Standard == Old && limit.Parameter.Code == "BOD5").ToList();
        LimitRow Row(int id, string standard) => new(id, standard, "A", "BOD5", "", "", DateInterval.Always, new(null, limits[0].Canonical.Upper));
        var book = new LimitBook(
            new Dictionary<string, DateInterval> { [Old] = new(null, LastDay), [New] = new(LastDay.AddDays(1), null) },
            [("wastewater", Old), ("wastewater", New)], [Row(1, Old), Row(2, New)],
            [(1, "wastewater", new(Old, "A", DateInterval.Always)), (1, "wastewater", new(New, "A", DateInterval.Always))], [],
            new Dictionary<string, Legacy> { [Old] = new(new(2031, 12, 31), LastDay.AddDays(1), New) });
        var question = book.QuestionOf(new(2026, 1, 1), 1, "wastewater", "BOD5", "");

        Assert.Equal(2, Assert.Single(book.On(question).Limits).Id);
        Assert.Equal(1, Assert.Single(book.On(question with { FacilityDate = new(2020, 1, 1) }).Limits).Id);
        Assert.Equal([new(2031, 12, 1), new(2032, 1, 1)],
            book.Within(question with { Day = new(2031, 12, 1), FacilityDate = new(2020, 1, 1) }, new(2032, 1, 31)).Select(part => part.Day));
    }

    [Fact]
    public void On_ResultOfAnotherAveraging_IsNotJudgedByTheLimit()
    {
        var question = new LimitQuestion(new(2026, 3, 20), "air", "PM2.5", "") { Assigned = [new("QCVN 05:2023/BTNMT", "all", DateInterval.Always)] };

        Assert.Equal(["24h", "annual"], Book.On(question).Limits.Select(row => row.Averaging).Order(StringComparer.Ordinal));
        Assert.Equal(45m, Assert.Single(Book.On(question with { Averaging = Averaging.Day }).Limits).Bounds!.Value.Upper);
        Assert.Equal(50m, Assert.Single(Book.On(question with { Averaging = Averaging.Day, Day = new(2025, 12, 31) }).Limits).Bounds!.Value.Upper);
        Assert.Equal("other_averaging", Book.On(question with { Averaging = Averaging.Hour }).Reason);
    }

    [Fact]
    public void On_ZoneWithoutValues_HasNoLimit() => Assert.Equal("no_limit", Book.On(new(new(2024, 1, 1), "sea_water", "As", "")
    {
        Assigned = [new("QCVN 10:2023/BTNMT", ">24", DateInterval.Always)],
    }).Reason);

    [Fact]
    public void On_StandardWithoutValues_IsInForceWithoutColumns() => Assert.Equal("column_not_assigned", Book.On(new(new(2026, 1, 1), "noise", "LAeq", "")
    {
        Assigned = [new("QCVN 26:2010/BTNMT", "special", DateInterval.Always)],
    }).Reason);

    [Fact]
    public void On_AnnualMeanOfARiver_SaysHowManySamplingsItNeeds()
    {
        var question = new LimitQuestion(new(2024, 1, 1), "surface_water", "BOD5", "") { Assigned = [new("QCVN 08:2023/BTNMT", "river-B", DateInterval.Always)] };

        Assert.Equal((6, "annual"), (Book.On(question).Limits[0].Samplings, Book.On(question).Limits[0].Averaging));
        Assert.Null(Book.On(question with { Assigned = [new("QCVN 08:2023/BTNMT", "lake-B", DateInterval.Always)] }).Limits[0].Samplings);
    }

    [Fact]
    public void Explain_Discharge_TellsEachStep()
    {
        var steps = Book.Explain(Ask("BOD5") with { Day = new(2026, 1, 1), FacilityDate = new(2020, 5, 1), Coefficients = Variables(("Q", 120), ("F", 300)) }).Steps;
        var said = steps.Select(step => string.Join(' ', [step.Code.ToString(), .. step.Facts])).ToList();

        Assert.Equal(["PermitSilent", "LocalStandardsNotLoaded"], said.Take(2));
        Assert.Contains($"StandardInForce {New} 2025-09-01 ", said);
        Assert.Contains($"LegacyApplies {Old} 2020-05-01 2025-09-01 2031-12-31 {New}", said);
        Assert.Equal(
            [
                $"ColumnAssigned {Old} A", $"RowFound {Old} A   30", "CoefficientApplied Kq 1 Sông, suối, khe, rạch, kênh, mương",
                "CoefficientApplied Kf 1.1 Lưu lượng nguồn thải", "EffectiveBounds  33",
            ], said.TakeLast(5));
    }

    [Fact]
    public void Explain_OldStandardAndUnknownFacility_SaysThatItCouldBeKept() =>
        Assert.Contains(Book.Explain(Ask("BOD5") with { Day = new(2026, 1, 1) }).Steps,
            step => step.Code == LimitStepCode.LegacyNotOpen && step.Facts.SequenceEqual([Old, "", "2025-09-01", "2031-12-31"]));

    [Fact]
    public void Explain_FigureThatIsNotInTheTable_SaysSo() =>
        Assert.Contains(Book.Explain(Ask("BOD5") with { Coefficients = CoefficientsGiven.Figures(new Dictionary<string, decimal> { ["Kq"] = 0.95m }) }).Steps,
            step => step.Code == LimitStepCode.CoefficientNotInTable && step.Facts.SequenceEqual(["Kq", "0.95"]));

    [Fact]
    public void Explain_Permit_Governs()
    {
        var permit = new LimitRow(7, null, null, "BOD5", "", "", DateInterval.Always, new(null, 20m));
        var answer = Book.Explain(Ask("BOD5") with { Permit = [permit] });

        Assert.Equal([permit], answer.Found.Limits);
        Assert.Equal(LimitStepCode.PermitGoverns, Assert.Single(answer.Steps).Code);
    }

    private static LimitQuestion Ask(string parameter) => new(LastDay, "wastewater", parameter, "") { Assigned = [new(Old, "A", DateInterval.Always)] };

    private static CoefficientsGiven Variables(params (string Symbol, double Number)[] variables) =>
        CoefficientsGiven.None with { Variables = variables.ToDictionary(row => row.Symbol, row => (decimal)row.Number) };

    private static decimal? Number(string text) => text.Length == 0 ? null : decimal.Parse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly? Date(string? text) =>
        text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
