using System.Globalization;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Indices;

/// <summary>The rules round the tables of QĐ 1460/QĐ-TCMT: what is required, censored values, and what holds of every scale.</summary>
public sealed class VnWqiTests
{
    private static readonly VnWqi Index = new(SeedBooks.Indices.Newest(VnWqi.Kind));
    private const string Good = "pH=7;DO=8;Temp=25;BOD5=3;COD=8;Coliform=1000";

    [Theory]
    [InlineData("pH=7;Coliform=10;As=0.001", VnWqi.NoGroupFour)]
    [InlineData("pH=7;Coliform=10;BOD5=3;COD=8", VnWqi.TooFewOfGroupFour)]
    [InlineData("pH=7;BOD5=3;COD=8;TOC=3", VnWqi.TooFewGroups)]
    [InlineData("pH=7;DO=8;BOD5=3;COD=8;Coliform=10", VnWqi.TooFewOfGroupFour)] // DO without a temperature is no score.
    [InlineData("", VnWqi.NoGroupFour)]
    public void Assess_TooLittle_SaysWhy(string sample, string reason)
    {
        var result = Assess(sample);

        Assert.Equal((reason, null, null, 0), (result.Reason, result.Value, result.Index, result.Form));
    }

    [Fact]
    public void Assess_NoBacteria_UsesFormulaFour() => Assert.Equal((4, 100), (Assess("pH=7;As=0.001;BOD5=3;COD=8;TOC=3").Form, Assess("pH=7;As=0.001;BOD5=3;COD=8;TOC=3").Index));

    [Fact]
    public void Assess_NoBacteriaUnderFormFive_FallsToFormulaFour()
    {
        var result = Index.Assess(Sample("pH=7;As=0.001;BOD5=3;COD=8;TOC=3"), WqiForm.Five, NonDetects.AtLimit);

        Assert.Equal((4, 100, VnWqi.WithoutGroupFive), (result.Form, result.Index, Assert.Single(result.Warnings)));
    }

    [Theory]
    [InlineData("Salinity=0.4", 0)]
    [InlineData("Salinity=0.5", 1)]
    [InlineData("Salinity=28", 1)]
    public void Assess_BrackishWater_Warns(string salinity, int warnings) => Assert.Equal(warnings, Assess($"{Good};{salinity}").Warnings.Count);

    // Below 0.3 mg/L N-NH4 scores 100, at 0.3 it scores 75: "< 0.3" lies below.
    [Theory]
    [InlineData("N-NH4=<0.3", NonDetects.AtLimit, 100)]
    [InlineData("N-NH4=0.3", NonDetects.AtLimit, 75)]
    [InlineData("N-NH4=<0.6", NonDetects.AtLimit, 50)]
    [InlineData("N-NH4=<0.6", NonDetects.Half, 75)]
    [InlineData("N-NH4=<0.6", NonDetects.Zero, 100)]
    [InlineData("Coliform=>10000", NonDetects.AtLimit, 10)]
    [InlineData("Coliform=>24000", NonDetects.AtLimit, 10)]
    [InlineData("Coliform=>9000", NonDetects.AtLimit, null)]
    public void Assess_CensoredValue_IsScoredByTheRecordedChoice(string sample, NonDetects rule, int? expected)
    {
        var sub = Assert.Single(Index.Assess(Sample(sample), WqiForm.ThreeOrFour, rule).SubIndices);

        Assert.Equal(expected, (int?)sub.Value);
        Assert.Equal(expected is null ? SubIndex.AboveRange : "", sub.Reason);
    }

    // The law jumps just here; everywhere else its scales are continuous.
    [Fact]
    public void Scales_JumpWhereTheTablesDo_AndNowhereElse()
    {
        string[] jumps =
        [
            "pH 5.5", "pH 9", "DO% 20", "DO% 200", "N-NH4 0.3", "N-NO3 15", "N-NO2 0.05", "Coliform 10000", "E.coli 200", "As 0.1", "Cd 0.005", "Pb 0.02",
            "Hg 0.001", "Aldrin 0.1", "BHC 0.02", "Dieldrin 0.1", "DDTs 1.0", "Heptachlor&epoxide 0.2",
        ];

        var found = Index.Table.Scales.SelectMany(scale => scale.Segments.Zip(scale.Segments.Skip(1))
            .Where(pair => pair.First.IndexTo != pair.Second.IndexFrom)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{scale.Code} {pair.First.To}")));

        Assert.Equal(jumps.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    // More of a pollutant never scores better.
    [Fact]
    public void Scales_OfPollutants_FallAllTheWay()
    {
        foreach (var scale in Index.Table.Scales.Where(scale => scale.Code is not ("pH" or "DO%")))
        {
            var top = scale.Segments[^1].From!.Value * 1.2m;
            var scores = Enumerable.Range(0, 500).Select(step => scale.Find(top * step / 499)!.IndexAt(top * step / 499)).ToList();
            Assert.True(scores.Zip(scores.Skip(1)).All(pair => pair.First >= pair.Second), scale.Code);
            Assert.Equal((100, 10), (scores[0], scores[^1]));
        }
    }

    [Fact]
    public void Assess_OrderOfParameters_IsIrrelevant()
    {
        var values = "pH=6.8;DO=4.2;Temp=28;BOD5=12;COD=25;N-NH4=0.7;P-PO4=0.25;Coliform=6000;As=0.012;Pb=0.03".Split(';');

        Assert.Equal(Assess(string.Join(';', values)).Value, Assess(string.Join(';', values.Reverse())).Value);
    }

    [Fact]
    public void Table_InForce_ChangesOnItsDay()
    {
        string? KindOn(int year, int month, int day) => SeedBooks.Indices.InForce(new DateOnly(year, month, day), VnWqi.Kind, Wqi2011.Kind)?.Kind;

        Assert.Equal(
            (null, Wqi2011.Kind, Wqi2011.Kind, VnWqi.Kind),
            (KindOn(2011, 6, 30), KindOn(2011, 7, 1), KindOn(2019, 11, 11), KindOn(2019, 11, 12)));
    }

    private static VnWqiResult Assess(string sample) => Index.Assess(Sample(sample), WqiForm.ThreeOrFour, NonDetects.AtLimit);

    private static Dictionary<string, ReportedValue> Sample(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => Value(part[1]));

    private static ReportedValue Value(string text) => text[0] switch
    {
        '<' => new(decimal.Parse(text[1..], CultureInfo.InvariantCulture), Censoring.Below),
        '>' => new(decimal.Parse(text[1..], CultureInfo.InvariantCulture), Censoring.Above),
        _ => new(decimal.Parse(text, CultureInfo.InvariantCulture)),
    };
}
