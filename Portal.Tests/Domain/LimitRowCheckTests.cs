using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Domain;

public class LimitRowCheckTests
{
    [Theory]
    [InlineData("6,5 - 8,5", 6.5, 8.5)]
    [InlineData("6,5–8,5", 6.5, 8.5)]
    [InlineData("≥5", 5.0, null)]
    [InlineData(">= 5", 5.0, null)]
    [InlineData("≤50", null, 50.0)]
    [InlineData("50", null, 50.0)]
    [InlineData("0.05", null, 0.05)]
    public void Read_Limit_HasItsBounds(string text, double? lower, double? upper) =>
        Assert.Equal(new Bounds((decimal?)lower, (decimal?)upper), LimitRowCheck.Read(text, ','));

    [Theory]
    [InlineData("-")]
    [InlineData("")]
    [InlineData("8,5 - 6,5")]
    [InlineData("≥5 - 6")]
    [InlineData("1.000")]
    [InlineData("không phát hiện")]
    public void Read_WhatIsNoLimit_IsNull(string text) => Assert.Null(LimitRowCheck.Read(text, ','));

    [Fact]
    public void Compare_EqualLimits_IsOneInformation()
    {
        var comparison = LimitRowCheck.Compare(SheetRow(), Loaded());
        Assert.Equal((6, 0), (comparison.Compared, comparison.Different));
        var problem = Assert.Single(comparison.Problems);
        Assert.Equal((ProblemCode.LimitsCompared, Severity.Information, "QCVN 10:2023/BTNMT"), (problem.Code, problem.Severity, problem.Value));
    }

    [Fact]
    public void Compare_OtherLimit_SaysBoth()
    {
        LoadedLimit[] loaded = [.. Loaded().Where(limit => limit.Parameter is not ("N-NH4" or "Hg")), new("N-NH4", new(null, 0.5m)), new("Temp", new(null, 40m))];
        var comparison = LimitRowCheck.Compare(SheetRow(), loaded);
        Assert.Equal((7, 3), (comparison.Compared, comparison.Different));
        var differs = comparison.Problems.Single(problem => problem.Code == ProblemCode.LimitDiffers);
        Assert.Equal((Severity.Warning, "G", "0,1", "≤0,5"), (differs.Severity, differs.ColumnLetter, differs.Facts["sheet"], differs.Facts["loaded"]));
        Assert.Equal(["-", "0,0005"], comparison.Problems.Where(problem => problem.Code == ProblemCode.LimitOnOneSideOnly).Select(problem => problem.Value));
    }

    // In canonical units, as loaded: Aldrin 0.1 µg/L.
    private static LoadedLimit[] Loaded() =>
    [
        new("pH", new(6.5m, 8.5m)), new("DO", new(5m, null)), new("N-NH4", new(null, 0.1m)), new("P-PO4", new(null, 0.2m)), new("Hg", new(null, 0.0005m)),
        new("Aldrin", new(null, SeedBooks.Books.Units["µg/L"].FactorTo(SeedBooks.Books.Parameters["Aldrin"].Unit)!.Value * 0.1m)),
    ];

    private static SheetLimits SheetRow()
    {
        using var directory = new TempFolder();
        return CheckedFile.Of(AgencySheet.WithEveryOddity().Write(Path.Combine(directory.Path, "sheet.xlsx"))).LimitRows.Single();
    }
}
