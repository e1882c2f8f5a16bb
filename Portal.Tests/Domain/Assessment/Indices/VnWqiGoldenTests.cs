using System.Text.Json;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain.Assessment.Indices;

/// <summary>Cases/vn-wqi.json: checkpoints worked out by hand from the tables of QĐ 1460/QĐ-TCMT (no published answers exist).</summary>
public sealed class VnWqiGoldenTests
{
    private const decimal Digits = 0.000001m;
    private static readonly VnWqi Index = new(SeedBooks.Indices.Newest(VnWqi.Kind));
    private static readonly JsonElement Examples = Cases.Read("vn-wqi.json").GetProperty("examples");

    public static TheoryData<string, string> SubIndices()
    {
        var data = new TheoryData<string, string>();
        foreach (var row in Examples[0].GetProperty("rows").EnumerateArray())
            data.Add(row[0].GetString()!, row.GetRawText());
        return data;
    }

    [Theory]
    [MemberData(nameof(SubIndices))]
    public void Assess_Checkpoint_HasItsSubIndex(string parameter, string row)
    {
        var (value, expected) = JsonSerializer.Deserialize<JsonElement[]>(row) is [_, var second, var third] ? (second, third.GetDecimal()) : default;
        var sample = value.ValueKind == JsonValueKind.Object
            ? Sample(("DO", value.Number("DO_mgL")!.Value), ("Temp", value.Number("T")!.Value))
            : Sample((parameter, value.GetDecimal()));

        var sub = Assert.Single(Index.Assess(sample, WqiForm.ThreeOrFour, NonDetects.AtLimit).SubIndices);

        Close.Equal(expected, sub.Value, Digits);
        if (value.ValueKind == JsonValueKind.Object)
            Close.Equal(value.Number("DO_pct"), sub.Scored, Digits);
    }

    public static TheoryData<int> FullCases() => [.. Enumerable.Range(0, Examples[1].GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(FullCases))]
    public void Aggregate_FullCase_HasItsGroupsAndForms(int number)
    {
        var (inputs, expected) = (Examples[1].GetProperty("cases")[number].GetProperty("inputs"), Examples[1].GetProperty("cases")[number].GetProperty("result"));
        var sample = inputs.EnumerateObject().ToDictionary(input => input.Name == "T" ? "Temp" : input.Name, input => new ReportedValue(input.Value.GetDecimal()));

        var groups = Index.Assess(sample, WqiForm.ThreeOrFour, NonDetects.AtLimit).Groups;

        Close.Equal(expected.Number("WQI_I"), groups.I, Digits);
        Close.Equal(expected.Number("WQI_II"), groups.II, Digits);
        Close.Equal(expected.Number("WQI_III"), groups.III, Digits);
        Close.Equal(expected.Number("WQI_IV"), groups.IV, Digits);
        Close.Equal(expected.Number("WQI_V"), groups.V, Digits);
        Close.Equal(expected.Number("formula3_or_4"), VnWqi.Aggregate(groups, WqiForm.ThreeOrFour).Value, Digits);
        // Without group V the source has no figure under (5); the portal falls to (4), as public programs do.
        Close.Equal(expected.Number("formula5") ?? expected.Number("formula3_or_4"), VnWqi.Aggregate(groups, WqiForm.Five).Value, Digits);
    }

    // The first full case rounds half up: 87.274759 and 84.841891.
    [Theory]
    [InlineData(WqiForm.ThreeOrFour, 87, 3)]
    [InlineData(WqiForm.Five, 85, 5)]
    public void Assess_ThreeGroups_IsWholeAndNamesItsForm(WqiForm form, int index, int used)
    {
        var sample = Sample(("pH", 7.2m), ("DO", 6.0m), ("Temp", 25), ("BOD5", 5), ("COD", 12), ("N-NH4", 0.45m), ("P-PO4", 0.15m), ("Coliform", 3000));

        var result = Index.Assess(sample, form, NonDetects.AtLimit);

        Assert.Equal((index, used, "wqi-2"), (result.Index, result.Form, result.Band!.Code));
    }

    private static Dictionary<string, ReportedValue> Sample(params (string Code, decimal Value)[] values) =>
        values.ToDictionary(value => value.Code, value => new ReportedValue(value.Value));
}
