using System.Globalization;
using System.Text.Json;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment;

/// <summary>The published check cases of <c>Cases/qcvn-check-cases.json</c> over the real seed: a case passes ("Đạt") when all its values are within.</summary>
public sealed class PublishedCasesTests
{
    private static readonly JsonElement[] Cases = [.. JsonDocument.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "Portal.Tests", "Cases", "qcvn-check-cases.json"))).RootElement.GetProperty("cases").EnumerateArray()];

    private static readonly PartLimits Limits = new(SeedBooks.Standards);

    public static TheoryData<string> Ids => [.. Cases.Select(row => row.GetProperty("id").GetString()!)];

    [Fact]
    public void Cases_OfTheSource_AreTwenty() => Assert.Equal(20, Cases.Length);

    [Theory, MemberData(nameof(Ids))]
    public void Judge_PublishedCase_IsAsPublished(string id)
    {
        var row = Cases.Single(row => row.GetProperty("id").GetString() == id);
        var standard = SeedBooks.Standards.Named(row.GetProperty("qcvn").GetString()!)!;
        var part = StandardPart.Find(standard, row.GetProperty("column").GetString()!)!;
        var data = row.GetProperty("data");
        var day = data.TryGetProperty("date", out var date)
            ? DateOnly.ParseExact(date.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : standard.Papers.Valid.From!.Value;
        var coefficients = CoefficientsGiven.Figures(data.EnumerateObject().Where(item => item.Name is "K" or "Kp" or "Kv")
            .ToDictionary(item => item.Name, item => item.Value.GetDecimal()));

        var verdicts = new List<Verdict>();
        foreach (var item in data.EnumerateObject().Where(item => item.Name is not ("date" or "time" or "K" or "Kp" or "Kv")))
        {
            var parameter = SeedBooks.Books.Parameters.Find(item.Name, part.Columns[0].Medium)!;
            var found = Limits.Find(standard, part, parameter.Code, day, null, coefficients)!.Where(limit => Holds(limit, data)).ToList();
            var limit = Assert.Single(found);
            // The cases give figures in the unit that the standard prints.
            var value = new ReportedValue(item.Value.GetDecimal() * limit.Limit.Value.Unit.FactorTo(parameter.Unit)!.Value);
            verdicts.Add(Compliance.Judge(value, limit.Bounds!.Value).Verdict);
        }

        Assert.NotEmpty(verdicts);
        Assert.Equal(row.GetProperty("expected").GetString() == "Đạt", verdicts.All(verdict => verdict == Verdict.Within));
    }

    private static bool Holds(EffectiveLimit limit, JsonElement data) => !data.TryGetProperty("time", out var time)
        || limit.Limit.Averaging.Holds(TimeOnly.ParseExact(time.GetString()!, "HH:mm", CultureInfo.InvariantCulture));
}
