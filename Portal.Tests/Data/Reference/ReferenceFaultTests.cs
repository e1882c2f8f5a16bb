using QuanTrac.Portal.Data.Reference;

namespace QuanTrac.Portal.Tests.Data.Reference;

/// <summary>Each planted fault is found, with its file, row and rule.</summary>
public sealed class ReferenceFaultTests : IDisposable
{
    private const string Limits = "standards/qcvn-10-2023/limits.csv";
    private const string Coefficients = "standards/qcvn-40-2011/coefficients.csv";
    private const string Step1 = "Kq,\"Sông, suối, khe, rạch, kênh, mương\",\"Rivers, streams and canals\",Q,m3/s,,,50";
    private const string Step2 = "Kq,\"Sông, suối, khe, rạch, kênh, mương\",\"Rivers, streams and canals\",Q,m3/s,50,,200";
    private readonly SeedCopy seed = new();

    [Theory]
    [InlineData("units.csv", "µg/L,", "0.001", "-1", ReferenceRule.ValueUnreadable)]
    [InlineData("units.csv", "µg/L,", "0.001", "0,001", ReferenceRule.WrongHeader)]
    [InlineData("unit_aliases.csv", "oC,", "°C", "K", ReferenceRule.Unknown)]
    [InlineData("unit_aliases.csv", "mg/l,mg/L", "mg/l,", "µg/L,", ReferenceRule.Duplicate)]
    [InlineData("parameters.csv", "TSS,", "mg/L", "mg/Z", ReferenceRule.Unknown)]
    [InlineData("parameters.csv", "TSS,", "mg/L", "m", ReferenceRule.UnitDoesNotFit)]
    [InlineData("parameters.csv", "TSS,", "TSS,", "DO,", ReferenceRule.Duplicate)]
    [InlineData("parameter_aliases.csv", "Amoni,", "N-NH4", "NH9", ReferenceRule.Unknown)]
    [InlineData("parameter_aliases.csv", "Amoni,", "Amoni,", "TSS,", ReferenceRule.Duplicate)]
    [InlineData("parameters.csv", "NO,", "NO,", "co,", ReferenceRule.Duplicate)]
    [InlineData("media.csv", "air,", "Ambient air", "", ReferenceRule.ValueMissing)]
    [InlineData("standards/qcvn-10-2023/columns.csv", "6-24,", "sea_water", "sea", ReferenceRule.Unknown)]
    [InlineData(Limits, "0-6,Bảng 1,pH", "6.5,8.5", "8.5,6.5", ReferenceRule.WrongBounds)]
    [InlineData(Limits, "0-6,Bảng 1,pH", ",8.5", ",", ReferenceRule.WrongBounds)]
    [InlineData(Limits, "0-6,Bảng 1,pH", "6.5,", "\"6,5\",", ReferenceRule.ValueUnreadable)]
    [InlineData(Limits, "0-6,Bảng 1,TSS", "mg/L", "NTU", ReferenceRule.UnitDoesNotFit)]
    [InlineData(Limits, "0-6,Bảng 1,TSS", "mg/L", "mg/Z", ReferenceRule.Unknown)]
    [InlineData(Limits, "0-6,Bảng 1,TSS", "TSS", "XYZ", ReferenceRule.Unknown)]
    [InlineData(Limits, "0-6,Bảng 1,TSS", "0-6,", "0-9,", ReferenceRule.Unknown)]
    [InlineData(Limits, "0-6,Bảng 1,TSS", ",high,", ",sure,", ReferenceRule.ValueUnreadable)]
    [InlineData(Limits, "0-6,Bảng 1,TSS", ",high,,", ",high,2023-09-11,", ReferenceRule.WrongDates)]
    [InlineData(Limits, "0-6,Bảng 2,Fe", "Fe", "Mn", ReferenceRule.Overlap)]
    [InlineData("standards/qcvn-08-2023/columns.csv", "river-A,", ",6,", ",0,", ReferenceRule.ValueUnreadable)]
    [InlineData("standards/qcvn-05-2023/limits.csv", "all,Bảng 1,SO2", ",1h,", ",2h,", ReferenceRule.ValueUnreadable)]
    [InlineData("standards/qcvn-05-2023/limits.csv", "all,Bảng 1,PM2.5,,µg/Nm3,max,,45", "2026-01-01", "2025-12-31", ReferenceRule.Overlap)]
    [InlineData("standards/qcvn-26-2010/limits.csv", "special,Bảng 1,LAeq", "06-21", "06-36", ReferenceRule.ValueUnreadable)]
    [InlineData("standards/qcvn-40-2011/limits.csv", "A,Bảng 1,BOD5", "Kq Kf", "Kq Kx", ReferenceRule.Unknown)]
    [InlineData(Coefficients, Step2, ",50,,200", ",40,,200", ReferenceRule.Overlap)]
    [InlineData(Coefficients, Step2, ",50,,200", ",60,,200", ReferenceRule.Gap)]
    [InlineData(Coefficients, Step2, ",50,,200", ",250,,200", ReferenceRule.WrongBounds)]
    [InlineData(Coefficients, Step2, ",50,,200", ",50,50,200", ReferenceRule.WrongBounds)]
    [InlineData(Coefficients, Step1, "m3/s,,", "m3/s,10,", ReferenceRule.Gap)]
    [InlineData(Coefficients, Step1, "m3/s", "m3/z", ReferenceRule.Unknown)]
    [InlineData(Coefficients, Step1, "Q,m3/s", "Q,", ReferenceRule.ValueMissing)]
    [InlineData(Coefficients, Step2, "Q,m3/s", "V,m3/s", ReferenceRule.Duplicate)]
    [InlineData(Coefficients, Step1, ",0.9,", ",0,", ReferenceRule.ValueUnreadable)]
    [InlineData("standards/qcvn-14-2008/coefficients.csv", "K,Chợ,Markets,S,m2,,1500", "m2,,1500", "m2,1500,", ReferenceRule.Gap)]
    [InlineData("parameter_aliases.csv", "Pb,air", "air", "sky", ReferenceRule.Unknown)]
    [InlineData("parameter_aliases.csv", "Pb,air", "Pb_air", "Pb_sky", ReferenceRule.Unknown)]
    [InlineData("parameter_aliases.csv", "Cd,air", "Cd,", "Pb,", ReferenceRule.Duplicate)]
    [InlineData("places/communes.csv", "06652,", "107.15928", "10.715928", ReferenceRule.ValueUnreadable)]
    [InlineData("places/communes.csv", "06652,", ",193,", ",199 999,", ReferenceRule.Unknown)]
    [InlineData("places/communes.csv", "06658,", "06658", "06652", ReferenceRule.Duplicate)]
    [InlineData("places/districts.csv", "193,", "2025-06-30", "2019-06-30", ReferenceRule.WrongDates)]
    [InlineData("places/former_names.csv", "205,", "2024-10-31", "2025-10-31", ReferenceRule.WrongDates)]
    [InlineData("organisations/organisations.csv", "CATINH,", "police", "polis", ReferenceRule.ValueUnreadable)]
    [InlineData("organisations/organisations.csv", "SONNPTNT,", ",e,", ",f,", ReferenceRule.ValueUnreadable)]
    [InlineData("organisations/names.csv", "SONNMT,Sở Nông nghiệp và Môi trường tỉnh", "2025-03-01", "2025-02-28", ReferenceRule.Overlap)]
    [InlineData("organisations/names.csv", "CATINH,", "CATINH,", "CATINHX,", ReferenceRule.Unknown)]
    [InlineData("organisations/parents.csv", "CCBVMT,", "SONNMT", "SOXX", ReferenceRule.Unknown)]
    [InlineData("organisations/territories.csv", "H193,", ",193,", ",999,", ReferenceRule.Unknown)]
    [InlineData("facilities.csv", "F01,", "thermal_power", "nuclear", ReferenceRule.ValueUnreadable)]
    [InlineData("facilities.csv", "F01,", "06760", "99999", ReferenceRule.Unknown)]
    [InlineData("sites/sea_sites.csv", "NB1,", "SONNMT", "SOXX", ReferenceRule.Unknown)]
    [InlineData("sites/sea_sites.csv", "NB2,", "NB2,", "NB1,", ReferenceRule.Duplicate)]
    [InlineData("sites/standards.csv", "NB1,", "0-6,", "0-9,", ReferenceRule.Unknown)]
    [InlineData("sites/standards.csv", "NB1,", "10:2023", "10:2033", ReferenceRule.Unknown)]
    [InlineData("sites/standards.csv", "NB1,", "NB1,", "NB100,", ReferenceRule.Unknown)]
    [InlineData("sites/standards.csv", "NB1,", "2023-09-12", "12/09/2023", ReferenceRule.ValueUnreadable)]
    [InlineData("sites/standards.csv", "NB2,", "NB2,", "NB1,", ReferenceRule.Overlap)]
    [InlineData("sites/programmes.csv", "NB,", "SONNMT", "SOXX", ReferenceRule.Unknown)]
    [InlineData("sites/programme_sites.csv", "NB,NB1", "NB1", "NB100", ReferenceRule.Unknown)]
    public void Load_SpoiltRow_IsNamed(string file, string start, string old, string spoilt, ReferenceRule rule)
    {
        var row = seed.Spoil(file, start, line => Replaced(line, old, spoilt));

        Assert.Contains(seed.Faults(), fault => (fault.File, fault.Row, fault.Rule) == (file, row, rule) && fault.Message.Length > 0);
    }

    [Fact]
    public void Load_ManyFaults_AreAllListed()
    {
        var limit = seed.Spoil(Limits, "0-6,Bảng 1,pH", line => Replaced(line, "6.5,8.5", "8.5,6.5"));
        var site = seed.Spoil("sites/sea_sites.csv", "NB5,", line => Replaced(line, "high", "sure"));

        var thrown = Assert.Throws<ReferenceFaultException>(() => ReferenceFiles.Load(seed.Root));

        Assert.Contains($"{Limits}:{limit}: WrongBounds", thrown.Message, StringComparison.Ordinal);
        Assert.Contains($"sites/sea_sites.csv:{site}: ValueUnreadable", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_IsNamed()
    {
        File.Delete(seed.Path("units.csv"));

        Assert.Contains(seed.Faults(), fault => (fault.File, fault.Row, fault.Rule) == ("units.csv", 0, ReferenceRule.FileMissing));
    }

    [Fact]
    public void Load_OtherHeader_IsNamed()
    {
        seed.Spoil("media.csv", "code,", _ => "code,name_en,name_vi,sort");

        Assert.Contains(seed.Faults(), fault => (fault.File, fault.Row, fault.Rule) == ("media.csv", 1, ReferenceRule.WrongHeader));
    }

    [Fact]
    public void Load_NotUtf8_IsNamed()
    {
        File.WriteAllBytes(seed.Path("media.csv"), [0x63, 0xff, 0xfe, 0x0a]);

        Assert.Contains(seed.Faults(), fault => (fault.File, fault.Rule) == ("media.csv", ReferenceRule.FileUnreadable));
    }

    [Fact]
    public void Load_UnclosedQuote_IsNamed()
    {
        seed.Append("media.csv", "\"ice,Băng,Ice,110");

        Assert.Contains(seed.Faults(), fault => (fault.File, fault.Rule) == ("media.csv", ReferenceRule.FileUnreadable) && fault.Row > 1);
    }

    [Theory]
    [InlineData("  \"effective_to\"", "null", "\"2020-01-01\"", ReferenceRule.WrongDates)]
    [InlineData("  \"dates_confidence\"", "high", "sure", ReferenceRule.ValueUnreadable)]
    [InlineData("  \"code\"", "10:2023", "09:2023", ReferenceRule.Duplicate)]
    [InlineData("  \"issuer\"", "issuer", "author", ReferenceRule.FileUnreadable)]
    [InlineData("  \"effective_from\"", "2023-09-12", "12/09/2023", ReferenceRule.FileUnreadable)]
    public void Load_SpoiltPapers_AreNamed(string start, string old, string spoilt, ReferenceRule rule)
    {
        const string file = "standards/qcvn-10-2023/standard.json";
        seed.Spoil(file, start, line => Replaced(line, old, spoilt));

        Assert.Contains(seed.Faults(), fault => (fault.File, fault.Rule) == (file, rule));
    }

    [Theory]
    [InlineData("    \"until\"", "2031-12-31", "2025-08-31", ReferenceRule.WrongDates)]
    [InlineData("    \"facilities_before\"", "2025-09-01", "2010-01-01", ReferenceRule.WrongDates)]
    [InlineData("    \"facilities_before\"", "2025-09-01", "2032-01-01", ReferenceRule.WrongDates)]
    [InlineData("    \"facilities_before\"", "2025-09-01", "01/09/2025", ReferenceRule.FileUnreadable)]
    [InlineData("  \"effective_to\"", "\"2025-08-31\"", "null", ReferenceRule.WrongDates)]
    [InlineData("  \"superseded_by\"", "40:2025", "40:2026", ReferenceRule.Unknown)]
    [InlineData("    \"wastewater\"", "wastewater", "waste", ReferenceRule.Unknown)]
    public void Load_SpoiltTransition_IsNamed(string start, string old, string spoilt, ReferenceRule rule)
    {
        const string file = "standards/qcvn-40-2011/standard.json";
        seed.Spoil(file, start, line => Replaced(line, old, spoilt));

        Assert.Contains(seed.Faults(), fault => (fault.File, fault.Rule) == (file, rule));
    }

    [Theory]
    [InlineData("    { \"header\": \"TSS\"", "mg/L", "NTU", "layouts/agency-sea-wide.json", ReferenceRule.UnitDoesNotFit)]
    [InlineData("    { \"header\": \"TSS\"", "\"parameter\": \"TSS\"", "\"parameter\": \"XYZ\"", "layouts/agency-sea-wide.json", ReferenceRule.Unknown)]
    [InlineData("  \"programme\"", "NB", "XX", "layouts/agency-sea-wide.json", ReferenceRule.Unknown)]
    [InlineData("  \"kind\"", "wide", "broad", "layouts", ReferenceRule.FileUnreadable)]
    public void Load_SpoiltLayout_IsNamed(string start, string old, string spoilt, string file, ReferenceRule rule)
    {
        seed.Spoil("layouts/agency-sea-wide.json", start, line => Replaced(line, old, spoilt));

        Assert.Contains(seed.Faults(), fault => (fault.File, fault.Rule) == (file, rule));
    }

    [Fact]
    public void Load_OrganisationWithoutAName_IsNamed()
    {
        var row = seed.Append("organisations/organisations.csv", "NEW,body,,low,,");

        Assert.Contains(seed.Faults(), fault => (fault.File, fault.Row, fault.Rule) == ("organisations/organisations.csv", row, ReferenceRule.ValueMissing));
    }

    public void Dispose() => seed.Dispose();

    private static string Replaced(string line, string old, string spoilt)
    {
        var at = line.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The line does not hold \"{old}\": {line}");
        return line[..at] + spoilt + line[(at + old.Length)..];
    }
}
