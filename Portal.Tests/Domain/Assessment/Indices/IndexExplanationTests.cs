using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Indices;

/// <summary>An explanation holds the numbers of the computation, not their sentences. Figures: Cases/vn-wqi.json and vn-aqi.json.</summary>
public sealed class IndexExplanationTests
{
    [Fact]
    public void Explain_FirstFullCase_HasTheNumbersOfEachStep()
    {
        var explanation = Explained.OfWater(Explained.FirstCase);

        Assert.Equal(("vn-wqi", "QĐ 1460/QĐ-TCMT", Engine.Version), (explanation.Subject, explanation.Instrument, explanation.Engine));
        var saturation = Of(explanation, StepCode.OxygenSaturation);
        Close.Equal(8.175656m, ((Quantity)saturation.Facts[2]).Value.Number, 0.000001m);
        Close.Equal(73.388604m, (decimal)saturation.Facts[4], 0.000001m);
        var four = explanation.Steps.Single(step => step.Code == StepCode.GroupMean && step.Facts[0].Equals(new Term("Group.IV")));
        Close.Equal(80.177721m, (decimal)four.Facts[3], 0.000001m);
        Close.Equal(87.274759m, (decimal)Of(explanation, StepCode.FormulaThree).Facts[5], 0.000001m);
        Assert.Equal(87, Of(explanation, StepCode.Rounded).Facts[1]);
        Assert.Equal((StepCode.Class, 87), (explanation.Steps[^1].Code, (int)explanation.Steps[^1].Facts[0]));
    }

    // N-NH4 "< 0.6": 0 and half score 100 and 75, the limit scores 50 (VnWqiTests).
    [Fact]
    public void Explain_NonDetect_GivesTheIndexOfEachTreatment()
    {
        var explanation = Explained.OfWater("pH=7;BOD5=4;COD=10;N-NH4=<0.6;Coliform=2500", rule: NonDetects.Half);

        // Group IV: (100 + 100 + 100) ÷ 3, (100 + 100 + 75) ÷ 3 = 91.67, (100 + 100 + 50) ÷ 3 = 83.33; index √(IV × 100): 100, 95.74, 91.29.
        var effect = Of(explanation, StepCode.NonDetectsSameClass);
        Assert.Equal([100, 96, 91], effect.Facts);
        Assert.Equal(96, explanation.Steps[^1].Facts[0]);
        Assert.Equal(0.3m, ((Quantity)Of(explanation, StepCode.NonDetectHalf).Facts[2]).Value.Number);
    }

    [Fact]
    public void Explain_NothingUndetected_HasNoAlternatives() =>
        Assert.DoesNotContain(Explained.OfWater(Explained.FirstCase).Steps, step => step.Code is StepCode.NonDetectsSameClass or StepCode.NonDetectsOtherClass);

    [Fact]
    public void Explain_FigureOfMediumConfidence_SaysSoAtItsStep()
    {
        var explanation = Explained.OfWater("pH=7;Cd=0.006;BOD5=4;COD=10;TOC=3");

        Assert.Contains(explanation.Steps, step => step is { Code: StepCode.ScoreFalling, Confidence: Confidence.Medium });
        Assert.Equal(Confidence.Low, Of(explanation, StepCode.FormThreeOrFourChosen).Confidence);
    }

    // VN-01 and VN-04: NowCast 20.3 of the twelve hours 09:00 … 20:00 with w* = 0.61, AQI 41.
    [Fact]
    public void Explain_HourOfTheDecision_HasItsNowCast()
    {
        var hours = Cases.Read("vn-aqi.json").EnumerateArray().First(one => one.GetProperty("id").GetString() == "VN-01").GetProperty("input").Numbers("values_chronological");
        var first = new DateTime(2026, 1, 15, 9, 0, 0);
        var air = new HourlyAir(first, first.AddHours(11));
        for (var i = 0; i < hours.Length; i++)
            air[0, first.AddHours(i)] = hours[i];

        var explanation = VnAqiExplanation.OfHour(new(SeedBooks.Indices.Newest(VnAqi.Kind)), SeedBooks.Books.Parameters, air, first.AddHours(11));

        var nowCast = Of(explanation, StepCode.NowCastMean);
        Assert.Equal((12, 12, 16.5m, 26.9m), ((int)nowCast.Facts[1], (int)nowCast.Facts[2], (decimal)nowCast.Facts[3], (decimal)nowCast.Facts[4]));
        Close.Equal(0.61m, (decimal)nowCast.Facts[5], 0.005m);
        Close.Equal(20.3m, ((Quantity)nowCast.Facts[6]).Value.Number, 0.05m);
        Assert.Equal(41, explanation.Steps[^1].Facts[0]);
    }

    // The top of the scale of VN_AQI is open by our reading, not by a cell of the table.
    [Fact]
    public void Explain_OpenTopOfTheScale_IsOfMediumConfidence()
    {
        var hour = new DateTime(2026, 1, 15, 9, 0, 0);
        var air = new HourlyAir(hour, hour) { [5, hour] = 4000 };

        var step = Of(VnAqiExplanation.OfHour(new(SeedBooks.Indices.Newest(VnAqi.Kind)), SeedBooks.Books.Parameters, air, hour), StepCode.AirScoreFlat);

        Assert.Equal((Confidence.Medium, ""), (step.Confidence, step.Clause));
    }

    private static ExplanationStep Of(Explanation explanation, string code) => Assert.Single(explanation.Steps, step => step.Code == code);
}
