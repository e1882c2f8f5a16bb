using System.Text.Json;
using QuanTrac.Portal.Data.Reference;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Tests.Data.Reference;

public sealed class ReferenceFilesTests
{
    private const string Sea2023 = "QCVN 10:2023/BTNMT";
    private static readonly ReferenceData Seed = ReferenceFiles.Load(SeedCopy.Original);

    [Fact]
    public void Load_Seed_HoldsWhatTheProvinceHas()
    {
        Assert.Equal(54, Seed.AdministrativeUnits.Count(unit => unit.Kind == "commune"));
        Assert.Equal(13, Seed.AdministrativeUnits.Count(unit => unit.Kind == "district"));
        Assert.Single(Seed.AdministrativeUnits, unit => unit.Kind == "province");
        Assert.Equal(34, Seed.Facilities.Count);
        Assert.Equal(28, Seed.Standards.All.Count);
        // 54 communes, 13 districts, and 10 bodies that the decision names.
        Assert.Equal(77, Seed.Organisations.Count);
        Assert.Equal(Enumerable.Range(1, 99).Select(number => $"NB{number}"), Seed.Sites.Select(site => site.Code));
        Assert.Equal(99, Seed.ProgrammeSites.Count(row => row.Programme == "NB"));
        Assert.All(Seed.Sites, site => Assert.Equal(("SONNMT", Confidence.Low), (site.Owner, site.OwnerConfidence)));
    }

    [Fact]
    public void Load_SiteStandards_ZoneForAllAndUseWhereTheNameSaysIt()
    {
        var zone = Seed.SiteStandards.Where(row => row.Standard == Sea2023).ToList();
        Assert.Equal(99, zone.Count);
        Assert.All(zone, row => Assert.Equal(("0-6", new DateOnly(2023, 9, 12), null), (row.Column, row.Valid.From, row.Valid.To)));

        // Counted by hand in the list of names: "Bãi tắm …" and "Khu vực bãi tắm Hồng Vàn"; "Bãi Dài" names no bathing.
        string[] bathing = ["NB10", "NB12", "NB13", "NB47", "NB48", "NB49", "NB50", "NB83", "NB89", "NB92"];
        Assert.Equal(bathing, Seed.SiteStandards.Where(row => row.Column == "bathing").Select(row => row.Site));
        Assert.Equal("NB99", Assert.Single(Seed.SiteStandards, row => row.Column == "aquaculture").Site);
        // Ports, ferry landings, industry: "các nơi khác". Of channels, river mouths and villages the name tells no use: nothing is assigned.
        string[] other = ["NB1", "NB2", "NB3", "NB6", "NB9", "NB20", "NB21", "NB22", "NB23", "NB24", "NB25", "NB26", "NB32", "NB57", "NB76", "NB82", "NB90", "NB98"];
        Assert.Equal(other, Seed.SiteStandards.Where(row => row.Column == "other").Select(row => row.Site));
        Assert.All(Seed.SiteStandards, row => Assert.Equal(Confidence.Low, row.Confidence));
        Assert.Equal(128, Seed.SiteStandards.Count);
    }

    /// <summary>Row 3 of every sheet of the province's workbook of sea water 2021-2023, "-" left out.</summary>
    [Theory]
    [InlineData("pH", "range", "6.5", "8.5")]
    [InlineData("DO", "min", "5", "")]
    [InlineData("TSS", "max", "", "50")]
    [InlineData("Amoni", "max", "", "0.1")]
    [InlineData("Phosphat", "max", "", "0.2")]
    [InlineData("Tổng xianua", "max", "", "0.01")]
    [InlineData("Florua", "max", "", "1.5")]
    [InlineData("Tổng dầu, mỡ khoáng", "max", "", "5")]
    [InlineData("Coliform", "max", "", "1000")]
    [InlineData("As", "max", "", "0.02")]
    [InlineData("Hg", "max", "", "0.0005")]
    [InlineData("Pb", "max", "", "0.05")]
    [InlineData("Cd", "max", "", "0.005")]
    [InlineData("Fe", "max", "", "0.5")]
    [InlineData("Mn", "max", "", "0.5")]
    [InlineData("Cu", "max", "", "0.02")]
    [InlineData("Zn", "max", "", "0.1")]
    [InlineData("Cr", "max", "", "0.1")]
    [InlineData("Cr(VI)", "max", "", "0.02")]
    [InlineData("Tổng phenol", "max", "", "0.03")]
    [InlineData("Aldrin", "max", "", "0.1")]
    [InlineData("Dieldrin", "max", "", "0.1")]
    [InlineData("DDTs", "max", "", "1")]
    [InlineData("Heptachlor & Heptachloreproxide", "max", "", "0.2")]
    public void Resolve_ColumnOfTheCoast_IsTheAgencysOwnRowOfLimits(string header, string kind, string lower, string upper)
    {
        var parameter = Seed.Parameters.Find(header)!;
        var limit = Assert.Single(Seed.Standards.Resolve(Sea2023, "0-6", parameter.Code, new(2023, 9, 12)));

        Assert.Equal(kind, limit.Value.Kind.Code());
        Assert.Equal(Number(lower), limit.Canonical.Lower);
        Assert.Equal(Number(upper), limit.Canonical.Upper);
    }

    [Theory]
    [InlineData("Nhiệt độ")]
    [InlineData("Độ muối")]
    [InlineData("Độ đục")]
    [InlineData("Độ trong")]
    [InlineData("BHC")]
    public void Resolve_ParameterThatTheAgencyMarksWithADash_HasNoLimit(string header) =>
        Assert.Empty(Seed.Standards.Resolve(Sea2023, "0-6", Seed.Parameters.Find(header)!.Code, new(2023, 9, 12)));

    [Fact]
    public void Resolve_DayBeforeTheStandard_HasNoLimit() =>
        Assert.Empty(Seed.Standards.Resolve(Sea2023, "0-6", "TSS", new(2023, 9, 11)));

    [Fact]
    public void Load_MergedSpellings_MeetAndTheOthersStayApart()
    {
        Assert.Same(Seed.Parameters.Find("DDT_total"), Seed.Parameters.Find("DDTs"));
        Assert.Same(Seed.Parameters.Find("OilMineral/TPH"), Seed.Parameters.Find("Tổng dầu, mỡ khoáng"));
        Assert.NotSame(Seed.Parameters.Find("TPH"), Seed.Parameters.Find("OilMineral"));
        Assert.NotSame(Seed.Parameters.Find("BHC"), Seed.Parameters.Find("Lindane"));
        Assert.Equal("MPN/CFU/100mL", Seed.Units.Find("MPN or CFU/100 mL")!.Code);
        Assert.Equal(1m, Seed.Units["MPN/CFU/100mL"].FactorTo(Seed.Parameters["Coliform"].Unit));
    }

    [Fact]
    public void Load_QCVN08Of2023_JudgesAnnualMeansOnly()
    {
        var standard = Seed.Standards.Find("QCVN 08:2023/BTNMT")!;

        Assert.All(standard.Limits, limit => Assert.Equal(Averaging.Annual, limit.Averaging));
        Assert.All(standard.Limits.Where(limit => limit.Place.Column is "river-D" or "lake-D"), limit => Assert.Equal(LimitKind.ClassText, limit.Value.Kind));
        Assert.Null(standard.Papers.CheckedBy);
        Assert.All(Seed.Standards.All, other => Assert.NotEmpty(other.Papers.OpenQuestions));
    }

    [Fact]
    public void Load_Names_KeepWhatHeldOnItsDay()
    {
        Assert.Equal("Sở Tài nguyên và Môi trường tỉnh Quảng Ninh", NameOn("SONNMT", new(2025, 2, 28)));
        Assert.Equal("Sở Nông nghiệp và Môi trường tỉnh Quảng Ninh", NameOn("SONNMT", new(2025, 3, 1)));
        Assert.Equal("Sở Nông nghiệp và Môi trường thành phố Quảng Ninh", NameOn("SONNMT", new(2026, 9, 1)));
        Assert.Equal("Ủy ban nhân dân thị xã Đông Triều", NameOn("H205", new(2024, 10, 31)));
        Assert.Equal("SONNMT", Seed.OrganisationParents.Single(row => row.Organisation == "THUYSAN" && row.Valid.Contains(new(2025, 3, 1))).Parent);
        Assert.Equal("Tỉnh Quảng Ninh", Seed.AdministrativeUnitNames.Single(row => row.Unit == "22" && row.Valid.Contains(new(2026, 8, 31))).NameVi);
        Assert.All(Seed.Organisations.Where(row => row.Code is "CCBVMT" or "TTCNTT" or "THUYSAN"), row => Assert.NotEmpty(row.OpenMarkVi));
    }

    [Fact]
    public void Load_DoubtfulStations_KeepWhatWasPublished()
    {
        var station = Seed.Sites.Single(site => site.Code == "NB74");

        Assert.Equal(("2142967", 2342967m, Confidence.Medium), (station.XPublished, station.XUsed, station.Confidence));
        Assert.All(Seed.Sites.Where(site => site.Confidence == Confidence.Medium), site => Assert.NotEmpty(site.Note));
        Assert.Equal(["NB51", "NB74", "NB78"], Seed.Sites.Where(site => site.Confidence == Confidence.Medium).Select(site => site.Code));
    }

    [Fact]
    public void Load_LayoutOfTheSeaSheet_KnowsAllItsColumns()
    {
        var columns = Seed.Layouts.Single(layout => layout.Code == "agency-sea-wide").Parameters;

        Assert.Equal(29, columns.Count);
        Assert.All(columns, column => Assert.Equal(column.Parameter, Seed.Parameters.Find(column.Header)!.Code));
    }

    [Fact]
    public void Basemap_Land_HasAllItsIslands()
    {
        using var land = JsonDocument.Parse(File.ReadAllText(Path.Combine(SeedCopy.Original, "basemap/land.geojson")));

        Assert.Equal(1265, land.RootElement.GetProperty("features").GetArrayLength());
    }

    private static string NameOn(string organisation, DateOnly day) =>
        Seed.OrganisationNames.Single(row => row.Organisation == organisation && row.Valid.Contains(day)).NameVi;

    private static decimal? Number(string text) =>
        text.Length == 0 ? null : decimal.Parse(text, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture);
}
