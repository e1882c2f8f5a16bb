using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Commands;

/// <summary>Cases made by hand against QCVN 10:2023/BTNMT, 0-6 nautical miles: DO ≥ 5, TSS ≤ 50, pH 6.5 - 8.5, P-PO4 ≤ 0.2.</summary>
public sealed class AssessCcmeWqiTests
{
    private const string Verb = "assess ccme-wqi";
    private static readonly string[] Zone = ["--standard", "QCVN 10:2023", "--table", "0-6"];

    // One of 4 variables fails in 2 of 16 tests: DO 4 and 2.5 against 5, excursions 0.25 and 1; nse 1.25 ÷ 16 = 0.078125.
    // F1 25, F2 12.5, F3 0.078125 ÷ (0.01 × 0.078125 + 0.01) = 7.2464; 100 − √(625 + 156.25 + 52.5100) ÷ 1.732 = 83.33.
    [Fact]
    public async Task Run_OneSite_PrintsFactorsAndIndex()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "id,DO,TSS,pH,P-PO4\n1,4,10,8,0.01\n2,2.5,10,8,<0.02\n3,6,10,8,0.01\n4,6,50,8,0.2\n", Zone);

        Assert.Equal((0, ""), (answer.Code, answer.Notes));
        Assert.Equal("site,index,band,f1,f2,f3,nse,variables,failed_variables,tests,failed_tests,left_out,reason", answer.Lines[0]);
        Assert.Equal(",83,Tốt,25.0000,12.5000,7.2464,0.0781,4,1,16,2,0,", Assert.Single(answer.Lines.Skip(1)));
    }

    [Fact]
    public async Task Run_Sites_HaveALineEach()
    {
        var rows = Enumerable.Range(1, 4).Select(quarter => $"A,2024-0{quarter},6,10,8,0.01").Concat(["B,2024-01,6,10,8,<9", "B,2024-01,6,10,8,0.01"]);

        var answer = await AuditorsFile.RunAsync(Verb, string.Join('\n', rows.Prepend("site,time,DO,TSS,pH,P-PO4")), Zone);

        Assert.Equal(["A,100,Rất tốt,0.0000,0.0000,0.0000,0.0000,4,0,16,0,0,", "B,,,,,,,0,,,,1,too_few_variables"], answer.Lines.Skip(1));
    }

    [Fact]
    public async Task Run_ParameterWithoutLimit_IsNoTest()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "id,Salinity\n1,30\n", Zone);

        Assert.Contains("Salinity", answer.Notes, StringComparison.Ordinal);
        Assert.Equal((0, ",,,,,,,0,,,,0,too_few_variables"), (answer.Code, answer.Lines[1]));
    }

    // An annual mean's column, named by the auditor: single values are held against it.
    [Fact]
    public async Task Run_ColumnOfMeans_TakesSingleValues()
    {
        var rows = Enumerable.Range(1, 4).Select(i => $"{i},7,2,5,10");

        var answer = await AuditorsFile.RunAsync(Verb, string.Join('\n', rows.Prepend("id,pH,BOD5,TSS,DO")), "--standard", "QCVN 08:2023", "--table", "river-B");

        Assert.Equal(("100", "16"), (answer[0, "index"], answer[0, "tests"]));
    }

    [Theory]
    [InlineData("--standard", "QCVN 10:2023")]
    [InlineData("--standard", "QCVN 99", "--table", "A")]
    [InlineData("--standard", "QCVN 10:2023", "--table", "nowhere")]
    public async Task Run_UnknownStandardOrTable_IsNoUse(params string[] options) => Assert.Equal(64, (await AuditorsFile.RunAsync(Verb, "id,DO\n1,5\n", options)).Code);

    [Fact]
    public async Task Run_Explain_SaysThatTheIndexIsSupplementary()
    {
        var answer = await AuditorsFile.RunAsync(Verb, "id,DO\n1,5\n", [.. Zone, "--explain"]);

        Assert.Contains("# CCME WQI là chỉ số bổ sung, không phải chỉ số pháp lý của Việt Nam", answer.Lines);
    }
}
