using System.Globalization;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Assessment.Trend;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>Explanations of samples that together pass every step there is.</summary>
internal static class Explained
{
    private static readonly VnWqi Water = new(SeedBooks.Indices.Newest(VnWqi.Kind));
    private static readonly Wqi2011 Old = new(SeedBooks.Indices.Newest(Wqi2011.Kind));
    private static readonly VnAqi Air = new(SeedBooks.Indices.Newest(VnAqi.Kind));
    private static readonly CcmeWqi Ccme = new(SeedBooks.Indices.Newest(CcmeWqi.Kind));

    /// <summary>The first full case of Cases/vn-wqi.json.</summary>
    public const string FirstCase = "pH=7.2;DO=6.0;Temp=25;BOD5=5;COD=12;N-NH4=0.45;P-PO4=0.15;Coliform=3000";

    private const string Good = "pH=7;DO=8;Temp=25;BOD5=3;COD=8;Coliform=1000";

    public static IEnumerable<Explanation> All() =>
    [
        OfWater(FirstCase),
        OfWater(FirstCase, WqiForm.Five),
        OfWater($"{Good};As=<0.01;Pb=0.03;Aldrin=0.1;Salinity=12.5"),
        OfWater($"{Good};N-NH4=<0.6", rule: NonDetects.Half),
        OfWater($"{Good};N-NH4=<5", rule: NonDetects.Zero),
        OfWater($"pH=5.7;BOD5=3;COD=8;TOC=3;Cu=0.4"),
        OfWater("pH=7;As=0.001;BOD5=3;COD=8;TOC=3", WqiForm.Five),
        OfWater("pH=7;DO=8;BOD5=3;COD=8;Coliform=>9000"),
        OfWater("pH=7;BOD5=3;COD=8;TOC=3"),
        OfShortScale(),
        OfWater("pH=7;Coliform=10;As=0.001"),
        Wqi2011Explanation.Of(Old, SeedBooks.Books.Parameters,
            Sample("pH=7;DO=8.175656;Temp=25;BOD5=5;COD=22.5;N-NH4=0.35;P-PO4=0.15;Turbidity=5;TSS=40;Coliform=3750"), NonDetects.AtLimit),
        Wqi2011Explanation.Of(Old, SeedBooks.Books.Parameters, Sample("pH=7;BOD5=5"), NonDetects.AtLimit),
        .. OfAir(),
        .. OfSea(),
        .. Limits(),
        OfTrend(Enumerable.Range(0, 12).Select(i => $"{i}").ToArray()), OfTrend(Enumerable.Range(0, 12).Select(i => $"{20 - i}").ToArray()),
        OfTrend("1", "9", "2", "8", "3", "7", "4", "6", "5", "5", "6", "<4"), OfTrend("1", "2"),
    ];

    private static Explanation OfTrend(params string[] values) => TrendExplanation.Of(
        TrendTest.MannKendall(new(values.Select((value, year) => new TrendPoint(2010 + year, Value(value))))), "mg/L");

    public static Explanation OfWater(string sample, WqiForm form = WqiForm.ThreeOrFour, NonDetects rule = NonDetects.AtLimit) =>
        VnWqiExplanation.Of(Water, SeedBooks.Books.Parameters, Sample(sample), form, rule);

    /// <summary>"pH=7;As=&lt;0.01".</summary>
    public static Dictionary<string, ReportedValue> Sample(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => Value(part[1]));

    public static ReportedValue Value(string text) => text[0] switch
    {
        '<' => new(decimal.Parse(text[1..], CultureInfo.InvariantCulture), Censoring.Below),
        '>' => new(decimal.Parse(text[1..], CultureInfo.InvariantCulture), Censoring.Above),
        _ => new(decimal.Parse(text, CultureInfo.InvariantCulture)),
    };

    /// <summary>One value against one limit, judged.</summary>
    public static Explanation OfLimit(
        string value, Bounds? bounds, string averaging = "", string unit = "mg/L", decimal factor = 1, string? reason = null, YearMean? mean = null)
    {
        var canonical = Value(value).Times(factor);
        var judgement = reason is not null ? new(bounds is null && reason != Judge.LimitInWords ? Verdict.NoLimit : Verdict.CannotJudge, Reason: reason)
            : mean is { } year ? Judge.JudgeMean(year, bounds!.Value)
            : Compliance.Judge(canonical, bounds!.Value);
        var limit = reason is null or Judge.MeanNeeded or Judge.LimitInWords or Judge.SamplingsNotKnown
            ? new ExplainedLimit("QCVN 10:2023/BTNMT", "Bảng 1", bounds, averaging, "", Confidence.Medium) : null;
        return ComplianceExplanation.Of(new(new("Phosphat (tính theo P)", "Phosphate (as P)"), Value(value), unit, canonical, "mg/L"), limit, judgement, mean);
    }

    // The tables of the decision are open at both ends; here the scale of BOD5 stops at 50 mg/L.
    private static Explanation OfShortScale()
    {
        var table = Water.Table;
        var scales = table.Scales.Select(scale => scale.Code != "BOD5" ? scale
            : new IndexScale(scale.Code, scale.Group, scale.Unit, scale.Segments.SkipLast(1).ToList(), scale.Origin));
        return VnWqiExplanation.Of(
            new(new IndexTable(table.Kind, table.Papers, scales, table.Bands, table.Constants)), SeedBooks.Books.Parameters, Sample("BOD5=60"), WqiForm.Five, NonDetects.Half);
    }

    private static IEnumerable<Explanation> OfAir()
    {
        var day = new DateOnly(2026, 1, 15);
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        var air = new HourlyAir(midnight, midnight.AddHours(24));
        for (var hour = 1; hour <= 24; hour++)
        {
            air[0, midnight.AddHours(hour)] = 20 + hour;
            air[2, midnight.AddHours(hour)] = hour is >= 8 and < 16 ? 437.5m : 100;
            air[4, midnight.AddHours(hour)] = hour <= 10 ? 50 : null;
            air[5, midnight.AddHours(hour)] = 4000;
        }
        air[1, midnight.AddHours(1)] = 30;
        yield return VnAqiExplanation.OfHour(Air, SeedBooks.Books.Parameters, air, midnight.AddHours(9));
        yield return VnAqiExplanation.OfDay(Air, SeedBooks.Books.Parameters, air, day);
        yield return VnAqiExplanation.OfHour(Air, SeedBooks.Books.Parameters, new HourlyAir(midnight, midnight), midnight);
    }

    private static IEnumerable<Explanation> OfSea()
    {
        yield return CcmeExplanation.Of(Ccme, SeedBooks.Books.Parameters, Ccme.Assess(Grid(2)));
        CcmeTest[] odd =
        [
            .. Grid(0.5m), .. Enumerable.Range(0, 4).Select(sampling => new CcmeTest("DO", sampling, new(0), new(5, null))),
            new("seldom", 0, new(9), new(null, 1)), new("v0", 9, new(2, Censoring.Below), new(null, 1)),
        ];
        yield return CcmeExplanation.Of(Ccme, SeedBooks.Books.Parameters, Ccme.Assess(odd));
        yield return CcmeExplanation.Of(Ccme, SeedBooks.Books.Parameters, Ccme.Assess([]));
    }

    private static IEnumerable<CcmeTest> Grid(decimal value) =>
        from variable in Enumerable.Range(0, 4)
        from sampling in Enumerable.Range(0, 4)
        select new CcmeTest($"v{variable}", sampling, new(variable == 0 ? value : 0.5m), new(null, 1));

    private static IEnumerable<Explanation> Limits() =>
    [
        OfLimit("0.14", new(null, 0.10m)), OfLimit("140", new(null, 0.10m), unit: "µg/L", factor: 0.001m), OfLimit("<0.02", new(null, 0.10m)), OfLimit("<0.2", new(null, 0.1m)),
        OfLimit(">0.2", new(null, 0.1m)), OfLimit(">0.1", new(null, 0.1m)), OfLimit(">0.05", new(null, 0.1m)), OfLimit("3", new(5, null)), OfLimit("9", new(6.5m, 8.5m)), OfLimit("1", new(null, 0)),
        OfLimit("5", new(null, 6), "annual", reason: Judge.MeanNeeded), OfLimit("5", null, reason: Judge.LimitInWords), OfLimit("5", null, reason: LimitBook.ColumnNotAssigned),
        OfLimit("5", new(null, 6), "annual", mean: new(4, 4, 6)), OfLimit("5", new(null, 6), "annual", mean: new(4, 5, 6)), OfLimit("5", new(null, 3), "annual", mean: new(4, null, 6)),
        OfMean(new(0.25m, 0.25m, 6), new(Verdict.Within, 0.5m), "B"), OfMean(new(0.25m, 0.7m, 6), new(Verdict.CannotJudge, Reason: Judge.NonDetectsDecide), null),
        OfMean(new(0.25m, null, 2), new(Verdict.CannotJudge, Reason: Judge.MeanNeeded), "A"), OfMean(new(0.25m, 0.25m, 4), new(Verdict.CannotJudge, Reason: Judge.SamplingsNotKnown), "A"),
    ];

    private static Explanation OfMean(YearMean mean, Judgement judgement, string? name) => ComplianceExplanation.Of(
        new(new("Amoni", "Ammonium"), new(0.2m), "mg/L", new(0.2m), "mg/L"),
        new ExplainedLimit("QCVN 08:2023/BTNMT", "Bảng 2", new(null, 0.5m), "annual", "", Confidence.High), judgement, mean, name is null ? null : new($"mức {name}", $"class {name}"));
}
