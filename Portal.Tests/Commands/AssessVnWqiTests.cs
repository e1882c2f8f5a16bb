using System.Globalization;
using System.Text.Json;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Commands;

/// <summary>Expected figures: the full cases of Cases/vn-wqi.json, worked out by hand from the tables of QĐ 1460/QĐ-TCMT.</summary>
public sealed class AssessVnWqiTests
{
    private const string Verb = "assess vn-wqi";
    private static readonly JsonElement FullCases = Cases.Read("vn-wqi.json").GetProperty("examples")[1].GetProperty("cases");

    [Theory]
    [InlineData("3", "formula3_or_4")]
    [InlineData("5", "formula5")]
    public async Task Run_FullCases_PrintTheirGroupsAndIndex(string form, string expected)
    {
        var answer = await AuditorsFile.RunAsync(Verb, FileOf(FullCases), "--form", form);

        Assert.Equal(("", 0), (answer.Notes, answer.Code));
        Assert.Equal("id,wqi,band,wqi_i,wqi_ii,wqi_iii,wqi_iv,wqi_v,form,reason,warnings", answer.Lines[0]);
        for (var row = 0; row < FullCases.GetArrayLength(); row++)
        {
            var result = FullCases[row].GetProperty("result");
            foreach (var group in new[] { "I", "II", "III", "IV", "V" })
                Close.Equal(result.Number($"WQI_{group}"), Number(answer[row, $"wqi_{group.ToLowerInvariant()}"]), 0.00005m);
            // The last case has but two groups: the formulas could be filled in, the requirement is not met.
            var enough = row != 3;
            Assert.Equal(enough ? decimal.Round(result.Number(expected)!.Value, 0, MidpointRounding.AwayFromZero) : null, Number(answer[row, "wqi"]));
            Assert.Equal((enough ? form : "", enough ? "" : "too_few_groups"), (answer[row, "form"], answer[row, "reason"]));
        }
    }

    [Fact]
    public async Task Run_OneSample_PrintsItsLine()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "Coliform,id,pH,DO,Temp,BOD5,COD,N-NH4,P-PO4\n3000,M1,7.2,6.0,25,5,12,0.45,0.15\n");

        Assert.Equal("M1,87,Tốt,100.0000,,,80.1777,95.0000,3,,", Assert.Single(answer.Lines.Skip(1)));
    }

    [Theory]
    [InlineData("\uFEFFid,pH,BOD5,COD,TOC,N-NH4,As\r\nx,7,4,10,4,<0.6,0.001\r\n", "limit", "88")]
    [InlineData("id,pH,BOD5,COD,TOC,N-NH4,As\nx,7,4,10,4,<0.6,0.001\n", "half", "94")]
    [InlineData("id,pH,BOD5,COD,TOC,N-NH4,As\nx,7,4,10,4,< 0.6,0.001\n", "zero", "100")]
    // (100 + 100 + 100 + 50 | 75 | 100) ÷ 4 = 87.5, 93.75, 100: formula (4).
    public async Task Run_NonDetect_FollowsTheChoice(string content, string choice, string index)
    {
        var answer = await AuditorsFile.RunAsync(Verb, content, "--nondetect", choice);

        Assert.Equal((0, index, "4"), (answer.Code, answer[0, "wqi"], answer[0, "form"]));
    }

    [Fact]
    public async Task Run_TooLittle_PrintsGroupsAndReason()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "id,pH,BOD5,COD,Coliform\nx,7,4,10,\ny,,,,\n");

        Assert.Equal((0, "x,,,100.0000,,,100.0000,,,group_iv_too_few,"), (answer.Code, answer.Lines[1]));
        Assert.Equal("y,,,,,,,,,group_iv_missing,", answer.Lines[2]);
    }

    // Row a: 0.5 mg/L of oxygen at 28 °C lies at the bottom of its scale. Without a temperature it cannot be scored: that is said, the index is not hushed up.
    [Fact]
    public async Task Run_OxygenWithoutTemperature_IsSaidOnTheLine()
    {
        var answer = await AuditorsFile.RunAsync(Verb,
            "id,pH,DO,Temp,BOD5,COD,N-NH4,P-PO4,Coliform\na,7.2,0.5,28,5,12,0.2,0.1,2400\nb,7.2,0.5,,5,12,0.2,0.1,2400\n");

        Assert.Equal((0, "88", ""), (answer.Code, answer[0, "wqi"], answer[0, "warnings"]));
        Assert.Equal(("97", "Rất tốt", "no_temperature:DO"), (answer[1, "wqi"], answer[1, "band"], answer[1, "warnings"]));
        Assert.Contains("dòng 3: DO = 0.5 không được tính điểm: thiếu nhiệt độ nước", answer.Notes, StringComparison.Ordinal);
    }

    // A censored temperature gives no saturation; "> 9000" of coliform no score.
    [Theory]
    [InlineData("7.2,0.5,<28,5,12,0.2,0.1,2400", "no_temperature:DO")]
    [InlineData("7.2,6,28,5,12,0.2,0.1,>9000", "above_range:Coliform group_v_missing")]
    public async Task Run_ValueThatIsNotScored_IsSaidOnTheLine(string cells, string warnings)
    {
        var answer = await AuditorsFile.RunAsync(Verb, $"id,pH,DO,Temp,BOD5,COD,N-NH4,P-PO4,Coliform,As\nx,{cells},0.001\n");

        Assert.Equal((0, warnings), (answer.Code, answer[0, "warnings"]));
        Assert.Contains("không được tính điểm", answer.Notes, StringComparison.Ordinal);
    }

    // (100 + 100 + 100 + 100) ÷ 4 of group IV, no bacteria: formula (4) under either choice.
    [Theory]
    [InlineData("3")]
    [InlineData("5")]
    public async Task Run_WithoutBacteria_FallsToFormulaFourAndSaysSo(string form)
    {
        var answer = await AuditorsFile.RunAsync(Verb, "id,pH,BOD5,COD,TOC,As\nx,7,4,10,4,0.001\n", "--form", form);

        Assert.Equal((0, "100", "4", "group_v_missing"), (answer.Code, answer[0, "wqi"], answer[0, "form"], answer[0, "warnings"]));
        Assert.Contains("công thức (4), độ tin cậy thấp", answer.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,độ pH,oxy\nx,7,6\n", 1)]
    [InlineData("id,TSS\nx,7\n", 1)]
    [InlineData("id,TSS,pH\nx,7,7\n", 0)]
    [InlineData("id,BOD,pH\nx,7,7\n", 1)]
    [InlineData("id,DO%,pH\nx,70,7\n", 1)]
    [InlineData("id,NO3,pH\nx,7,7\n", 1)]
    [InlineData("id,Nhiet do,pH\nx,27,7\n", 1)]
    public async Task Run_ColumnsThatTheIndexDoesNotUse_AreToldAndFailWhereNoneIsLeft(string content, int code)
    {
        var answer = await AuditorsFile.RunAsync(Verb, content);

        Assert.Equal(code, answer.Code);
        Assert.Contains("không dùng cột này", answer.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BadCells_AreNamedAndTheirRowsLeftOut()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "id,pH,BOD5,note\na,7,\"4,5\",\nb,seven,4,\nc,7,-1,\nd,7,4\ne,7,4,well\n");

        Assert.Equal(1, answer.Code);
        Assert.StartsWith("e,", Assert.Single(answer.Lines.Skip(1)), StringComparison.Ordinal);
        foreach (var problem in new[] { "dòng 1, cột note", "dòng 2, cột BOD5", "dòng 3, cột pH", "dòng 4, cột BOD5", "dòng 5" })
            Assert.Contains(problem, answer.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pH,BOD5\n7,4\n", 1)]
    [InlineData("", 1)]
    [InlineData("id,pH,PH\nx,7,7\n", 1)]
    [InlineData("id,pH,remark\nx,7,y\n", 0)]
    public async Task Run_Header_DecidesWhetherTheFileIsRead(string content, int code) => Assert.Equal(code, (await AuditorsFile.RunAsync(Verb, content)).Code);

    [Theory]
    [InlineData("--form", "4")]
    [InlineData("--nondetect", "double")]
    public async Task Run_UnknownChoice_IsNoUse(string option, string value) => Assert.Equal(64, (await AuditorsFile.RunAsync(Verb, "id\n", option, value)).Code);

    [Fact]
    public async Task Run_BrackishWater_IsSaidBesideTheResults()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "id,Salinity,pH\nx,12.5,7\n");

        Assert.Contains("dòng 2: nước lợ", answer.Notes, StringComparison.Ordinal);
        Assert.Equal((0, 2), (answer.Code, answer.Lines.Count));
    }

    [Fact]
    public async Task Run_Explain_FollowsEachRowWithItsSteps()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "id,pH,DO,Temp,BOD5,COD,N-NH4,P-PO4,Coliform\nM1,7.2,6.0,25,5,12,0.45,0.15,3000\nM2,7,,,,,,,\n", "--explain");

        Assert.StartsWith("M1,87,", answer.Lines[1], StringComparison.Ordinal);
        Assert.All(answer.Lines.Skip(2).TakeWhile(line => !line.StartsWith("M2", StringComparison.Ordinal)), line => Assert.StartsWith("# ", line, StringComparison.Ordinal));
        Assert.Contains("# Làm tròn đến số nguyên, nửa lên: 87,2748 → 87", answer.Lines);
        Assert.StartsWith("# Không tính được: không có thông số nào của nhóm IV", answer.Lines[^2], StringComparison.Ordinal);
    }

    private static decimal? Number(string text) => text.Length == 0 ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string FileOf(JsonElement cases)
    {
        var samples = cases.EnumerateArray().Select(one => one.GetProperty("inputs").EnumerateObject()
            .ToDictionary(input => input.Name == "T" ? "Temp" : input.Name, input => input.Value.GetRawText())).ToList();
        var columns = samples.SelectMany(sample => sample.Keys).Distinct().ToList();
        return string.Join('\n', samples.Select((sample, i) => string.Join(',', columns.Select(column => sample.GetValueOrDefault(column, "")).Prepend($"S{i}")))
            .Prepend(string.Join(',', columns.Prepend("id"))));
    }
}
