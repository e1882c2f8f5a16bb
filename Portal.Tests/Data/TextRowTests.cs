using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>Rows of text files that do not say what they seem to say.</summary>
public sealed class TextRowTests : IDisposable
{
    private const string Portal = "site,medium,group,period_start,precision,parameter,unit,value\n";

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("station,station_name,year,quarter,parameter,unit,reported\nNB1,,2025,3,pH,-,7,5\nNB2,,2025,3,pH,-,8\n", "FieldsMore 2", "NB2 pH 8")]
    [InlineData("station,station_name,year,quarter,parameter,unit,reported\nNB1,Cảng B12, vịnh,2025,3,pH,-,8\n", "FieldsMore 2", null)]
    [InlineData("station,station_name,year,quarter,parameter,unit,reported,note\nNB1,,2025,3,pH,-,7,5,\n", "FieldsMore 2", null)]
    [InlineData(",,\nKHM,Quý,pH,DO\n\nNB1,Quý 3 2025,8,6\nNB2,Quý 3 2025,7,9,6\n", "DecimalCommaSeparates 5", null)]
    [InlineData(",,\nKHM,Quý,pH,DO\n\nNB1,Quý 3 2025,7,9\nNB2,Quý 3 2025,8,\n", "DecimalsGone 4", null)]
    [InlineData(";;\nKHM;Quý;pH;DO\n\nNB1;Quý 3 2025;7,9;6,1;\nNB2;Quý 3 2025;7,9;6;1\n", "FieldsMore 5", "NB1 pH 7.9")]
    [InlineData(",,\nKHM,Quý,pH,DO\n\nNB1,Quý 3 2025,\"7,9\",\"6,1\"\n", null, "NB1 pH 7.9")]
    public void Check_MoreFieldsThanTheHeader_AreNotRead(string content, string? refused, string? first)
    {
        var file = Check(content);
        Assert.Equal(refused is null ? [] : [refused], file.Told(Severity.Blocker).Concat(file.Told(Severity.Error)));
        if (file.Told(Severity.Blocker).Any())
            return;
        Assert.Equal(first, file.Values.FirstOrDefault());
        Assert.DoesNotContain(file.Values, value => value is "NB1 pH 7" or "NB2 DO 6");
    }

    [Theory]
    [InlineData("station,station_name,year,quarter,parameter,unit,reported\nNB1,,2025,3,pH,-,8.1\nNB2,,2025,3,pH", "FieldsFewer 3")]
    [InlineData(";;\nKHM;Quý;pH;DO\n\nNB1;Quý 3 2025;7,9\n", "FieldsFewer 4")]
    public void Check_FewerFieldsThanTheHeader_AreTold(string content, string warned)
    {
        var file = Check(content);
        Assert.Equal([warned], file.Told(Severity.Warning));
        Assert.Equal((1, 0), (file.Values.Count(), file.Summary!.NotAnalysed));
    }

    [Theory]
    [InlineData("air,a,2025-07-01,day,Ni,µg/Nm3,0.2", "NB1 Ni_air 0.2", null)]
    [InlineData("air,a,2025-07-01,day,Asen,µg/Nm3,0.2", "NB1 As_air 0.2", null)]
    [InlineData("air,a,2025-07-01,day,Chì,µg/Nm3,0.2", "NB1 Pb_air 0.2", null)]
    [InlineData("sediment,a,2025-07-01,day,Thủy ngân,µg/kg,200", "NB1 Hg_solid 0.2", null)]
    [InlineData("air,a,2025-07-01,day,Sắt,µg/Nm3,0.2", null, "ParameterOfOtherMedium F2")]
    [InlineData("emission,a,2025-07-01,day,Cu,mg/Nm3,2", "NB1 Cu_air 2000", null)]
    [InlineData("soil,a,2025-07-01,day,Pb,mg/kg,20", "NB1 Pb_solid 20", null)]
    [InlineData("sediment,a,2025-07-01,day,Hg,mg/kg,0.2", "NB1 Hg_solid 0.2", null)]
    [InlineData("surface_water,a,2025-07-01,day,Pb,mg/L,0.02", "NB1 Pb 0.02", null)]
    [InlineData("sea_water,a,2025-07-01,day,Pb_air,µg/Nm3,3", null, "ParameterOfOtherMedium F2")]
    [InlineData("air,a,2025-07-01,day,Fe,µg/Nm3,3", null, "ParameterOfOtherMedium F2")]
    [InlineData("soil,a,2025-07-01,day,TSS,mg/L,3", null, "ParameterOfOtherMedium F2")]
    [InlineData("air,a,2025-07-01,day,Pb,mg/L,3", null, "UnitDoesNotFit G2")]
    public void Check_Parameter_IsThatOfItsMedium(string row, string? value, string? refused)
    {
        var file = Check(Portal + "NB1," + row + "\n");
        Assert.Equal(value is null ? [] : [value], file.Values);
        Assert.Equal(refused is null ? [] : [refused], file.Told(Severity.Error));
    }

    // A parameter that has a form of its own in a medium is found there by its plain symbol, or not at all.
    [Fact]
    public void Find_PlainSymbolInAnotherMedium_IsNeverTheParameterOfWater()
    {
        foreach (var (medium, suffix) in new[] { ("air", "_air"), ("air", "_gas"), ("soil", "_solid"), ("sediment", "_solid") })
        {
            foreach (var own in SeedBooks.Books.Parameters.All.Where(parameter => parameter.Code.EndsWith(suffix, StringComparison.Ordinal)))
            {
                var found = SeedBooks.Books.Parameters.Find(own.Code[..^suffix.Length], medium);
                Assert.True(found is null || found == own || !found.IsMeasuredIn(medium) || found.Code.EndsWith(medium == "air" ? "_air" : suffix, StringComparison.Ordinal), $"{own.Code} in {medium}: {found?.Code}");
            }
        }
    }

    [Theory]
    [InlineData("qualifier", "<", "0.0003", "NB1 Hg <0.0003", null)]
    [InlineData("Dấu", "＜", "0.0003", "NB1 Hg <0.0003", null)]
    [InlineData("Remark", "<", "<0.0003", "NB1 Hg <0.0003", null)]
    [InlineData("Ký hiệu", "", "0.0003", "NB1 Hg 0.0003", null)]
    [InlineData("qualifier", "=", "0.0003", "NB1 Hg 0.0003", null)]
    [InlineData("qualifier", "E", "0.0003", null, "QualifierUnknown I2")]
    [InlineData("qualifier", ">", "<0.0003", null, "QualifierUnknown I2")]
    [InlineData("qualifier", "<", "0", null, "NegativeBound I2")]
    [InlineData("lod_flag", "<", "0.0003", null, "SignBesideValue H2")]
    [InlineData("", "<", "0.0003", null, "SignBesideValue H2")]
    [InlineData("Ghi chú", "KPH", "0.0003", null, "SignBesideValue H2")]
    [InlineData("flag", "U", "0.0003", null, "QualifierUnknown I2")]
    [InlineData("Qual", "<", "0.0003", "NB1 Hg <0.0003", null)]
    [InlineData("Phát hiện", "Không", "0.0003", null, "QualifierUnknown I2")]
    [InlineData("is_nd", "1", "0.0003", null, "QualifierUnknown I2")]
    [InlineData("lod_flag", "J", "0.0003", null, "SignBesideValue H2")]
    [InlineData("LOD", "0.0003", "0.0003", null, "SignBesideValue H2")]
    [InlineData("Giới hạn phát hiện", "0.0003", "0", null, "SignBesideValue H2")]
    [InlineData("MDL", "0.0003", "0.0004", "NB1 Hg 0.0004", null)]
    [InlineData("MDL", "0.0003", "<0.0003", "NB1 Hg <0.0003", null)]
    [InlineData("Ghi chú", "< LOD", "0.0003", null, "SignBesideValue H2")]
    [InlineData("Ghi chú", "&lt;", "0.0003", null, "SignBesideValue H2")]
    [InlineData("Ghi chú", "nhỏ hơn GHPH", "0.0003", null, "SignBesideValue H2")]
    [InlineData("Ghi chú", "Không phát hiện (<0.0003)", "0.0003", null, "SignBesideValue H2")]
    [InlineData("Ghi chú", "Trời nắng gió nhẹ", "0.0003", "NB1 Hg 0.0003", null)]
    [InlineData("Ghi chú", "Không phát hiện thấy điều bất thường", "0.0003", "NB1 Hg 0.0003", null)]
    public void Check_SignInAColumnOfItsOwn_BelongsToTheValue(string header, string sign, string number, string? value, string? refused)
    {
        var file = Check($"site,medium,group,period_start,precision,parameter,unit,{header},value\nNB1,sea_water,a,2025-07-01,day,Hg,mg/L,{sign},{number}\n");
        Assert.Equal(value is null ? [] : [value], file.Values);
        Assert.Equal(refused is null ? [] : [refused], file.Told(Severity.Error));
    }

    [Theory]
    [InlineData("Đỉnh triều", "", "ĐT", null)]
    [InlineData("HIGH TIDE", "", "ĐT", null)]
    [InlineData("Triều  rút", "0.5", "TR", null)]
    [InlineData("", "0", "", null)]
    [InlineData("triều xanh", "", null, "TideUnknown F2")]
    [InlineData("CT", "-0.5", null, "DepthUnreadable G2")]
    [InlineData("CT", "<1", null, "DepthUnreadable G2")]
    public void Check_TideAndDepth_AreWordsAndMetres(string tide, string depth, string? expected, string? refused)
    {
        var file = Check($"site,medium,group,period_start,precision,tide,depth,parameter,unit,value\nNB1,sea_water,a,2025-07-01,day,{tide},{depth},pH,-,8\n");
        Assert.Equal(expected, file.Cells is [var cell, ..] ? cell.Sample.Key.Tide : null);
        Assert.Equal(refused is null ? [] : [refused], file.Told(Severity.Error));
    }

    [Theory]
    [InlineData("Hg,mg/L,<0.0", "NegativeBound H2")]
    [InlineData("Hg,mg/L,> 0", "NegativeBound H2")]
    [InlineData("Temp,°C,-999", "SentinelValue H2")]
    [InlineData("Hg,mg/L,-9999.0", "SentinelValue H2")]
    [InlineData("Coliform,MPN/100mL,9999", "SentinelValue H2")]
    [InlineData("TSS,mg/L,99999.0", "SentinelValue H2")]
    [InlineData("Coliform,MPN/100mL,2.400", "AmbiguousSeparator H2")]
    [InlineData("pH,-,#DIV/0!", "ErrorCell H2")]
    public void Check_WhatIsNoValue_IsRefused(string row, string refused)
    {
        var file = Check(Portal + "NB1,sea_water,a,2025-07-01,day," + row + "\n");
        Assert.Equal([refused], file.Told(Severity.Error));
        Assert.Empty(file.Values);
    }

    [Theory]
    [InlineData("sea_water,a,2025-07-01,day,DO,mg/L,60.5", 1)]
    [InlineData("sea_water,a,2025-07-01,day,pH,-,14.1", 1)]
    [InlineData("wastewater,a,2025-07-01,day,pH,-,14", 0)]
    [InlineData("sea_water,a,2025-07-01,day,pH,-,0", 1)]
    [InlineData("sea_water,a,2025-07-01,day,Temp,°C,-1", 1)]
    [InlineData("sea_water,a,2025-07-01,day,As,µg/L,1600", 1)]
    [InlineData("sea_water,a,2025-07-01,day,As,µg/L,1.6", 0)]
    [InlineData("sea_water,a,2025-07-01,day,Temp,°C,45", 1)]
    [InlineData("groundwater,a,2025-07-01,day,Temp,°C,45", 0)]
    [InlineData("sea_water,a,2025-07-01,day,As,mg/L,<20", 1)]
    public void Check_ImplausibleValue_IsTakenOnlyWithAReason(string row, int warnings)
    {
        var file = Check(Portal + "NB1," + row + "\n");
        Assert.Single(file.Values);
        Assert.Equal(warnings, file.Problems.Count(problem => problem is { Code: ProblemCode.Implausible, Severity: Severity.Warning }));
    }

    [Fact]
    public void Check_ImplausibleValue_NamesTheRangeInTheUnitOfTheFile()
    {
        var problem = Check(Portal + "NB1,sea_water,a,2025-07-01,day,As,µg/L,1600\n").Only(ProblemCode.Implausible);
        Assert.Equal(("As", "µg/L", "0", "1000", "1600"), (problem.Facts["parameter"], problem.Facts["unit"], problem.Facts["lower"], problem.Facts["upper"], problem.Value));
    }

    [Fact]
    public void Check_HeaderAgainInTheMiddle_IsReadByItsOwnOrder()
    {
        var file = Check(Portal + "NB1,sea_water,a,2025-07-01,day,pH,-,8\n\nsite,medium,group,period_start,precision,value,parameter,unit\nNB2,sea_water,a,2025-07-01,day,7.5,pH,-\n");
        Assert.Equal(["NB1 pH 8", "NB2 pH 7.5"], file.Values);
        Assert.Equal(4, file.Only(ProblemCode.HeaderAgain).Row);
    }

    [Fact]
    public void Check_ColumnWithoutHeader_IsTold()
    {
        var file = Check("site,medium,group,period_start,precision,parameter,unit,value,\nNB1,sea_water,a,2025-07-01,day,pH,-,8,7\n");
        Assert.Equal(["ColumnWithoutHeader I2"], file.Told(Severity.Warning));
        Assert.Equal([(LeftOut.ColumnWithoutHeader, 1)], file.Account!.LeftOut.Select(reason => (reason.Key, reason.Value)));
    }

    private CheckedFile Check(string content)
    {
        var file = CheckedFile.Of(folder.Write("file.csv", content));
        Assert.True(file.Account?.Agree != false || file.Told(Severity.Blocker).Any());
        return file;
    }
}
